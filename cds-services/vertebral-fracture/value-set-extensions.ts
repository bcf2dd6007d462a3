/** Which value sets a site extends from its terminology server, and what the server is asked for. */
import { z } from 'zod';
import { SNOMED_CT } from './findings/code-systems.js';
import { type ExtendableSetId, everyListedCode, extendableSets } from './findings/value-sets.js';

/** All concepts below the SNOMED CT concepts that the shipped set lists. */
const DESCENDANTS = 'snomed-descendants';

const extension = z
  .strictObject({
    valueSet: z.enum(extendableSets, {
      error: `must be one of ${extendableSets.join(', ')}`,
    }),
    from: z
      .string({ error: 'must be the address of a value set, or "snomed-descendants"' })
      .refine((from) => from === DESCENDANTS || URL.canParse(from), {
        error: 'must be the address of a value set, or "snomed-descendants"',
      })
      .describe(
        'Canonical address of a value set the terminology server knows, or "snomed-descendants": everything below the SNOMED CT concepts of the shipped set.',
      ),
  })
  .refine(({ valueSet, from }) => from !== DESCENDANTS || snomedCodes(valueSet).length > 0, {
    path: ['from'],
    error: 'is "snomed-descendants", but the shipped set lists no SNOMED CT concept: name a value set',
  });

export const valueSetExtensionsSchema = z.array(extension, { error: 'must be an array of extensions' });

/** What a terminology server is asked to expand. */
export interface ExpansionRequest {
  readonly valueSet: string;
  /** Canonical or implicit value set. */
  readonly url: string;
  /** Codes the shipped set lists, to ask the server whether it knows them. */
  readonly shipped: readonly { readonly system: string; readonly code: string }[];
}

/** One request for each extension, in their order. */
export function expansionRequests(
  extensions: z.output<typeof valueSetExtensionsSchema>,
): readonly ExpansionRequest[] {
  return extensions.map(({ valueSet, from }) => ({
    valueSet,
    url: from === DESCENDANTS ? below(snomedCodes(valueSet)) : from,
    shipped: everyListedCode(valueSet),
  }));
}

function snomedCodes(valueSet: ExtendableSetId): readonly string[] {
  return everyListedCode(valueSet).flatMap(({ system, code }) => (system === SNOMED_CT ? code : []));
}

/** SNOMED CT's implicit value set of an expression: the concepts and all below them. */
function below(codes: readonly string[]): string {
  return `${SNOMED_CT}?fhir_vs=ecl/${encodeURIComponent(codes.map((code) => `<<${code}`).join(' OR '))}`;
}
