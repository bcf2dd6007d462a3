/**
 * Can the service use its database? Nothing is created and nothing changed by asking.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Verdict } from './verdict.js';

const subject = 'DATABASE_URL';

/** `path`: the SQLite file; `isCurrent` opens an existing one and tells what is wrong with it. */
export async function checkDatabase(
  path: string,
  problemWith: (path: string) => Promise<string | undefined>,
): Promise<Verdict> {
  if (!existsSync(path)) return checkPlace(path);
  if (!isWritable(path)) return problem(`${path} cannot be written by this user: change its owner or mode`);
  const trouble = await problemWith(path);
  return trouble === undefined ? { verdict: 'ok', subject, text: `${path} is in order` } : problem(trouble);
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
