/** What each refusal of a token means and what to do about it: for the admin's self-test, never for the caller. */
import type { TokenRefusal } from './refusal.js';

export const refusalAdvice: Readonly<Record<TokenRefusal, string>> = {
  'no-token': 'Nothing was given. Turn on JWT in the EHR, and see that the proxy passes the header on.',
  malformed:
    'It is not a token of three parts in base64url, or its header lacks kid or typ "JWT", or has crit. Look at what the EHR or the proxy really sends.',
  'unknown-issuer': 'No client has this iss. Compare "issuer" in CONFIG_FILE with it, letter by letter.',
  'wrong-tenant':
    'The issuer is known, its tenant is not among "tenants". Add the tenant if it is one of yours.',
  'wrong-subject': 'sub is not the "subject" of the client. Compare it with the client id in the EHR.',
  algorithm: 'alg is not one this client may use. Set the EHR to ES384 or RS384.',
  'jku-not-registered':
    'It names another URL for its keys than "jwks.url". If the EHR has moved its keys, change the setting.',
  'unknown-key':
    'No key of the client, or more than one, fits kid and alg. See that the key is published, EC P-384 or RSA of 2048 bits or more, its kid given once.',
  'keys-unavailable':
    'The keys of the client could not be fetched: `vertebral-cds check` says why (DNS, TLS, a private address without "internal": true, too slow, too large, no JSON).',
  signature:
    'The signature is not by the key of this kid: the key was replaced under its old kid, or the token was changed on its way.',
  'missing-claim': 'exp, iat, jti or aud is absent, empty or too long, or a time is no number.',
  audience:
    'aud is not the URL named below. Set PUBLIC_URL to exactly what the EHR calls, or list what it sends as "audiences".',
  expired: 'exp has passed. Paste a fresh token, or compare the clocks (NTP).',
  'not-yet-valid': 'nbf has not come yet. Compare the clocks (NTP).',
  'issued-in-future': 'iat has not come yet. Compare the clocks (NTP).',
  lifetime:
    'There is more time between iat and exp than "maxTokenLifetimeSeconds". Shorten it in the EHR, or raise the setting.',
  replayed:
    'A request with this jti was taken before. A proxy that retries, or a client that uses a token twice.',
  'too-many-tokens': 'More unexpired tokens are in use than are remembered. Let the EHR sign short ones.',
};
