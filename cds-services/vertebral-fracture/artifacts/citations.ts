/** Sources as relatedArtifacts, the label being the id that rows and thresholds name them by. */
import type { RelatedArtifact } from 'fhir/r4.js';
import { sources } from '../knowledge.js';

const KIND = {
  article: 'the article this product implements',
  guideline: 'guideline',
  trial: 'trial',
  policy: 'policy of this project',
} as const;

/** Each source once, in the order of sources.json. Throws where one is named that the file does not hold. */
export function citationsOf(ids: readonly string[]): RelatedArtifact[] {
  const wanted = new Set(ids);
  const unknown = ids.find((id) => sources[id] === undefined);
  if (unknown !== undefined) throw new Error(`sources.json has no source ${unknown}`);
  return Object.entries(sources)
    .filter(([id]) => wanted.has(id))
    .map(([id, { kind, year, strength, read, citation }]) => ({
      type: kind === 'policy' ? 'justification' : 'citation',
      label: id,
      display: [
        KIND[kind],
        ...(year === undefined ? [] : [String(year)]),
        ...(strength === undefined ? [] : [strength]),
        ...(read === 'V2' ? ['read in a secondary source only'] : []),
      ].join('; '),
      citation,
    }));
}

/** Ids of every source there is. */
export const everySource: readonly string[] = Object.keys(sources);
