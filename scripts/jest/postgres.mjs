// One PostgreSQL for all test files of a run. It starts when the first of them connects to the socket named in
// SHARED_POSTGRES, is told them by its port, and ends with the run.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

let started;

async function start() {
  const { startPostgres } = await tsImport('../../test/support/postgres.ts', import.meta.url);
  return startPostgres();
}

/** Resolves with what ends it. */
export async function offerPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'shared-postgres-'));
  const path = join(folder, 'socket');
  const door = createServer(async (asking) => {
    asking.on('error', () => undefined);
    try {
      started ??= start();
      asking.end(String((await started).port));
    } catch (error) {
      console.error(error);
      asking.destroy();
    }
  });
  await new Promise((resolve) => door.listen(path, resolve));
  door.unref();
  process.env.SHARED_POSTGRES = path;
  return async () => {
    door.close();
    const server = await started?.catch(() => undefined);
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
