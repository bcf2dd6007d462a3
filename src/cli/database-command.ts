/** What the commands about stored data have in common: the database of the environment, opened and closed. */
import { existsSync } from 'node:fs';
import { readEnvironment, type Environment } from '../config/environment.js';
import { filePathOf, openDatabase, type Database } from '../database/open-database.js';
import type { CommandResult } from './assess-command.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Exit code 78 when the environment or the database can't be used, as for `serve`. */
export async function withDatabase(
  env: Env,
  use: (database: Database, environment: Environment) => Promise<CommandResult>,
): Promise<CommandResult> {
  const read = readEnvironment(env);
  if (!read.ok) return unusable(read.problem);
  const { databaseUrl } = read.environment;
  const path = filePathOf(databaseUrl);
  // A misspelt path must not come out as an empty database in which all is well.
  if (path !== undefined && !existsSync(path))
    return unusable(`DATABASE_URL: there is no database at ${databaseUrl}`);
  const opened = await openDatabase(databaseUrl);
  if (!opened.ok) return unusable(`DATABASE_URL: ${opened.problem}`);
  const { database } = opened;
  try {
    return await use(database, read.environment);
  } finally {
    await database.close();
  }
}

export function unusable(problem: string): CommandResult {
  return { exitCode: 78, stderr: `vertebral-cds ${problem}` };
}
