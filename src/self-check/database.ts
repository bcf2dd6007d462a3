/**
 * Can the service use its database? Nothing is created and nothing changed by asking.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import pg from 'pg';
import { migrationNames } from '../database/migrations.js';
import { filePathOf } from '../database/open-database.js';
import { isPostgresUrl, placeOf } from '../database/postgres-url.js';
import type { Verdict } from './verdict.js';

const subject = 'DATABASE_URL';

/** `url`: DATABASE_URL. What is there is opened for reading and its schema compared with ours. */
export async function checkDatabase(url: string): Promise<Verdict> {
  return isPostgresUrl(url) ? checkPostgres(url) : checkFile(url);
}

async function checkPostgres(url: string): Promise<Verdict> {
  const place = placeOf(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    const tables = await client.query<{ readonly found: string | null }>(
      "select to_regclass('kysely_migration') as found",
    );
    if (tables.rows[0]?.found == null) return ok(`${place} has no tables yet: the first start creates them`);
    const steps = await client.query<{ readonly name: string }>('select name from kysely_migration');
    const unknown = steps.rows.find(({ name }) => !migrationNames.includes(name));
    return unknown === undefined ? ok(`${place} is in order`) : problem(newerSchema(place, unknown.name));
  } catch (error) {
    return problem(`${place} does not answer: ${error instanceof Error ? error.message : 'unknown error'}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function ok(text: string): Verdict {
  return { verdict: 'ok', subject, text };
}

function newerSchema(place: string, step: string): string {
  return `${place} has the schema of a newer version (step ${step}): run that version, or restore a backup`;
}

function checkFile(url: string): Verdict {
  const path = filePathOf(url);
  if (path === undefined) return problem(`${url} is no file: or postgres:// URL`);
  if (!existsSync(path)) return checkPlace(path);
  if (!isWritable(path)) return problem(`${path} cannot be written by this user: change its owner or mode`);
  const trouble = problemWith(path);
  return trouble === undefined ? ok(`${path} is in order`) : problem(trouble);
}

function problemWith(path: string): string | undefined {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { readonly: true });
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all() as {
      readonly name: string;
    }[];
    if (tables.length === 0) return undefined;
    if (!tables.some(({ name }) => name === 'kysely_migration')) {
      return `${path} is a database of something else: choose another file`;
    }
    const steps = database.prepare('select name from kysely_migration').all() as { readonly name: string }[];
    const unknown = steps.find(({ name }) => !migrationNames.includes(name));
    return unknown === undefined ? undefined : newerSchema(path, unknown.name);
  } catch {
    return `${path} cannot be read as an SQLite database: restore a backup, or choose another file`;
  } finally {
    database?.close();
  }
}

/** The file comes into being at the first start, with the folders above it. */
function checkPlace(path: string): Verdict {
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return isWritable(folder)
    ? ok(`${path} does not exist yet: the first start creates it`)
    : problem(`${path} cannot be created: this user may not write to ${folder}`);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function problem(text: string): Verdict {
  return { verdict: 'problem', subject, text };
}
