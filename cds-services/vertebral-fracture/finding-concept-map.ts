/** A hospital's own observation codes given as a FHIR ConceptMap to our finding codes. */
import { z } from 'zod';
import { findingByCode } from './findings/catalogue.js';
import { FINDING_SYSTEM } from './findings/code-systems.js';

/** The local code means the finding, or something narrower that the finding holds of as well. */
const meant: ReadonlySet<string> = new Set(['equal', 'equivalent', 'wider', 'subsumes']);
/** Said to mean no finding at all. */
const notMapped: ReadonlySet<string> = new Set(['unmatched', 'disjoint']);

const text = z.string({ error: 'must be a text' }).min(1, { error: 'must not be empty' });
const nothing = (why: string) => z.never({ error: why }).optional();

const target = z.looseObject({
  code: text.optional(),
  equivalence: z.enum(
    [
      'relatedto',
      'equivalent',
      'equal',
      'wider',
      'subsumes',
      'narrower',
      'specializes',
      'inexact',
      'unmatched',
      'disjoint',
    ],
    { error: 'must be an equivalence of FHIR R4, such as "equivalent"' },
  ),
  dependsOn: nothing('is not supported: a code has to mean its finding by itself'),
  product: nothing('is not supported: a code has to mean its finding by itself'),
});

const group = z.looseObject({
  source: text.describe('System of the local codes.'),
  target: text
    .refine((system) => system.split('|')[0] === FINDING_SYSTEM, {
      error: `must be "${FINDING_SYSTEM}"`,
      abort: true,
    })
    .describe(FINDING_SYSTEM),
  element: z.array(z.looseObject({ code: text, target: z.array(target).default([]) })),
  unmapped: nothing('is not supported: a code that is not named stands for no finding'),
});

export interface LocalCode {
  readonly system: string;
  readonly code: string;
  /** Code of the finding code system. */
  readonly finding: string;
}

/** Checks the map and turns it into the list that `localCodes` would hold; what is wrong is named with its path. */
export const findingConceptMapSchema = z
  .looseObject({
    resourceType: z.literal('ConceptMap', { error: 'must be "ConceptMap"' }),
    group: z.array(group, { error: 'must be an array of groups' }).min(1, { error: 'must hold a group' }),
  })
  .superRefine(({ group: groups }, context) => {
    const mapped = new Map<string, string>();
    const issue = (path: readonly (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message, continue: false });
    groups.forEach(({ source, element }, g) => {
      element.forEach(({ code, target: targets }, e) => {
        targets.forEach(({ code: finding, equivalence }, t) => {
          const path = ['group', g, 'element', e, 'target', t];
          if (notMapped.has(equivalence)) return;
          if (!meant.has(equivalence)) {
            const why = 'a value under this code might not be one of the finding';
            issue([...path, 'equivalence'], `"${equivalence}" is not enough: ${why}`);
          }
          if (finding === undefined || findingByCode(finding) === undefined) {
            issue(
              [...path, 'code'],
              `"${finding ?? ''}" is no finding code: see GET /fhir/CodeSystem/finding`,
            );
            return;
          }
          const key = `${source}|${code}`;
          const earlier = mapped.get(key);
          if (earlier !== undefined && earlier !== finding) {
            issue(
              [...path, 'code'],
              `"${finding}" contradicts "${earlier}", which the same code is mapped to`,
            );
          }
          mapped.set(key, finding);
        });
      });
    });
  })
  .transform(({ group: groups }): readonly LocalCode[] =>
    groups.flatMap(({ source, element }) =>
      element.flatMap(({ code, target: targets }) => {
        const chosen = targets.find(({ equivalence }) => meant.has(equivalence))?.code;
        return chosen === undefined ? [] : [{ system: source, code, finding: chosen }];
      }),
    ),
  );
