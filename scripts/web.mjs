// Bundles what browsers load: the look of the pages, and the script of each page that has one.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';

/** Every `browser.tsx` becomes a script called after its folder. */
export function webSources(root) {
  const scripts = ['src/web', 'cds-services'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((path) => basename(path) === 'browser.tsx')
      .map((path) => join(folder, path)),
  );
  return Object.fromEntries([
    ['look', 'src/web/page/look.css'],
    ...scripts.map((path) => [basename(dirname(path)), path]),
  ]);
}

/** Writes `<name>-<hash>.js|css` and manifest.json, which tells the hashes. */
export async function bundleWeb(root) {
  const outdir = join(root, 'dist/web');
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: webSources(root),
    outdir,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'chrome110', 'firefox110', 'safari16'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'eof',
    metafile: true,
    logLevel: 'warning',
  });
  const files = Object.entries(metafile.outputs).flatMap(([path, { entryPoint }]) =>
    entryPoint === undefined ? [] : [[nameOf(entryPoint), basename(path)]],
  );
  mkdirSync(outdir, { recursive: true });
  writeFileSync(join(outdir, 'manifest.json'), `${JSON.stringify(Object.fromEntries(files), null, 2)}\n`);
}

function nameOf(entryPoint) {
  return entryPoint.endsWith('.css') ? basename(entryPoint, '.css') : basename(dirname(entryPoint));
}
