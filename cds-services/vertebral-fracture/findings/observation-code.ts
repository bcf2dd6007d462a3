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
  const written = code === undefined ? undefined : writtenShort(code);
  if (code === undefined || written === undefined) return recogniseAnew(code, localCodes);
  const memory = memoryOf(localCodes);
  const known = memory.get(written);
  if (known !== undefined) return known.recognised;
  const recognised = recogniseAnew(code, localCodes);
  memory.set(written, { recognised });
  return recognised;
}

/** What codes meant that were looked up lately, by the codes of the site: a laboratory has a few hundred, and a record repeats them all. */
const memories = new WeakMap<LocalCodes, LRUCache<string, { readonly recognised: Recognised | undefined }>>();

function memoryOf(localCodes: LocalCodes) {
  let memory = memories.get(localCodes);
  if (memory === undefined) memories.set(localCodes, (memory = new LRUCache({ max: 2000 })));
  return memory;
}

const LONGEST_WRITTEN = 200;

/** A concept as one text that no other concept has; undefined where it is more than usual. */
function writtenShort({ coding = [], text }: CodeableConcept): string | undefined {
  if (coding.length > 2) return undefined;
  let written = measured(text);
  for (const { system, code, display } of coding)
    written += `${measured(system)}${measured(code)}${measured(display)};`;
  return written.length > LONGEST_WRITTEN ? undefined : written;
}

/** With its length before it, so that no text can pass for two. */
function measured(text: unknown): string {
  return typeof text === 'string' ? `${text.length}:${text}` : '-';
}

function recogniseAnew(code: CodeableConcept | undefined, localCodes: LocalCodes): Recognised | undefined {
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

function byWords(code: CodeableConcept | undefined): Recognised | undefined {
  for (const text of textsOf(code)) {
    const recognised = inWords(text);
    if (recognised !== undefined) return recognised;
  }
  return undefined;
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
