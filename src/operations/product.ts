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

/** The compiled sources lie one folder deeper than the sources, so the file is looked for upwards. */
export function readProduct(folder = dirname(fileURLToPath(import.meta.url))): Product {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return packageFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json is missing from the installation');
  return readProduct(parent);
}
