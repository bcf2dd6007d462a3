// Jest loads every module anew for each test file, and some packages are hundreds of them. Each such package is made into
// one file, once for an installation; what one package takes from another stays one module for all of them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Those that tests load most, with what they bring; native ones stay as they are. */
const names = [
  '@observablehq/plot',
  'cockatiel',
  'express',
  'express-rate-limit',
  'fast-check',
  'fhir-kit-client',
  'helmet',
  'html-to-text',
  'iconv-lite',
  'jose',
  'kysely',
  'linkedom',
  'lru-cache',
  'oauth4webapi',
  'pg',
  'pino',
  'preact',
  'preact/hooks',
  'preact/jsx-runtime',
  'preact-render-to-string',
  'prom-client',
  'rtf-stream-parser',
  'supertest',
  'undici',
  'zod',
];

const root = fileURLToPath(new URL('../..', import.meta.url));
const version = createHash('sha256');
for (const path of ['package-lock.json', 'scripts/jest/packages.mjs'])
  version.update(readFileSync(join(root, path)));
const folder = join(root, 'node_modules/.cache/jest-packages', version.digest('hex').slice(0, 16));

/** For `moduleNameMapper`: where each is found. */
export const bundledPackages = Object.fromEntries(
  names.map((name) => [`^${name}$`, join(folder, `${name.replace('/', '-')}.mjs`)]),
);

/** What CommonJS finds in its scope. */
const banner = `import { createRequire as createRequireOfFile } from 'node:module';
import { fileURLToPath as pathOfFile } from 'node:url';
import { dirname as folderOfFile } from 'node:path';
const require = createRequireOfFile(import.meta.url);
const __filename = pathOfFile(import.meta.url);
const __dirname = folderOfFile(__filename);`;

/** The exports under the names by which Node's own modules see them. */
async function entryOf(name) {
  const exported = Object.keys(await import(name)).filter((one) => one !== 'module.exports');
  return `export { ${exported.join(', ')} } from '${name}';`;
}

const entries = {
  name: 'entries',
  setup(bundle) {
    bundle.onResolve({ filter: /^entry:/ }, ({ path }) => ({
      path: join(root, `${path.slice('entry:'.length)}.mjs`),
      namespace: 'entry',
      pluginData: path.slice('entry:'.length),
    }));
    bundle.onLoad({ filter: /.*/, namespace: 'entry' }, async ({ pluginData }) => ({
      contents: await entryOf(pluginData),
      resolveDir: root,
    }));
  },
};

/** Makes them, where this installation has none. */
export async function bundlePackages() {
  if (existsSync(folder)) return;
  const { build } = await import('esbuild');
  const outdir = `${folder}.${process.pid}`;
  await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: `entry:${name}`, out: name.replace('/', '-') })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minifyWhitespace: true,
    minifySyntax: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['node-addons'],
    external: ['canvas', 'pg-native'],
    banner: { js: banner },
    plugins: [entries],
    logLevel: 'warning',
  });
  mkdirSync(join(folder, '..'), { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(outdir, folder);
}
