/**
 * Keyed hashes in place of ids: the same patient or user is recognised again within this installation,
 * and nobody without its key can tell who it was.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** `kind` and client keep equal ids of different people apart. */
export type Pseudonym = (
  kind: 'patient' | 'user' | 'foreign' | 'encounter' | 'call' | 'fingerprint' | 'review',
  client: string | undefined,
  id: string,
) => string;

const keyName = 'pseudonym-key';

/** Reads the key of the installation, which is made on first use. */
export async function loadPseudonym(db: Kysely<Tables>): Promise<Pseudonym> {
  await db
    .insertInto('installation')
    .values({ name: keyName, value: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { value } = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', keyName)
    .executeTakeFirstOrThrow();
  const key = Buffer.from(value, 'hex');
  return (kind, client, id) =>
    createHmac('sha256', key)
      .update(JSON.stringify([kind, client ?? null, id]))
      .digest('hex');
}
