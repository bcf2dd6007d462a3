/** `vertebral-cds decisions`: every kept decision, one a line, for replay and diff-knowledge. */
import { keptDecisions } from '../decisions/decision-keeper.js';
import type { CommandResult } from './assess-command.js';
import { withDatabase } from './database-command.js';

export async function decisionsCommand(
  env: Readonly<Record<string, string | undefined>>,
  write: (line: string) => void,
): Promise<CommandResult> {
  return withDatabase(env, async (database) => {
    for await (const decision of keptDecisions(database)) write(JSON.stringify(decision));
    return { exitCode: 0 };
  });
}
