/** What has to be disclosed about this knowledge (45 CFR 170.315(b)(11), FDA guidance on CDS): one source for page, docs and file. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const disclosureFile = z.object({
  intendedUse: z.string(),
  intendedUsers: z.string(),
  population: z.string(),
  exclusions: z.array(z.string()),
  inputs: z.array(z.string()),
  logic: z.string(),
  limits: z.array(z.string()),
  validation: z.array(z.object({ what: z.string(), done: z.string() })),
  /** In the order of the regulation. */
  sourceAttributes: z.array(z.object({ name: z.string(), text: z.string() })).length(13),
  /** The newest first. */
  versions: z.array(z.object({ version: z.string(), date: z.string(), changes: z.string() })).min(1),
});
export type Disclosure = z.infer<typeof disclosureFile>;

export const disclosure: Disclosure = disclosureFile.parse(
  JSON.parse(readFileSync(new URL('../knowledge/disclosure.json', import.meta.url), 'utf8')),
);
