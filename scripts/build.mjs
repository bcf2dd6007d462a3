// Compiles the TypeScript sources, carries the knowledge files over to dist/, bundles the command and what browsers load,
// translates CQL to ELM, and writes the knowledge as one FHIR Bundle, dist/vertebral-cds-knowledge.json.
//   --if-stale     skip when dist/ is newer than every source
//   --if-possible  do nothing where the compiler is not installed (production installs ship dist/)
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const sources = ['src', 'cds-services', 'scripts', 'tsconfig.json', 'tsconfig.build.json', 'package.json'];
const stamp = 'dist/web/manifest.json';

function newestChange(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

function compiler() {
  try {
    return createRequire(import.meta.url).resolve('typescript/bin/tsc');
  } catch {
    return undefined;
  }
}

const isFresh = existsSync(stamp) && statSync(stamp).mtimeMs > Math.max(...sources.map(newestChange));
const tsc = compiler();
if (process.argv.includes('--if-stale') && (isFresh || (tsc === undefined && existsSync('dist'))))
  process.exit(0);
if (tsc === undefined) {
  if (process.argv.includes('--if-possible')) process.exit(0);
  console.error(
    'The TypeScript compiler is not installed: run `npm ci` with development dependencies first.',
  );
  process.exit(1);
}
const compiled = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
for (const folder of ['cds-services', 'src']) {
  cpSync(folder, `dist/${folder}`, {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || /\.(json|cql)$/.test(path),
  });
}
const { elmOf } = await import('./elm.mjs');
const logic = 'cds-services/vertebral-fracture/cql';
for (const file of readdirSync(logic).filter((name) => name.endsWith('.cql'))) {
  const elm = await elmOf(readFileSync(`${logic}/${file}`, 'utf8'));
  writeFileSync(`dist/${logic}/${file.replace('.cql', '.elm.json')}`, JSON.stringify(elm));
}
const { bundleCommand } = await import('./bundle.mjs');
await bundleCommand('dist');
const knowledge = ['artifacts', '--out', 'dist/vertebral-cds-knowledge.json'];
const written = spawnSync(process.execPath, ['bin/vertebral-cds.js', ...knowledge], { stdio: 'inherit' });
if (written.status !== 0) process.exit(written.status ?? 1);
// Last, since its manifest says that the build is whole.
const { bundleWeb } = await import('./web.mjs');
await bundleWeb(process.cwd());
