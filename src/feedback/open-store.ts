/**
 * Opens the feedback store that DATABASE_URL names.
 */
import { openSqliteStore, type OpenedStore } from './sqlite-store.js';

/** `url`: `file:` and a path, relative to the working directory or absolute. A problem is one line for people. */
export async function openFeedbackStore(url: string): Promise<OpenedStore> {
  const path = filePathOf(url);
  if (path === undefined) return { ok: false, problem: 'the database must be a file: URL' };
  return openSqliteStore(path);
}

/** `file:./data/x.db`, `file:/var/x.db` and `file:///var/x.db` become paths; undefined for everything else. */
export function filePathOf(url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const path = url.slice('file:'.length).replace(/^\/\/\//, '/');
  return path === '' || path.startsWith('//') ? undefined : path;
}
