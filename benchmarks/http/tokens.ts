/** Tokens of a client, signed before the clock starts: the caller's signatures are not what is measured. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import { hookPath, publicUrl } from './call.js';

const issuer = 'https://bench.example.org';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const keys = [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES384' }];

export const jwks = JSON.stringify({ keys });

/** What the site configuration says of this client. */
export const signedClient = {
  clients: [{ id: 'bench', issuer, keys, callsPerMinute: 1_000_000, maxTokenLifetimeSeconds: 86_400 }],
};

export function tokens(count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, () =>
      new SignJWT({ jti: randomUUID() })
        .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: 'bench' })
        .setIssuer(issuer)
        .setAudience(`${publicUrl}${hookPath}`)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    ),
  );
}
