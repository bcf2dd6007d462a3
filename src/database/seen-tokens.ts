/**
 * Tokens that have been used, kept until they expire: a restart must not make them new again.
 */
import { createBatchedWriter, type BatchedWriter, type BatchedWriterOptions } from './batched-writer.js';
import type { Database } from './open-database.js';

export interface SeenTokenRow {
  /** Of issuer and jti. */
  readonly hash: string;
  readonly client: string;
  readonly expiresAt: Date;
}

export interface SeenTokens extends BatchedWriter<SeenTokenRow> {
  /**
   * Writes it at once, unless it is there and still good: true when it was written. Of several instances that try at the
   * same moment one succeeds.
   */
  readonly claim: (seen: SeenTokenRow, now: Date) => Promise<boolean>;
  /** Those that could still be used, and forgets the others. */
  readonly load: (now: Date) => Promise<readonly SeenTokenRow[]>;
}

export function createSeenTokens(
  { tables, write }: Database,
  options: BatchedWriterOptions = {},
): SeenTokens {
  return {
    ...createBatchedWriter<SeenTokenRow>(async (seen) => {
      await write((transaction) =>
        transaction
          .insertInto('seen_tokens')
          .values(
            seen.map(({ hash, client, expiresAt }) => ({
              hash,
              client,
              expires_at: expiresAt.toISOString(),
            })),
          )
          // A jti may come again once its token has expired: the later end counts.
          .onConflict((conflict) =>
            conflict.column('hash').doUpdateSet((row) => ({ expires_at: row.ref('excluded.expires_at') })),
          )
          .execute(),
      );
    }, options),
    claim: async ({ hash, client, expiresAt }, now) => {
      const written = await write((transaction) =>
        transaction
          .insertInto('seen_tokens')
          .values({ hash, client, expires_at: expiresAt.toISOString() })
          .onConflict((conflict) =>
            conflict
              .column('hash')
              .doUpdateSet((row) => ({ expires_at: row.ref('excluded.expires_at') }))
              .where('seen_tokens.expires_at', '<=', now.toISOString()),
          )
          .returning('hash')
          .execute(),
      );
      return written.length > 0;
    },
    load: async (now) => {
      await write((transaction) =>
        transaction.deleteFrom('seen_tokens').where('expires_at', '<=', now.toISOString()).execute(),
      );
      const rows = await tables.selectFrom('seen_tokens').selectAll().execute();
      return rows.map(({ hash, client, expires_at }) => ({ hash, client, expiresAt: new Date(expires_at) }));
    },
  };
}
