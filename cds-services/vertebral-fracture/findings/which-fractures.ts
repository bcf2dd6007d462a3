/** Joins diagnoses and images to fractured vertebrae: a code without a level takes the level the images name. */
import type { Policy } from '../policy.js';
import type { FractureClaim } from './fracture-claim.js';
import { isInRegion, type Level, positionOf } from './level.js';
import type { Reading } from './reading.js';
import type { Interval } from './interval.js';

/** A fracture with the claims and readings that belong to it. */
export interface JoinedFracture {
  readonly levels: readonly Level[];
  readonly claims: readonly FractureClaim[];
  readonly readings: readonly Reading[];
}

export interface Joined {
  readonly fractures: readonly JoinedFracture[];
  /** Readings of a fracture that could not be given to one: no vertebra named and several to choose from. */
  readonly unassigned: readonly Reading[];
}

/**
 * @param claims what the Conditions say
 * @param readings statements about fractures from observations
 * @param present vertebrae an observation calls fractured without describing them
 * @param policy from which height loss on an image alone shows a fracture
 */
export function whichFractures(
  claims: readonly FractureClaim[],
  readings: readonly Reading[],
  present: readonly Level[],
  policy: Policy,
): Joined {
  const byLevel = new Map<Level, FractureClaim[]>();
  const unplaced: { readonly levels: readonly Level[]; readonly claims: FractureClaim[] }[] = [];
  const place = (level: Level, claim?: FractureClaim) => {
    const placed = byLevel.get(level) ?? [];
    byLevel.set(level, claim === undefined ? placed : [...placed, claim]);
  };
  for (const level of present) place(level);
  for (const level of levelsShowingAFracture(readings, policy)) place(level);
  for (const claim of claims) {
    if (claim.levels.length > 0 && !claim.isPair) for (const level of claim.levels) place(level, claim);
  }
  for (const claim of [...claims].sort(historyLast)) {
    if (claim.levels.length > 0 && !claim.isPair) continue;
    const targets = targetsOf(claim, readings, byLevel);
    for (const level of targets) place(level, claim);
    if (targets.length === 0 && !claim.history) addUnplaced(unplaced, claim);
  }
  const levelled = [...byLevel].map(([level, placed]) => ({ levels: [level], claims: placed }));
  const drafts = [...levelled, ...unplaced].sort(fromTheTop);
  return assign(drafts, readings);
}

/** Levels the images name that a claim without a level of its own may be about. */
function targetsOf(
  claim: FractureClaim,
  readings: readonly Reading[],
  byLevel: ReadonlyMap<Level, readonly FractureClaim[]>,
): readonly Level[] {
  const imaged = levelsNamed(readings);
  const candidates = new Set([...imaged, ...byLevel.keys()]);
  return [...candidates].filter((level) => {
    if (claim.levels.length > 0 && !claim.levels.includes(level)) return false;
    if (claim.region !== undefined && !isInRegion(level, claim.region)) return false;
    const placed = byLevel.get(level) ?? [];
    if (claim.history) return placed.every((other) => !other.active);
    const own = placed.filter((other) => other.levels.length > 0 && !other.isPair);
    return own.length === 0 || own.some((other) => other.active === claim.active);
  });
}

/** A history code speaks for a vertebra only where no active diagnosis does. */
function historyLast(a: FractureClaim, b: FractureClaim): number {
  return Number(a.history) - Number(b.history);
}

function addUnplaced(
  unplaced: { levels: readonly Level[]; claims: FractureClaim[] }[],
  claim: FractureClaim,
): void {
  const same = unplaced.find(
    (other) =>
      other.levels.join() === claim.levels.join() &&
      other.claims.every(
        (known) => known.active === claim.active && known.outsideScope === claim.outsideScope,
      ),
  );
  if (same === undefined) unplaced.push({ levels: claim.levels, claims: [claim] });
  else same.claims.push(claim);
}

function fromTheTop(a: { levels: readonly Level[] }, b: { levels: readonly Level[] }): number {
  const position = (levels: readonly Level[]) => (levels[0] === undefined ? 99 : positionOf(levels[0]));
  return position(a.levels) - position(b.levels);
}

/** Vertebrae at which images alone prove a fracture. */
function levelsShowingAFracture(readings: readonly Reading[], policy: Policy): readonly Level[] {
  return readings.flatMap(({ level, statement }) => {
    if (level === undefined) return [];
    const { finding, value } = statement;
    const shown =
      finding === 'morphology' ||
      finding === 'aoType' ||
      finding === 'ofType' ||
      (finding === 'heightLossPercent' && (value as Interval).min >= policy.fractureFromHeightLoss);
    return shown ? [level] : [];
  });
}

/** Vertebrae with any reading that is not a plain denial. */
function levelsNamed(readings: readonly Reading[]): readonly Level[] {
  return readings.flatMap(({ level, statement }) => {
    if (level === undefined) return [];
    const { value } = statement;
    const denied = value === false || (typeof value === 'object' && value.max === 0);
    return denied ? [] : [level];
  });
}

function assign(drafts: readonly Draft[], readings: readonly Reading[]): Joined {
  const active = drafts.filter(
    (draft) => draft.claims.length === 0 || draft.claims.some((claim) => claim.active),
  );
  const only = drafts.length === 1 ? drafts[0] : active.length === 1 ? active[0] : undefined;
  const owners = new Map<Reading, readonly Draft[]>();
  for (const reading of readings) owners.set(reading, ownersOf(reading, drafts, only));
  return {
    fractures: drafts.map((draft) => ({
      ...draft,
      readings: readings.filter((reading) => owners.get(reading)?.includes(draft)),
    })),
    unassigned:
      drafts.length === 0
        ? []
        : readings.filter((reading) => owners.get(reading)?.length === 0 && reading.level === undefined),
  };
}

interface Draft {
  readonly levels: readonly Level[];
  readonly claims: readonly FractureClaim[];
}

function ownersOf(reading: Reading, drafts: readonly Draft[], only: Draft | undefined): readonly Draft[] {
  const { level, ambiguous, focus } = reading;
  if (level !== undefined)
    return drafts.filter((draft) => draft.levels.length === 1 && draft.levels[0] === level);
  if (ambiguous) return [];
  const named = drafts.filter((draft) => draft.claims.some((claim) => focus.includes(claim.source)));
  if (named.length > 0) return named;
  return only === undefined ? [] : [only];
}
