// Node reads hundreds of files to start the command as the compiler leaves it, most of them of packages. Here they become
// a few, which start in a fraction of the time. The compiled files stay beside them: for profiles, and for what they read.
import { readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** Taken in, with what they bring. Native ones, and those that look for files of their own, stay packages. */
const TAKEN_IN = [
  'cli-progress',
  'cockatiel',
  'commander',
  'express',
  'express-rate-limit',
  'helmet',
  'html-to-text',
  'iconv-lite',
  'ipaddr.js',
  'jose',
  'kysely',
  'lru-cache',
  'oauth4webapi',
  'preact',
  'preact-render-to-string',
  'prom-client',
  'rtf-stream-parser',
  'secure-json-parse',
  'undici',
  'zod',
];

/** What CommonJS finds in its scope. */
const SCOPE = `import { createRequire as createRequireOfFile } from 'node:module';
const require = createRequireOfFile(import.meta.url);`;

/** @param dist the folder of the compiled files; writes dist/bundle */
export async function bundleCommand(dist) {
  const { build } = await import('esbuild');
  rmSync(join(dist, 'bundle'), { recursive: true, force: true });
  await build({
    entryPoints: [join(dist, 'src/cli/main.js')],
    outdir: join(dist, 'bundle'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: SCOPE },
    logLevel: 'warning',
    legalComments: 'linked',
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [packagesLeftAlone, filesWhereTheyWere(dist)],
  });
}

const packagesLeftAlone = {
  name: 'packages left alone',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || importer.includes(`${sep}node_modules${sep}`)) return undefined;
      const name = path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/');
      return TAKEN_IN.includes(name) ? undefined : { path, external: true };
    });
  },
};

/** A compiled file that reads another beside it finds it from the bundle too. */
const filesWhereTheyWere = (dist) => ({
  name: 'files where they were',
  setup(bundle) {
    bundle.onLoad({ filter: /\.js$/ }, ({ path }) => {
      const place = relative(resolve(dist), path).split(sep).join('/');
      if (!/^(src|cds-services)\//.test(place)) return undefined;
      const code = readFileSync(path, 'utf8');
      return { contents: code.replaceAll('import.meta.url', `new URL('../${place}', import.meta.url).href`) };
    });
  },
});
