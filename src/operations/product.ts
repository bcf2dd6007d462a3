/**
 * Name and version of the running product, from the package.json above this file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface Product {
  readonly name: string;
  readonly version: string;
}

const packageFile = z.object({ name: z.string(), version: z.string() });

export function readProduct(): Product {
  return packageFile.parse(JSON.parse(readFileSync(join(installationFolder(), 'package.json'), 'utf8')));
}

/** The folder of package.json. The compiled sources lie one deeper than the sources, so it is looked for upwards. */
export function installationFolder(folder = dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json is missing from the installation');
  return installationFolder(parent);
}
