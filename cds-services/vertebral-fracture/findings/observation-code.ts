/** Which finding an observation's code means: the site's own codes first, then ours, then standard codes, then the words. */
import type { CodeableConcept } from 'fhir/r4.js';
import { LRUCache } from 'lru-cache';
import { lexicon } from '../knowledge.js';
import { catalogue, findingByCode, type ObservedName } from './catalogue.js';
import { codesOf, FINDING_SYSTEM, type PlainCode, textsOf } from './code-systems.js';
import { shippedValueSets, type ValueSetId } from './value-sets.js';
import { fold, phraseFinder } from './words.js';

/** `system|code` of the site to the finding it stands for. */
export type LocalCodes = ReadonlyMap<string, ObservedName>;

export interface Recognised {
  readonly finding: ObservedName;
  /** The code says the opposite of the finding ("posterior wall intact"). */
  readonly inverse: boolean;
  /** Recognised by words only, the weakest of the ways. */
  readonly byWords: boolean;
}

const STANDARD: readonly (readonly [ValueSetId, ObservedName])[] = [
  ['pain-score', 'painScore'],
  ['t-score', 'boneMineralDensityTScore'],
  ['inr', 'inr'],
  ['platelet-count', 'plateletCount'],
];

// RadElement element numbers (sets RDES230, RDES271, RDES288); recognised whatever prefix a system adds.
const RADELEMENT: ReadonlyMap<string, ObservedName> = new Map([
  ['1471', 'fracturePresence'],
  ['2004', 'heightLossPercent'],
  ['1754', 'aoType'],
  ['1998', 'epiduralCompressionGrade'],
]);

/** The finding a code means, or undefined when nothing is recognised. */
export function recognise(code: CodeableConcept | undefined, localCodes: LocalCodes): Recognised | undefined {
  const codes = codesOf(code);
  const finding =
    first(codes, ({ system, code: local }) => localCodes.get(`${system}|${local}`)) ??
    first(codes, ({ system, code: ours }) => (system === FINDING_SYSTEM ? findingByCode(ours) : undefined)) ??
    first(codes, standardFinding);
  if (finding !== undefined) return { finding, inverse: false, byWords: false };
  return byWords(code);
}

function first(
  codes: readonly PlainCode[],
  meaning: (code: PlainCode) => ObservedName | undefined,
): ObservedName | undefined {
  for (const code of codes) {
    const found = meaning(code);
    if (found !== undefined) return found;
  }
  return undefined;
}

function standardFinding(code: PlainCode): ObservedName | undefined {
  if (code.system.toLowerCase().includes('radelement')) {
    return RADELEMENT.get(code.code.replace(/^RDE/, ''));
  }
  return STANDARD.find(([set]) => shippedValueSets.isIn(set, code))?.[1];
}

const OBSERVATIONS = phraseFinder(lexicon.observations);

/** Names of observations looked up lately: a laboratory has a few hundred, and a record repeats them all. */
const lookedUp = new LRUCache<string, { readonly recognised: Recognised | undefined }>({ max: 2000 });
const LONGEST_NAME = 80;

function byWords(code: CodeableConcept | undefined): Recognised | undefined {
  for (const text of textsOf(code)) {
    const recognised = text.length > LONGEST_NAME ? inWords(text) : lookUp(text);
    if (recognised !== undefined) return recognised;
  }
  return undefined;
}

function lookUp(name: string): Recognised | undefined {
  const known = lookedUp.get(name);
  if (known !== undefined) return known.recognised;
  const recognised = inWords(name);
  lookedUp.set(name, { recognised });
  return recognised;
}

function inWords(text: string): Recognised | undefined {
  const rule = OBSERVATIONS.find(fold(text));
  if (rule === undefined || !isObserved(rule.finding)) return undefined;
  return { finding: rule.finding, inverse: rule.inverse === true, byWords: true };
}

const GRADED: ReadonlySet<string> = new Set([
  'genantGrade',
  'asiaImpairmentScale',
  'neurologicalExamination',
  'fracturePresence',
]);

function isObserved(name: string): name is ObservedName {
  return name in catalogue || GRADED.has(name);
}
