/**
 * Brings a database to the tables of this version, and refuses one that a newer version has been at.
 */
import { Migrator, type Kysely } from 'kysely';
import type { Engine } from './engine.js';
import { migrationNames, migrationsFor } from './migrations.js';
import type { Tables } from './tables.js';

export type Migrated = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/** Throws when another writer is in the way: it may be tried again. */
export async function migrate({ queries: db, kind, isBusy }: Engine): Promise<Migrated> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrationsFor(kind) }) },
  });
  const unknown = (await appliedSteps(db)).find((name) => !migrationNames.includes(name));
  if (unknown !== undefined) {
    return {
      ok: false,
      problem: `the database has the schema of a newer version (step ${unknown}): run that version, or restore a backup`,
    };
  }
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return { ok: true };
  if (error instanceof Error && isBusy(error)) throw error;
  const why = error instanceof Error ? error.message : 'unknown error';
  return { ok: false, problem: `the database could not be brought to the schema of this version: ${why}` };
}

/** Read straight from the migrator's table, because the migrator itself only speaks of corruption. */
async function appliedSteps(db: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const rows = await db
    .withTables<{ kysely_migration: { readonly name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map(({ name }) => name);
}
