/** What the commands about stored data have in common: the database of the environment, opened and closed. */
import { readEnvironment, type Environment } from '../config/environment.js';
import { openDatabase, type Database } from '../database/open-database.js';
import type { CommandResult } from './assess-command.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Exit code 78 when the environment or the database can't be used, as for `serve`. */
export async function withDatabase(
  env: Env,
  use: (database: Database, environment: Environment) => Promise<CommandResult>,
): Promise<CommandResult> {
  const read = readEnvironment(env);
  if (!read.ok) return unusable(read.problem);
  const opened = await openDatabase(read.environment.databaseUrl);
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
