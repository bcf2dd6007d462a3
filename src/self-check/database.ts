/**
 * Can the service use its database? Nothing is created and nothing changed by asking.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { migrations } from '../database/migrations.js';
import { filePathOf } from '../database/open-database.js';
import type { Verdict } from './verdict.js';

const subject = 'DATABASE_URL';

/** `url`: DATABASE_URL. An existing file is opened for reading and its schema compared with ours. */
export function checkDatabase(url: string): Verdict {
  const path = filePathOf(url);
  if (path === undefined) return problem(`${url} is no file: URL`);
  if (!existsSync(path)) return checkPlace(path);
  if (!isWritable(path)) return problem(`${path} cannot be written by this user: change its owner or mode`);
  const trouble = problemWith(path);
  return trouble === undefined ? { verdict: 'ok', subject, text: `${path} is in order` } : problem(trouble);
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
    const unknown = steps.find(({ name }) => !Object.hasOwn(migrations, name));
    return unknown === undefined
      ? undefined
      : `${path} has the schema of a newer version (step ${unknown.name}): run that version, or restore a backup`;
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
    ? { verdict: 'ok', subject, text: `${path} does not exist yet: the first start creates it` }
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
