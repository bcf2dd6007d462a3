/**
 * The clients of the service: who may call, how it proves who it is, and which servers it may send us to.
 */
import { z } from 'zod';
import { clientProfileNames } from '../cds-hooks/profiles.js';
import type { RegisteredServer } from '../outbound/network.js';
import { milliseconds, origin, wholeNumber } from './settings.js';

const httpUrl = z
  .string({ error: 'must be a URL' })
  .refine(isPlainHttpUrl, { error: 'must be an http(s) URL without user name, query or fragment' });

/** A server we call: https and a public address, unless the site says otherwise. */
export const outboundServer = z
  .strictObject({
    url: httpUrl.describe('Exact base URL: scheme, host, port and path.'),
    internal: z
      .boolean({ error: 'must be true or false' })
      .default(false)
      .describe('The server stands in the own network: private addresses are expected.'),
    allowHttp: z
      .boolean({ error: 'must be true or false' })
      .default(false)
      .describe('Unencrypted http is accepted: for test systems only.'),
  })
  .refine(({ url, allowHttp }) => allowHttp || url.startsWith('https:'), {
    path: ['url'],
    error: 'must be https (or say "allowHttp": true, for test systems only)',
  })
  .transform(({ url, internal }): RegisteredServer => ({ url, network: internal ? 'internal' : 'public' }));

export const fhirServersSchema = z
  .array(outboundServer, { error: 'must be an array of {"url": …}' })
  .max(50, { error: 'must not hold more than 50 servers' });

const base64urlOf2048Bits = 342;

/** Public keys only: a private one in a configuration file is a leak. */
const publicKey = z
  .looseObject(
    {
      kid: z.string({ error: 'is required' }).min(1, { error: 'must not be empty' }),
      kty: z.enum(['EC', 'RSA'], { error: 'must be "EC" or "RSA": symmetric keys are not allowed' }),
    },
    { error: 'must be a JSON Web Key' },
  )
  .refine((key) => !['d', 'p', 'q', 'k'].some((member) => member in key), {
    error: 'is a private key: register the public half and replace this one, it is no secret any more',
  })
  .refine(({ kty, crv }) => kty !== 'EC' || crv === 'P-384', {
    path: ['crv'],
    error: 'must be "P-384": tokens are signed with ES384',
  })
  .refine(({ kty, n }) => kty !== 'RSA' || (typeof n === 'string' && n.length >= base64urlOf2048Bits), {
    path: ['n'],
    error: 'must be 2048 bits at least: shorter RSA keys can be broken',
  });

const name = (what: string) =>
  z
    .string({ error: `must be ${what}` })
    .min(1, { error: 'must not be empty' })
    .max(2000, { error: 'is too long' });

const names = (what: string) => z.array(name(what), { error: `must be an array of ${what}s` });

const client = z
  .strictObject({
    id: z
      .string({ error: 'must be a short name' })
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, {
        error: 'must be a short name of lower-case letters, digits and hyphens, such as "north-hospital"',
      })
      .describe('Name of the client in logs, metrics and statistics.'),
    issuer: name('a URI').describe('Exact `iss` of its tokens.'),
    tenants: names('tenant')
      .min(1, { error: 'must name a tenant' })
      .optional()
      .describe('The `tenant` values of its tokens; needed where several clients share an issuer.'),
    subject: name('a subject').optional().describe('Exact `sub` of its tokens, where the EHR sends one.'),
    jwks: outboundServer
      .optional()
      .describe('Where its keys are fetched from; also the only `jku` its tokens may name.'),
    keys: z
      .array(publicKey, { error: 'must be an array of keys' })
      .min(1, { error: 'must hold a key' })
      .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, {
        error: 'must not name a kid twice',
      })
      .optional()
      .describe('Its public keys (JWK), where it has no URL for them.'),
    algorithms: z
      .array(z.enum(['ES384', 'RS384'], { error: 'must be "ES384" or "RS384"' }))
      .min(1, { error: 'must name an algorithm' })
      .default(['ES384', 'RS384'])
      .describe('Signature algorithms accepted.'),
    audiences: names('URL')
      .default([])
      .describe('Further `aud` values accepted, for clients known to send a wrong one.'),
    tokenReplay: z
      .enum(['refused', 'allowed'], { error: 'must be "refused" or "allowed"' })
      .default('refused')
      .describe('Whether a token (iss, jti) may be used again; some test kits re-use theirs.'),
    maxTokenLifetimeSeconds: wholeNumber('seconds', 30, 86_400)
      .default(3600)
      .describe('Longest time between `iat` and `exp`. Policy of this product: the standard names none.'),
    clockSkewSeconds: wholeNumber('seconds', 0, 300)
      .default(60)
      .describe('How far the clocks of client and service may be apart.'),
    fhirServers: fhirServersSchema
      .default([])
      .describe('The FHIR bases that its calls may name as `fhirServer`.'),
    profile: z
      .enum(clientProfileNames, { error: `must be one of ${clientProfileNames.join(', ')}` })
      .default('generic')
      .describe('How the client differs from the standard.'),
    abilities: z
      .strictObject({
        linkHosts: names('host')
          .optional()
          .describe('Hosts (with port, where not the default) of links registered with the client.'),
        longestDetail: wholeNumber('characters', 500, 100_000)
          .optional()
          .describe('Characters of a detail it shows; longer ones are cut between paragraphs.'),
        actions: z
          .array(z.enum(['create', 'update', 'delete'], { error: 'must be "create", "update" or "delete"' }))
          .optional()
          .describe('Kinds of suggested actions it carries out; [] makes every suggestion plain advice.'),
      })
      .optional()
      .describe('What the site knows of the client beside the defaults of its profile.'),
    budgetMs: milliseconds.optional().describe('Time of a call in all, for this client.'),
    fhirBudgetMs: milliseconds.optional().describe('Time of it for FHIR reads, for this client.'),
    callsPerMinute: wholeNumber('calls', 1, 1_000_000)
      .default(6000)
      .describe('Calls and feedback accepted in a minute; beyond it the answer is 429.'),
    corsOrigins: z
      .array(origin, { error: 'must be an array of origins' })
      .default([])
      .describe('Origins of the client, where it runs in a browser.'),
  })
  .refine(({ jwks, keys }) => (jwks === undefined) !== (keys === undefined), {
    error: 'must say where its public keys are: either "jwks": {"url": …} or "keys": […]',
  })
  .refine(
    ({ budgetMs, fhirBudgetMs }) =>
      budgetMs === undefined || fhirBudgetMs === undefined || fhirBudgetMs <= budgetMs,
    { path: ['fhirBudgetMs'], error: 'must not be longer than budgetMs' },
  );

export type ClientConfiguration = z.output<typeof client>;
export type PublicKey = z.output<typeof publicKey>;

/** Each client, with what it needs to be told apart from every other one. */
export const clientsSchema = z
  .array(client, { error: 'must be an array of clients' })
  .max(200, { error: 'must not hold more than 200 clients' })
  .superRefine((clients, context) => {
    clients.forEach((one, index) => {
      const earlier = clients.slice(0, index);
      if (earlier.some(({ id }) => id === one.id)) {
        context.addIssue({
          code: 'custom',
          path: [index, 'id'],
          message: 'is the name of another client too',
        });
      }
      if (earlier.some((other) => isMistakenFor(one, other))) {
        const message = 'is shared with another client: give both "tenants" that differ';
        context.addIssue({ code: 'custom', path: [index, 'issuer'], message });
      }
    });
  });

function isMistakenFor(one: ClientConfiguration, other: ClientConfiguration): boolean {
  if (one.issuer !== other.issuer) return false;
  if (one.tenants === undefined || other.tenants === undefined) return true;
  const { tenants } = other;
  return one.tenants.some((tenant) => tenants.includes(tenant));
}

function isPlainHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
  return isHttp && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}
