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
  validation: z.array(
    z
      .object({
        what: z.string(),
        /** In words; a figure as its name in braces. */
        done: z.string(),
        figures: z.record(z.string(), z.number()).default({}),
      })
      .transform(({ done, ...rest }) => ({ ...rest, done: withFigures(done, rest.figures) })),
  ),
  /** In the order of the regulation. */
  sourceAttributes: z.array(z.object({ name: z.string(), text: z.string() })).length(13),
  /** The newest first. */
  versions: z.array(z.object({ version: z.string(), date: z.string(), changes: z.string() })).min(1),
});
export type Disclosure = z.infer<typeof disclosureFile>;

export const disclosure: Disclosure = disclosureFile.parse(
  JSON.parse(readFileSync(new URL('../knowledge/disclosure.json', import.meta.url), 'utf8')),
);

/** Throws where the text names a figure that is not there, or leaves one out: each is told in words and as a number. */
export function withFigures(text: string, figures: Readonly<Record<string, number>>): string {
  const left = new Set(Object.keys(figures));
  const told = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const figure = figures[name];
    if (figure === undefined) throw new Error(`disclosure.json: no figure ${name}`);
    left.delete(name);
    return written(figure);
  });
  if (left.size > 0) throw new Error(`disclosure.json: no text tells ${[...left].join(', ')}`);
  return told;
}

/** Shares as the literature writes them (.970), counts as they are. */
function written(figure: number): string {
  return figure > 0 && figure < 1 ? figure.toFixed(3).slice(1) : String(figure);
}
