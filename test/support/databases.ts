/** Both databases for one set of tests: an SQLite file each, or a PostgreSQL database each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { openDatabase, type Database } from '../../src/database/open-database.js';
import { sharedPostgres, type Databases } from './postgres.js';

export interface TestDatabases {
  /** URL of a new, empty database. */
  readonly url: () => Promise<string>;
  /** A new, empty database, open. */
  readonly open: () => Promise<Database>;
}

export async function opened(url: string): Promise<Database> {
  const found = await openDatabase(url);
  if (!found.ok) throw new Error(found.problem);
  return found.database;
}

/** Runs the tests on SQLite and on PostgreSQL. */
export function onEveryDatabase(tests: (databases: TestDatabases) => void): void {
  describe('on SQLite', () => {
    let folder: string;
    let count = 0;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'databases-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    const url = () => Promise.resolve(`file:${join(folder, `${(count += 1)}.db`)}`);
    tests({ url, open: async () => opened(await url()) });
  });

  describe('on PostgreSQL', () => {
    let server: Databases;
    beforeAll(async () => {
      server = await sharedPostgres();
    }, 60_000);
    const url = () => server.database();
    tests({ url, open: async () => opened(await url()) });
  });
}
