// `npm run knowledge:keep`: writes today's knowledge beside the earlier versions, under the version that policy.json names.
import { existsSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { knowledgeHash } from '../cds-services/vertebral-fracture/versions/knowledge-hash.js';
import { versionToKeep } from '../cds-services/vertebral-fracture/versions/knowledge-version.js';

const kept = versionToKeep(knowledgeHash);
const path = `cds-services/vertebral-fracture/knowledge/versions/${kept.version}.json`;
if (existsSync(path) && !process.argv.includes('--unreleased')) {
  console.error(
    `${path} exists: raise knowledgeVersion in policy.json, or say --unreleased while nobody decides by it yet`,
  );
  process.exitCode = 1;
} else {
  const style = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(kept, undefined, 2), { ...style, filepath: path }));
  console.log(`${path}: ${kept.hash}`);
}
