/**
 * Why a token was refused: for the log and the metrics, never for the answer. What to do about each stands in
 * docs/registering-a-client.md.
 */
export const tokenRefusals = [
  'no-token',
  'malformed', // not a JWT in three parts, or with a header that the standard does not allow
  'unknown-issuer',
  'wrong-tenant',
  'wrong-subject',
  'algorithm', // not one that this client may use
  'jku-not-registered',
  'unknown-key', // none of the client's keys, or more than one, fits the kid and the algorithm
  'keys-unavailable', // the JWKS of the client could not be fetched
  'signature',
  'missing-claim', // a required claim is absent, empty, too long or of the wrong type
  'audience',
  'expired',
  'not-yet-valid',
  'issued-in-future',
  'lifetime', // valid for longer than the client's tokens may be
  'replayed',
  'too-many-tokens', // no more used tokens can be remembered, so a replay could not be told
] as const;
export type TokenRefusal = (typeof tokenRefusals)[number];
