/** Membership of codes in the value sets of the knowledge folder, answered from hash maps built at start. */
import type { CodeableConcept } from 'fhir/r4.js';
import { valueSetFiles } from '../knowledge.js';
import { codesOf, ICD_10_CM, type PlainCode, plainCode, undotted } from './code-systems.js';

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

/**
 * Sets that codes of elsewhere may join. The others can't: what a fracture code says of level and shape, what a study
 * shows, or what a measurement means does not follow from being in a list.
 */
export const extendableSets = [
  'active-infection',
  'anticoagulant-or-antiplatelet',
  'anticoagulant-or-antiplatelet-use',
  'bone-agent',
  'bone-agent-use',
  'bone-density-scan',
  'cement-augmentation-unspecified',
  'coagulopathy',
  'contrast-allergy',
  'kyphoplasty',
  'kyphosis',
  'neurological-deficit',
  'nsaid',
  'opioid',
  'osteoporosis',
  'pregnancy',
  'spinal-malignancy',
  'spine-surgery',
  'suspected-neurological-deficit',
  'systemic-steroid-use',
  'vertebroplasty',
] as const satisfies readonly ValueSetId[];

export type ExtendableSetId = (typeof extendableSets)[number];

/** Codes that join the shipped ones, by set. */
export type ValueSetExtensions = ReadonlyMap<string, readonly PlainCode[]>;

/** Which codes mean what at a site. */
export interface ValueSets {
  /** True when the code is in the value set; ICD-10-CM families count with everything below them. */
  readonly isIn: (set: ValueSetId, code: PlainCode) => boolean;
  /** The first coding of the concept that the value set holds. */
  readonly codeIn: (set: ValueSetId, concept: CodeableConcept | undefined) => PlainCode | undefined;
}

interface Members {
  readonly codes: ReadonlySet<string>;
  /** ICD-10-CM families: every code below one of these. */
  readonly icdPrefixes: readonly string[];
}

const shipped: ReadonlyMap<string, Members> = new Map(
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

function valueSetsOf(members: ReadonlyMap<string, Members>): ValueSets {
  const isIn = (set: ValueSetId, code: PlainCode): boolean => {
    const known = members.get(set);
    if (known === undefined) throw new Error(`no value set ${set} in the knowledge folder`);
    if (known.codes.has(`${code.system}|${code.code}`)) return true;
    return code.system === ICD_10_CM && known.icdPrefixes.some((prefix) => code.code.startsWith(prefix));
  };
  return {
    isIn,
    codeIn: (set, concept) => codesOf(concept).find((code) => isIn(set, code)),
  };
}

/** The sets as the knowledge folder holds them. */
export const shippedValueSets = valueSetsOf(shipped);

/** The shipped sets with further codes; no shipped code is lost. Sets that can't be extended stay as they are. */
export function extendedValueSets(extensions: ValueSetExtensions): ValueSets {
  if (extensions.size === 0) return shippedValueSets;
  const extended = new Map(shipped);
  for (const id of extendableSets) {
    const { codes = new Set<string>(), icdPrefixes = [] } = shipped.get(id) ?? {};
    const further = (extensions.get(id) ?? []).flatMap((code) => plainCode(code) ?? []);
    const keys = further.map(({ system, code }) => `${system}|${code}`);
    extended.set(id, { codes: new Set([...codes, ...keys]), icdPrefixes });
  }
  return valueSetsOf(extended);
}

/** The codes of one system in a shipped value set, as listed. */
export function listedCodes(set: ValueSetId, system: string): readonly string[] {
  return (valueSetFiles.get(set)?.compose.include ?? [])
    .filter((include) => include.system === system)
    .flatMap((include) => include.concept ?? [])
    .map((concept) => concept.code);
}

/** Every code listed in a shipped value set one by one. */
export function everyListedCode(set: ValueSetId): readonly PlainCode[] {
  return (valueSetFiles.get(set)?.compose.include ?? []).flatMap(({ system, concept = [] }) =>
    concept.map(({ code }) => ({ system, code })),
  );
}
