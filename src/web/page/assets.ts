/**
 * What pages load beside their HTML: bundled at build time, named after its content, read once at start.
 */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { z } from 'zod';

export interface Asset {
  readonly text: string;
  readonly contentType: string;
}

export interface Assets {
  /** Address of a bundle: `look`, or the name of a page's script. */
  readonly addressOf: (name: string) => string;
  /** What a bundle holds. */
  readonly textOf: (name: string) => string;
  /** The bundle of a file name, as the address ends. */
  readonly named: (fileName: string) => Asset | undefined;
}

const manifestFile = z.record(z.string(), z.string());
const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/**
 * @param installation folder of package.json
 * @throws when the pages have not been built
 */
export function loadAssets(installation: string): Assets {
  const folder = join(installation, 'dist', 'web');
  const manifest = manifestFile.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  const assets = new Map(
    Object.values(manifest).map((fileName) => [
      fileName,
      {
        text: readFileSync(join(folder, fileName), 'utf8'),
        contentType: contentTypes[extname(fileName)] ?? 'text/plain; charset=utf-8',
      },
    ]),
  );
  return {
    named: (fileName) => assets.get(fileName),
    addressOf: (name) => `/assets/${fileNameOf(name)}`,
    textOf: (name) => assets.get(fileNameOf(name))?.text ?? '',
  };

  function fileNameOf(name: string): string {
    const fileName = manifest[name];
    if (fileName === undefined) throw new Error(`no bundle is called ${name}`);
    return fileName;
  }
}
