/**
 * Tokens of clients, good and bad, signed with node:crypto so that every mistake can be made that a library prevents;
 * and a server of key sets, on a real socket, as slow, broken or hostile as a test wants it.
 */
import {
  constants,
  createHmac,
  generateKeyPairSync,
  randomUUID,
  sign,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientsSchema, type ClientConfiguration } from '../../src/config/client-configuration.js';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The public half, with its kid. */
  readonly jwk: JsonWebKey;
}

export function ellipticKey(kid: string, namedCurve = 'P-384'): SigningKey {
  return withKid(kid, generateKeyPairSync('ec', { namedCurve }));
}

export function rsaKey(kid: string, modulusLength = 2048): SigningKey {
  return withKid(kid, generateKeyPairSync('rsa', { modulusLength }));
}

function withKid(kid: string, { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }) {
  return { kid, privateKey, publicKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid } };
}

/** Signs as the algorithm of the name does, whether or not anybody should. */
export type Signer = (input: string) => Buffer;

export const signers = {
  ES256: (key: SigningKey) => ecdsa('sha256', key),
  ES384: (key: SigningKey) => ecdsa('sha384', key),
  RS256: (key: SigningKey) => rsa('sha256', key, constants.RSA_PKCS1_PADDING),
  RS384: (key: SigningKey) => rsa('sha384', key, constants.RSA_PKCS1_PADDING),
  PS384: (key: SigningKey) => rsa('sha384', key, constants.RSA_PKCS1_PSS_PADDING),
} as const;

function ecdsa(digest: string, { privateKey }: SigningKey): Signer {
  return (input) => sign(digest, Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
}

function rsa(digest: string, { privateKey }: SigningKey, padding: number): Signer {
  const saltLength = padding === constants.RSA_PKCS1_PSS_PADDING ? { saltLength: 48 } : {};
  return (input) => sign(digest, Buffer.from(input), { key: privateKey, padding, ...saltLength });
}

/** HMAC with whatever is at hand as the secret. */
export function hmac(secret: string): Signer {
  return (input) => createHmac('sha384', secret).update(input).digest();
}

export function unsigned(): Signer {
  return () => Buffer.alloc(0);
}

/** A part of a token: as JSON, or as it is. */
export type Part = object | string | Buffer;

/** Three parts, whatever is in them. */
export function compact(header: Part, payload: Part, signer: Signer): string {
  const input = `${base64url(header)}.${base64url(payload)}`;
  return `${input}.${signer(input).toString('base64url')}`;
}

export function base64url(part: Part): string {
  if (Buffer.isBuffer(part)) return part.toString('base64url');
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}

/** `undefined` takes a member away. */
export type Members = Readonly<Record<string, unknown>>;

export interface TokenOptions {
  readonly key: SigningKey;
  readonly claims: Members;
  readonly header?: Members;
  /** Signs in place of the key; ES384 or RS384 unless given, after the kind of the key. */
  readonly signer?: Signer;
}

/** A token of the key's algorithm; `claims` and `header` are put over what a good one holds. */
export function token({ key, claims, header = {}, signer }: TokenOptions): string {
  const algorithm = key.jwk.kty === 'EC' ? 'ES384' : 'RS384';
  return compact(
    { alg: algorithm, typ: 'JWT', kid: key.kid, ...header },
    claims,
    signer ?? signers[algorithm](key),
  );
}

/** The claims of a good token: five minutes from `now`, used for the first time. */
export function goodClaims(iss: string, aud: string, now: Date): Members {
  const iat = now.getTime() / 1000;
  return { iss, aud, iat, exp: iat + 300, jti: randomUUID() };
}

/** Clients as the site configuration gives them. */
export function registeredClients(clients: readonly object[]): readonly ClientConfiguration[] {
  return clientsSchema.parse(clients);
}

/** Answers one request for a key set. */
export type KeySetAnswer = (response: ServerResponse) => void;

export interface KeyServer {
  /** Puts an answer under a path; an object is served as JSON. Gives its URL. */
  readonly serve: (path: string, answer: object | KeySetAnswer) => string;
  /** Requests so far, for one path or for all. */
  readonly requests: (path?: string) => number;
  readonly stop: () => Promise<void>;
}

export async function startKeyServer(): Promise<KeyServer> {
  const answers = new Map<string, KeySetAnswer>();
  const seen: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    seen.push(url);
    (answers.get(url) ?? ((missing) => missing.writeHead(404).end()))(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    serve: (path, answer) => {
      answers.set(path, isAnswer(answer) ? answer : (response) => response.end(JSON.stringify(answer)));
      return `${base}${path}`;
    },
    requests: (path) => seen.filter((url) => path === undefined || url === path).length,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function isAnswer(answer: object | KeySetAnswer): answer is KeySetAnswer {
  return typeof answer === 'function';
}

/** A key server of a test, as a client's `jwks`: on the loopback address, without TLS. */
export function internalJwks(url: string) {
  return { url, internal: true, allowHttp: true };
}
