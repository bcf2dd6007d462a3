/**
 * The chain that makes the audit trail tamper-evident: each entry's hash covers its text and the hash before it.
 */
import { createHash, createHmac } from 'node:crypto';

/** What the first entry follows. */
export const origin = 'origin';

/** Makes the hash of an entry; `key` from AUDIT_KEY, without which anybody with write access can redo the chain. */
export function chainHash(previous: string, text: string, key: string | undefined): string {
  const covered = `${previous}\n${text}`;
  return key === undefined
    ? `sha256:${createHash('sha256').update(covered).digest('hex')}`
    : `hmac-sha256:${createHmac('sha256', key).update(covered).digest('hex')}`;
}

/** Seals the place where a purge has cut off the beginning of the trail; null without a key. */
export function checkpointSeal(
  { seq, hash }: { readonly seq: number; readonly hash: string },
  key: string | undefined,
): string | null {
  return key === undefined
    ? null
    : createHmac('sha256', key).update(`checkpoint\n${seq}:${hash}`).digest('hex');
}

export function isKeyed(hash: string): boolean {
  return hash.startsWith('hmac-sha256:');
}
