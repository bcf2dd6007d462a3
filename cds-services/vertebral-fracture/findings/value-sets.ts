/** Membership of codes in the value sets of the knowledge folder, answered from hash maps built at start. */
import type { CodeableConcept } from 'fhir/r4.js';
import { valueSetFiles } from '../knowledge.js';
import { codesOf, ICD_10_CM, type PlainCode, undotted } from './code-systems.js';

export type ValueSetId =
  | 'active-infection'
  | 'analgesic-use'
  | 'anticoagulant-or-antiplatelet'
  | 'anticoagulant-or-antiplatelet-use'
  | 'bone-agent'
  | 'bone-agent-use'
  | 'bone-density-scan'
  | 'cement-augmentation-unspecified'
  | 'coagulopathy'
  | 'contrast-allergy'
  | 'healed-fracture-history'
  | 'inr'
  | 'kyphoplasty'
  | 'kyphosis'
  | 'neurological-deficit'
  | 'nsaid'
  | 'opioid'
  | 'osteoporosis'
  | 'pain-score'
  | 'platelet-count'
  | 'pregnancy'
  | 'spinal-instability'
  | 'spinal-malignancy'
  | 'spine-imaging'
  | 'spine-surgery'
  | 'suspected-neurological-deficit'
  | 'systemic-steroid-use'
  | 't-score'
  | 'vertebral-fracture'
  | 'vertebroplasty';

interface Members {
  readonly codes: ReadonlySet<string>;
  /** ICD-10-CM families: every code below one of these. */
  readonly icdPrefixes: readonly string[];
}

const members: ReadonlyMap<string, Members> = new Map(
  [...valueSetFiles].map(([id, set]) => {
    const codes = new Set<string>();
    const icdPrefixes: string[] = [];
    for (const include of set.compose.include) {
      for (const concept of include.concept ?? []) codes.add(`${include.system}|${concept.code}`);
      if (include.system === ICD_10_CM) {
        icdPrefixes.push(...(include.filter ?? []).map((filter) => undotted(filter.value)));
      }
    }
    return [id, { codes, icdPrefixes }];
  }),
);

/** True when the code is in the value set; ICD-10-CM families count with everything below them. */
export function isIn(set: ValueSetId, code: PlainCode): boolean {
  const known = members.get(set);
  if (known === undefined) throw new Error(`no value set ${set} in the knowledge folder`);
  if (code.system === ICD_10_CM) return known.icdPrefixes.some((prefix) => code.code.startsWith(prefix));
  return known.codes.has(`${code.system}|${code.code}`);
}

/** The first coding of the concept that the value set holds. */
export function codeIn(set: ValueSetId, concept: CodeableConcept | undefined): PlainCode | undefined {
  return codesOf(concept).find((code) => isIn(set, code));
}

/** The codes of one system in a value set, as listed. */
export function listedCodes(set: ValueSetId, system: string): readonly string[] {
  return (valueSetFiles.get(set)?.compose.include ?? [])
    .filter((include) => include.system === system)
    .flatMap((include) => include.concept ?? [])
    .map((concept) => concept.code);
}
