/**
 * Published scores counted from the findings: OF score, SINS and TLICS (clinical.md 4.3, 4.4, G27). Aids for the reader:
 * they decide nothing here, and what is not known widens them instead of being guessed.
 */
import type { Finding } from '../findings/finding.js';
import { type Level, positionOf } from '../findings/level.js';
import type { Interval } from '../findings/interval.js';
import type { Case } from './facts.js';

export type ScoreName = 'OF' | 'SINS' | 'TLICS';

export type ScoreParameter =
  | 'ofType'
  | 'tScore'
  | 'progression'
  | 'painUnderAnalgesia'
  | 'neurology'
  | 'mobilisation'
  | 'health'
  | 'location'
  | 'mechanicalPain'
  | 'lesion'
  | 'alignment'
  | 'collapse'
  | 'posterolateral'
  | 'morphology'
  | 'ligaments';

/** What the published cut-offs say of the points, where every possible value says the same. */
export type ScoreReading =
  | 'conservative'
  | 'either'
  | 'surgery-or-cement'
  | 'stable'
  | 'potentially-unstable'
  | 'at-least-potentially-unstable'
  | 'unstable'
  | 'non-operative'
  | 'surgery';

export interface ScoreItem {
  readonly parameter: ScoreParameter;
  /** The least and the most points it may give; equal when it is known. */
  readonly min: number;
  readonly max: number;
}

export interface Score {
  readonly name: ScoreName;
  readonly min: number;
  readonly max: number;
  /** OF score alone: the points with everything unknown counted as 0, as its pocket card prescribes. */
  readonly unknownAsZero?: number;
  readonly items: readonly ScoreItem[];
  /** Parameters that are needed to complete it. */
  readonly missing: readonly ScoreParameter[];
  readonly reading?: ScoreReading;
}

/** The scores that fit the cause of the fracture and that nobody has stated already. */
export function scoresOf(given: Case): readonly Score[] {
  const { aetiology, sinsScore, tlicsScore } = given.fracture.findings;
  switch (aetiology?.value) {
    case 'osteoporotic':
      return [ofScore(given)];
    case 'malignant':
      return sinsScore === undefined ? [sins(given)] : [];
    case 'traumatic':
      return tlicsScore === undefined ? [tlics(given)] : [];
    case 'mixed':
    case undefined:
      return [];
  }
}

const known = (parameter: ScoreParameter, points: number): ScoreItem => ({
  parameter,
  min: points,
  max: points,
});
const between = (parameter: ScoreParameter, min: number, max: number): ScoreItem => ({ parameter, min, max });

/** AO Spine-DGOU OF score: 0-5 conservative, 6 either, above 6 surgery, which there includes cement (G21). */
function ofScore(given: Case): Score {
  const { fracture, patientFindings: p } = given;
  const { ofType, progression } = fracture.findings;
  const items: readonly ScoreItem[] = [
    ofType === undefined ? between('ofType', 2, 10) : known('ofType', 2 * Number(ofType.value)),
    tScoreItem(p.boneMineralDensityTScore),
    yesNo('progression', progression, 1, -1),
    painUnderAnalgesia(given),
    yesNo('neurology', p.neurologicalDeficit, 2, 0),
    between('mobilisation', -1, 1),
    between('health', -2, p.anticoagulated?.value === true ? -1 : 0),
  ];
  const total = sum('OF', items);
  if (ofType === undefined) return total;
  const unknownAsZero = items.reduce((points, { min, max }) => points + nearestToZero(min, max), 0);
  const reading = ofReading(total.min) === ofReading(total.max) ? ofReading(total.min) : undefined;
  return { ...total, unknownAsZero, ...(reading !== undefined && { reading }) };
}

function nearestToZero(min: number, max: number): number {
  if (min > 0) return min;
  return max < 0 ? max : 0;
}

function ofReading(points: number): ScoreReading {
  if (points <= 5) return 'conservative';
  return points === 6 ? 'either' : 'surgery-or-cement';
}

function tScoreItem(tScore: Finding<Interval> | undefined): ScoreItem {
  if (tScore === undefined) return between('tScore', 0, 1);
  if (tScore.value.max < -3) return known('tScore', 1);
  return tScore.value.min >= -3 ? known('tScore', 0) : between('tScore', 0, 1);
}

/** Under WHO step II analgesia: low pain counts with or without it, high pain only where therapy has failed. */
function painUnderAnalgesia({ patientFindings: p }: Case): ScoreItem {
  const pain = p.painScore?.value;
  if (pain !== undefined && pain.max < 5) return known('painUnderAnalgesia', -1);
  const isStillSevere = pain !== undefined && pain.min >= 5 && p.conservativeTherapyFailed?.value === true;
  return isStillSevere ? known('painUnderAnalgesia', 1) : between('painUnderAnalgesia', -1, 1);
}

function yesNo(parameter: ScoreParameter, finding: Finding<boolean> | undefined, yes: number, no: number) {
  if (finding === undefined) return between(parameter, Math.min(yes, no), Math.max(yes, no));
  return known(parameter, finding.value ? yes : no);
}

/** Spinal instability neoplastic score: 0-6 stable, 7-12 potentially unstable, 13-18 unstable (G24). */
function sins(given: Case): Score {
  const { fracture, patientFindings: p } = given;
  const pain = p.painScore?.value;
  const total = sum('SINS', [
    location(fracture.levels),
    pain?.max === 0
      ? known('mechanicalPain', 0)
      : between('mechanicalPain', pain !== undefined && pain.min > 0 ? 1 : 0, 3),
    between('lesion', 0, 2),
    alignment(given),
    collapse(fracture.findings.heightLossPercent?.value),
    between('posterolateral', 0, 3),
  ]);
  const reading = sinsReading(total);
  return { ...total, ...(reading !== undefined && { reading }) };
}

function sinsReading({ min, max }: Pick<Score, 'min' | 'max'>): ScoreReading | undefined {
  if (min >= 13) return 'unstable';
  if (max <= 6) return 'stable';
  if (min < 7) return undefined;
  return max <= 12 ? 'potentially-unstable' : 'at-least-potentially-unstable';
}

/** Junctional 3 (T1-T2, T11-L1, L5), mobile 2 (L2-L4), semirigid 1 (T3-T10). */
function location(levels: readonly Level[]): ScoreItem {
  const points = levels.map((level) => {
    const at = positionOf(level);
    if (at <= positionOf('T2') || level === 'L5') return 3;
    if (at >= positionOf('T11') && at <= positionOf('L1')) return 3;
    return at >= positionOf('L2') ? 2 : 1;
  });
  if (points.length === 0) return between('location', 1, 3);
  return between('location', Math.min(...points), Math.max(...points));
}

function alignment({ fracture, policy }: Case): ScoreItem {
  const { morphology, kyphosis, kyphosisDegrees } = fracture.findings;
  if (morphology?.value === 'translation') return known('alignment', 4);
  const isKyphotic = kyphosis?.value === true || (kyphosisDegrees?.value.min ?? 0) >= policy.kyphosisFrom;
  return between('alignment', isKyphotic ? 2 : 0, 4);
}

/** Above 50 % 3, below 2, none 0 or 1; exactly 50 is not defined by any source. */
function collapse(loss: Interval | undefined): ScoreItem {
  if (loss === undefined) return between('collapse', 0, 3);
  return between('collapse', collapsePoints(loss.min, 0), collapsePoints(loss.max, 1));
}

function collapsePoints(percent: number, withoutCollapse: number): number {
  if (percent === 0) return withoutCollapse;
  if (percent === 50) return withoutCollapse === 0 ? 2 : 3;
  return percent > 50 ? 3 : 2;
}

/** Thoracolumbar injury classification and severity: up to 3 non-operative, 4 either, 5 and more surgery (G27). */
function tlics(given: Case): Score {
  const { fracture, patientFindings: p } = given;
  const deficit = p.neurologicalDeficit?.value;
  const neurology = deficit === undefined ? [0, 3] : deficit ? [2, 3] : [0, 0];
  const total = sum('TLICS', [
    morphologyItem(given),
    between('ligaments', 0, 3),
    between('neurology', neurology[0] ?? 0, neurology[1] ?? 3),
  ]);
  const reading = tlicsReading(fracture.levels.length === 0 ? undefined : total);
  return { ...total, ...(reading !== undefined && { reading }) };
}

function morphologyItem({ fracture }: Case): ScoreItem {
  switch (fracture.findings.morphology?.value) {
    case 'wedge':
    case 'biconcave':
    case 'crush':
    case 'pincer':
      return known('morphology', 1);
    case 'burst':
      return known('morphology', 2);
    case 'translation':
      return known('morphology', 3);
    case 'chance':
      return known('morphology', 4);
    case undefined:
      return between('morphology', 1, 4);
  }
}

function tlicsReading(total: Pick<Score, 'min' | 'max'> | undefined): ScoreReading | undefined {
  if (total === undefined) return undefined;
  if (total.max <= 3) return 'non-operative';
  return total.min >= 5 ? 'surgery' : undefined;
}

function sum(name: ScoreName, items: readonly ScoreItem[]): Score {
  return {
    name,
    items,
    min: items.reduce((points, { min }) => points + min, 0),
    max: items.reduce((points, { max }) => points + max, 0),
    missing: items.filter(({ min, max }) => min !== max).map(({ parameter }) => parameter),
  };
}
