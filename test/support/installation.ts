/** A whole installation on real sockets: real services, SQLite in a temporary folder, one registered client. */
import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT, exportJWK, type JWTPayload } from 'jose';
import { createServices } from '../../cds-services/index.js';
import type { Access } from '../../src/config/access.js';
import { serverConfigurationSchema } from '../../src/config/server-configuration.js';
import { openDatabase } from '../../src/database/open-database.js';
import { createLog } from '../../src/operations/log.js';
import { startServer, type RunningServer } from '../../src/server.js';
import { fakePages } from './fake-pages.js';

export const publicUrl = 'https://cds.example.org';

export interface Installation {
  readonly url: string;
  readonly server: RunningServer;
  /** Everything that was logged, as text. */
  readonly log: () => string;
  /** Bytes of all database files, as text. */
  readonly database: () => string;
  /** Headers of a request of the registered client to a path; `claims` replace those of its token. */
  readonly headers: (path: string, claims?: JWTPayload) => Promise<Record<string, string>>;
  /** Stops the service and starts it again on the same database. */
  readonly restart: () => Promise<Installation>;
  readonly stop: () => Promise<void>;
}

export interface InstallationOptions {
  /** FHIR bases of the client, all internal. */
  readonly fhirServers?: readonly string[];
  /** More of the client, or of the configuration. */
  readonly client?: object;
  readonly configuration?: object;
}

const issuer = 'https://ehr.example.org/fhir';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });

export async function startInstallation(
  options: InstallationOptions = {},
  folder = mkdtempSync(join(tmpdir(), 'installation-')),
): Promise<Installation> {
  const opened = await openDatabase(`file:${join(folder, 'x.db')}`);
  if (!opened.ok) throw new Error(opened.problem);
  const configuration = serverConfigurationSchema.parse({
    clients: [
      {
        id: 'north',
        issuer,
        keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }],
        fhirServers: (options.fhirServers ?? []).map((url) => ({ url, internal: true, allowHttp: true })),
        ...options.client,
      },
    ],
    ...options.configuration,
  });
  const access: Access = { kind: 'clients', clients: configuration.clients };
  const lines: string[] = [];
  const started = await startServer(
    {
      pages: fakePages,
      isDemo: false,
      processes: 1,
      reviewApps: [],
      host: '127.0.0.1',
      port: 0,
      publicUrl,
      access,
      configuration,
      database: opened.database,
      log: createLog('trace', { write: (line) => lines.push(line) }),
      product: { name: 'vertebral-cds', version: '0.0.0' },
    },
    createServices({}),
  );
  if (!started.ok) throw new Error(started.problem);
  const { server } = started;
  return {
    url: server.url,
    server,
    log: () => lines.join(''),
    database: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
    headers: async (path, claims) => ({
      'Content-Type': 'application/json',
      Authorization: `Bearer ${await tokenFor(path, privateKey, claims)}`,
    }),
    restart: async () => {
      await server.stop();
      return startInstallation(options, folder);
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function tokenFor(path: string, key: KeyObject, claims: JWTPayload = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: issuer,
    aud: `${publicUrl}${path}`,
    iat: now,
    exp: now + 300,
    jti: randomUUID(),
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES384', kid: 'k1', typ: 'JWT' })
    .sign(key);
}
