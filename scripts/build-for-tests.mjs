// Tests start the product and load its pages as users do: built from the sources as they stand.
import { spawnSync } from 'node:child_process';
import { bundlePackages } from './jest/packages.mjs';
import { offerPostgres } from './jest/postgres.mjs';

export default async () => {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--if-stale'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the build failed: see above');
  await bundlePackages();
  globalThis.endPostgres = await offerPostgres();
};
