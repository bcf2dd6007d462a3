/** What a report says, before it is known of which vertebra: one statement of one sentence. */
import type { FractureFindingName, FractureValues } from '../finding.js';
import type { Level } from '../level.js';
import type { Span } from './context.js';
import type { Owner } from './owners.js';

export type FractureStatus = 'present' | 'possible' | 'absent' | 'historical';

export type SaidFinding = {
  readonly [Name in FractureFindingName]: {
    readonly name: Name;
    readonly value: FractureValues[Name];
  };
}[FractureFindingName];

/** How firmly a value is put: `measured` beats `graded` beats `implied`. */
export type Firmness = 'measured' | 'graded' | 'implied';

interface SaidSomething {
  /** Tokens of the words that say it. */
  readonly quote: Span;
  readonly owner: Owner;
  /** Which of several vertebrae of the owner, where the sentence gives one value to each ("respectively"). */
  readonly nth?: number;
}

export interface SaidStatus extends SaidSomething {
  readonly kind: 'status';
  readonly status: FractureStatus;
  /** "no acute fracture": an older one may be there. */
  readonly onlyOfAcute?: true;
  /** Doubtful, and only a shape or a mimic: a plain denial elsewhere in the same part outranks it. */
  readonly weak?: true;
  /** A denial that names no vertebra: counts only under a label ("T11: ... No fracture."). */
  readonly general?: true;
  /** A fracture by its name, not only by a shape or a loss of height; a denial by the name of its vertebra too. */
  readonly byName?: true;
  /** The vertebra that was named by mistake, in an addendum that puts this one in its place. */
  readonly replaces?: Level;
  /** Not plainly of the spine: counts only where a vertebra is named. */
  readonly unnamedCountsNot?: true;
}

export interface SaidValue extends SaidSomething {
  readonly kind: 'value';
  readonly finding: SaidFinding;
  readonly firmness: Firmness;
  /** Counts only where the vertebra is named, or was in the same paragraph. */
  readonly near?: true;
  /** Told of a fracture that may be there: says nothing of one that is. */
  readonly ofAPossibleOne?: true;
  /** "Neither has changed.": where the sentence names no vertebra, the one before has to speak of fractures. */
  readonly ofFracturesBefore?: true;
}

export function deniesAValue({ finding }: SaidValue): boolean {
  return finding.value === false || finding.value === 'stable';
}

/** No loss of height, no narrowing of the canal. */
export function isOfNothing({ finding }: SaidValue): boolean {
  const { name } = finding;
  return (name === 'heightLossPercent' || name === 'canalCompromisePercent') && finding.value.max === 0;
}

export type Said = SaidStatus | SaidValue;

/** Findings of the patient a report may state. */
export type PatientSign =
  'cordCompression' | 'caudaEquinaCompression' | 'metastaticDisease' | 'osteoporosis' | 'activeInfection';

export interface SaidOfPatient {
  readonly sign: PatientSign;
  readonly value: boolean;
  readonly quote: Span;
}

export function value<Name extends FractureFindingName>(
  name: Name,
  given: FractureValues[Name],
  where: { quote: Span; owner: Owner; nth?: number },
  { firmness = 'measured', near }: { firmness?: Firmness; near?: boolean } = {},
): SaidValue {
  return {
    kind: 'value',
    finding: { name, value: given } as SaidFinding,
    firmness,
    ...where,
    ...(near === true && { near }),
  };
}
