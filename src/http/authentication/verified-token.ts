/**
 * Is a token signed by the client it claims to come from, for this endpoint, and for now?
 * CDS Hooks 2.0.1 "Trusting CDS Clients"; cryptography and claims are jose's.
 */
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { ClientConfiguration } from '../../config/client-configuration.js';
import { isTenantOf } from './claimed-client.js';
import { KeysUnavailable } from './client-keys.js';
import type { TokenRefusal } from './refusal.js';

/** What the rest needs of a token that holds. */
export interface VerifiedToken {
  readonly jti: string;
  /** From then on it is refused for its age. */
  readonly until: Date;
  readonly tenant?: string;
}

export type Verification =
  | { readonly ok: true; readonly verified: VerifiedToken }
  | { readonly ok: false; readonly reason: TokenRefusal };

export interface Expected {
  readonly client: ClientConfiguration;
  readonly keys: JWTVerifyGetKey;
  /** Exact public URL of the endpoint. */
  readonly audience: string;
  readonly now: Date;
}

const jtiLength = 500;

export async function verifyToken(token: string, expected: Expected): Promise<Verification> {
  const { client, keys, audience, now } = expected;
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(token, keys, {
      typ: 'JWT',
      algorithms: [...client.algorithms],
      issuer: client.issuer,
      audience: [audience, ...client.audiences],
      requiredClaims: ['exp', 'iat', 'jti'],
      clockTolerance: client.clockSkewSeconds,
      currentDate: now,
      ...(client.subject === undefined ? {} : { subject: client.subject }),
    }));
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
  return judge(payload, client, now);
}

/** What jose leaves to us: how long a token may live, that it was not issued tomorrow, and whose tenant it names. */
function judge(payload: JWTPayload, client: ClientConfiguration, now: Date): Verification {
  const { exp, iat, jti, tenant } = payload;
  const refuse = (reason: TokenRefusal): Verification => ({ ok: false, reason });
  if (exp === undefined || iat === undefined || typeof jti !== 'string') return refuse('missing-claim');
  if (jti === '' || jti.length > jtiLength) return refuse('missing-claim');
  if (!isTenantOf(client, payload)) return refuse('wrong-tenant');
  if (iat > now.getTime() / 1000 + client.clockSkewSeconds) return refuse('issued-in-future');
  if (exp - iat > client.maxTokenLifetimeSeconds) return refuse('lifetime');
  const until = new Date((exp + client.clockSkewSeconds + 1) * 1000);
  return { ok: true, verified: { jti, until, ...(typeof tenant === 'string' ? { tenant } : {}) } };
}

/** Errors of jose and of the key source, as reasons for the log; anything else is a bug. */
function reasonOf(error: unknown): TokenRefusal {
  if (error instanceof KeysUnavailable) return 'keys-unavailable';
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return claimReason(error);
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  const isWithoutKey =
    error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
  if (isWithoutKey) return 'unknown-key';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JOSEError) return 'malformed';
  throw error;
}

function claimReason({ claim, reason }: errors.JWTClaimValidationFailed): TokenRefusal {
  if (claim === 'sub') return 'wrong-subject';
  if (claim === 'typ') return 'malformed';
  if (reason !== 'check_failed') return 'missing-claim';
  switch (claim) {
    case 'aud':
      return 'audience';
    case 'nbf':
      return 'not-yet-valid';
    case 'iss':
      return 'unknown-issuer';
    default:
      return 'missing-claim';
  }
}
