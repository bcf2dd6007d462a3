/** What one diagnosis or coded conclusion claims about a vertebral fracture: level, shape, stability, cause, onset, healed or not. */
import type { CodeableConcept, Condition, DiagnosticReport } from 'fhir/r4.js';
import { icdFractures, lexicon, snomedFractures } from '../knowledge.js';
import { isOutside, levelsOf } from './body-site.js';
import { codesOf, ICD_10_CM, type PlainCode, SNOMED_CT, textsOf, wordsOf } from './code-systems.js';
import { isActive, isUnconfirmed, onsetOf } from './condition-state.js';
import type { Aetiology, Morphology, Stability } from './finding.js';
import { isLevel, type Level, positionOf, type Region } from './level.js';
import type { Moment } from './time.js';
import { shippedValueSets } from './value-sets.js';
import { fold, matches, type PhraseRule } from './words.js';

export interface FractureClaim {
  /** `Condition/id`, or `DiagnosticReport/id` for a coded conclusion. */
  readonly source: string;
  /** Element of the source that makes the claim. */
  readonly path: string;
  /** As the code or text says it, for the evidence. */
  readonly quote: string;
  readonly date: string | undefined;
  /** One level, a pair the code can't tell apart, or none. */
  readonly levels: readonly Level[];
  readonly isPair: boolean;
  /** Part of the spine, where only that is known. */
  readonly region: Region | undefined;
  readonly outsideScope: boolean;
  readonly morphology: Morphology | undefined;
  readonly stability: Stability | undefined;
  readonly aetiology: Aetiology | undefined;
  readonly active: boolean;
  readonly unconfirmed: boolean;
  readonly onset: Moment | undefined;
  /** A history code, which speaks of a vertebra only where it names one. */
  readonly history: boolean;
}

type Meaning = Pick<FractureClaim, 'morphology' | 'stability' | 'aetiology' | 'region' | 'history'> & {
  readonly levels: readonly Level[];
  readonly outside: boolean;
};

const NOTHING: Meaning = {
  levels: [],
  outside: false,
  morphology: undefined,
  stability: undefined,
  aetiology: undefined,
  region: undefined,
  history: false,
};

const SNOMED_BY_CODE = new Map(snomedFractures.map((concept) => [concept.code, concept]));

/** The claim of a Condition, or undefined when it is no fracture of a vertebral body. */
export function fractureClaim(
  condition: Condition,
  birthDate: string | undefined,
): FractureClaim | undefined {
  const onset = onsetOf(condition, birthDate);
  return claimOf(condition.code, condition.bodySite ?? [], {
    source: `Condition/${condition.id ?? '(no id)'}`,
    path: 'code',
    date: onset?.text ?? condition.recordedDate,
    active: isActive(condition),
    unconfirmed: isUnconfirmed(condition),
    onset,
  });
}

/** The claims of a report's coded conclusions; a report that is not final leaves them unconfirmed. */
export function reportClaims(report: DiagnosticReport, isFinal: boolean): readonly FractureClaim[] {
  return (report.conclusionCode ?? []).flatMap((conclusion, index) => {
    const claim = claimOf(conclusion, [], {
      source: `DiagnosticReport/${report.id ?? '(no id)'}`,
      path: `conclusionCode[${index}]`,
      date: report.effectiveDateTime ?? report.effectivePeriod?.start ?? report.issued,
      active: true,
      unconfirmed: !isFinal,
      onset: undefined,
    });
    return claim ?? [];
  });
}

type Circumstances = Pick<FractureClaim, 'source' | 'path' | 'date' | 'active' | 'unconfirmed' | 'onset'>;

function claimOf(
  code: CodeableConcept | undefined,
  sites: readonly CodeableConcept[],
  circumstances: Circumstances,
): FractureClaim | undefined {
  if (isNotBody(code)) return undefined;
  const meanings = [...codesOf(code).flatMap((one) => meaningOfCode(one) ?? [])];
  if (meanings.length === 0) meanings.push(...meaningOfText(code));
  if (meanings.length === 0) return undefined;
  const meaning = meanings.reduce(joined);
  const { levels, isPair } = levelsClaimed(sites, code, meaning.levels);
  return {
    ...circumstances,
    quote: wordsOf(code) ?? '',
    levels,
    isPair,
    region: levels.length > 0 ? undefined : meaning.region,
    outsideScope: levels.length === 0 && (meaning.outside || isOutside(sites)),
    morphology: meaning.morphology,
    stability: meaning.stability,
    aetiology: meaning.aetiology,
    active: circumstances.active && !meaning.history,
    history: meaning.history,
  };
}

/**
 * The levels of body site, code and text. Where they name different vertebrae, each is a candidate and the level is
 * as open as that of a pair code: only imaging can settle it.
 */
function levelsClaimed(
  sites: readonly CodeableConcept[],
  code: CodeableConcept | undefined,
  byCode: readonly Level[],
): Pick<FractureClaim, 'levels' | 'isPair'> {
  const bySite = levelsOf(sites, undefined);
  const byText = levelsOf(undefined, code);
  // The text of a pair code repeats the pair ("T11-T12"); it adds something only where it names one of the two.
  const isPairText = byCode.length > 1 && byText.length > 1;
  const claims = [bySite, isPairText ? [] : byText, byCode].filter((named) => named.length > 0);
  const [levels = [], ...others] = claims;
  const isContradicted = others.some((named) => !named.some((level) => levels.includes(level)));
  if (!isContradicted) return { levels, isPair: levels.length > 1 && levels === byCode };
  const candidates = new Set(claims.flat());
  return { levels: [...candidates].sort((a, b) => positionOf(a) - positionOf(b)), isPair: true };
}

/** Fractures of processes and arches only: cement has no place there. */
function isNotBody(code: CodeableConcept | undefined): boolean {
  return codesOf(code).some(
    ({ system, code: value }) => system === SNOMED_CT && SNOMED_BY_CODE.get(value)?.part === 'not-body',
  );
}

function meaningOfCode(code: PlainCode): Meaning | undefined {
  if (shippedValueSets.isIn('healed-fracture-history', code)) return { ...NOTHING, history: true };
  if (code.system === ICD_10_CM) return meaningOfIcd(code.code);
  if (code.system === SNOMED_CT) return meaningOfSnomed(code.code);
  return undefined;
}

/** Digits of an undotted ICD-10-CM code: S32.010A is S32 0 (body) 1 (L1) 0 (wedge) A (encounter). */
function meaningOfIcd(code: string): Meaning | undefined {
  const family = icdFractures.families.find(({ prefix }) => code.startsWith(prefix));
  if (family === undefined) return undefined;
  const digit = code.charAt(family.prefix.length);
  const shape = family.levelDigit === undefined ? undefined : icdFractures.morphologyDigit[code.charAt(5)];
  const site = family.siteDigit?.[digit];
  return {
    ...NOTHING,
    levels: (family.levelDigit?.[digit] ?? []).filter(isLevel),
    region: site === 'outside' ? undefined : (site ?? family.region),
    outside: site === 'outside',
    aetiology: family.aetiology,
    morphology: shape?.morphology,
    stability: shape?.stability,
  };
}

function meaningOfSnomed(code: string): Meaning | undefined {
  const concept = SNOMED_BY_CODE.get(code);
  if (concept === undefined) return undefined;
  const { morphology, aetiology, region } = concept;
  return {
    ...NOTHING,
    region: region === 'unspecified' ? undefined : region,
    morphology:
      morphology === 'burst' || morphology === 'wedge' || morphology === 'crush' ? morphology : undefined,
    aetiology: aetiology === 'osteoporotic' || aetiology === 'malignant' ? aetiology : undefined,
  };
}

function meaningOfText(code: CodeableConcept | undefined): readonly Meaning[] {
  const words = lexicon.fractureConditions;
  return textsOf(code).flatMap((text) => {
    const folded = fold(text);
    if (!matches(folded, words)) return [];
    const pick = <Value extends string>(
      rules: readonly (PhraseRule & { value: string })[],
      ...allowed: Value[]
    ) => allowed.find((value) => value === rules.find((rule) => matches(folded, rule))?.value);
    return [
      {
        ...NOTHING,
        aetiology: pick(words.aetiology, 'osteoporotic', 'malignant', 'traumatic'),
        morphology: pick(words.morphology, 'burst', 'wedge', 'biconcave', 'crush', 'chance'),
        stability: pick(words.stability, 'unstable', 'stable'),
      },
    ];
  });
}

/** Several codings of one Condition are translations of each other: each adds what the other leaves out. */
function joined(a: Meaning, b: Meaning): Meaning {
  return {
    levels: a.levels.length > 0 ? a.levels : b.levels,
    outside: a.outside || b.outside,
    morphology: a.morphology ?? b.morphology,
    stability: a.stability ?? b.stability,
    aetiology: a.aetiology ?? b.aetiology,
    region: a.region ?? b.region,
    history: a.history && b.history,
  };
}
