/**
 * Which keys a token may be signed with: public EC keys on P-384 (ES384) and RSA keys (RS384), each with a kid.
 * The key itself says what it is for; the header of a token has no say in it.
 */
import { createPublicKey } from 'node:crypto';
import { z } from 'zod';

/** Below, RS384 is not safe (RFC 7518 section 3.3); above, one signature costs more time than a call has. */
const rsaBits = { least: 2048, most: 8192 };

const members = {
  kid: z.string().min(1),
  use: z.literal('sig').optional(),
  key_ops: z
    .array(z.string())
    .refine((operations) => operations.includes('verify'))
    .optional(),
  /** The private half has been given away, so anybody may have signed. */
  d: z.never().optional(),
};
const shape = z.discriminatedUnion('kty', [
  z.object({
    ...members,
    kty: z.literal('EC'),
    crv: z.literal('P-384'),
    x: z.string(),
    y: z.string(),
    alg: z.literal('ES384').optional(),
  }),
  z.object({
    ...members,
    kty: z.literal('RSA'),
    n: z.string(),
    e: z.string(),
    alg: z.literal('RS384').optional(),
  }),
]);

/** A JSON Web Key with what is needed to verify a signature and nothing else. */
export type UsableKey =
  | {
      readonly kid: string;
      readonly kty: 'EC';
      readonly crv: 'P-384';
      readonly x: string;
      readonly y: string;
    }
  | { readonly kid: string; readonly kty: 'RSA'; readonly n: string; readonly e: string };

/** The usable ones among the members of a key set. A key of another kind is no error: sets hold keys for other uses. */
export function usableKeys(keys: readonly unknown[]): readonly UsableKey[] {
  return keys.flatMap((key) => {
    const parsed = shape.safeParse(key);
    if (!parsed.success) return [];
    const usable = bareKey(parsed.data);
    return isSound(usable) ? [usable] : [];
  });
}

function bareKey(key: z.output<typeof shape>): UsableKey {
  const { kid } = key;
  switch (key.kty) {
    case 'EC':
      return { kid, kty: key.kty, crv: key.crv, x: key.x, y: key.y };
    case 'RSA':
      return { kid, kty: key.kty, n: key.n, e: key.e };
    default:
      return key satisfies never;
  }
}

function isSound(key: UsableKey): boolean {
  try {
    const { modulusLength } = createPublicKey({ key, format: 'jwk' }).asymmetricKeyDetails ?? {};
    if (key.kty === 'EC') return true;
    return modulusLength !== undefined && modulusLength >= rsaBits.least && modulusLength <= rsaBits.most;
  } catch {
    return false;
  }
}
