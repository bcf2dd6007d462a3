/**
 * Why a token was refused: for the log and the metrics, never for the answer.
 */
export const tokenRefusals = [
  'no-token',
  'malformed', // not a JWT in three parts, or not of the shape the standard asks for
  'unknown-issuer',
  'wrong-tenant',
  'wrong-subject',
  'algorithm', // not one this client may use, or not the one of its key
  'jku-not-registered',
  'unknown-key',
  'keys-unavailable', // the JWKS of the client could not be fetched
  'signature',
  'missing-claim', // a required claim is absent or of the wrong type
  'audience',
  'expired',
  'not-yet-valid',
  'issued-in-future',
  'lifetime', // valid for longer than the client's tokens may be
  'replayed',
] as const;
export type TokenRefusal = (typeof tokenRefusals)[number];
