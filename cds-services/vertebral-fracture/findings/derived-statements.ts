/** What one statement implies for other findings: an AO type is also a shape, a Genant grade a span of height loss. */
import type { Policy } from '../policy.js';
import type { AoType, FindingName, OfType } from './finding.js';
import type { Interval } from './interval.js';
import { statement, type Statement, type ValueOf } from './statement.js';

/** All statements that follow from one, the one itself first. */
export function withImplications(given: Statement, policy: Policy): readonly Statement[] {
  return [given, ...implications(given, policy)];
}

function implications(given: Statement, policy: Policy): readonly Statement[] {
  const imply = <Name extends FindingName>(finding: Name, value: ValueOf<Name>, why: string) =>
    statement(
      finding,
      value,
      { ...given.evidence, derived: why },
      { final: given.final, at: given.at, measured: given.measured, standing: given.standing },
    );
  switch (given.finding) {
    case 'aoType':
      return ofAoType(given.value as AoType, imply);
    case 'ofType':
      return ofOfType(given.value as OfType, imply);
    case 'sinsScore':
      return ofSins(given.value as Interval, policy, imply);
    case 'tlicsScore':
      return ofTlics(given.value as Interval, policy, imply);
    case 'morphology':
      return given.value === 'chance' || given.value === 'translation'
        ? [imply('stability', 'unstable', 'distraction or translation')]
        : [];
    default:
      return [];
  }
}

type Imply = <Name extends FindingName>(finding: Name, value: ValueOf<Name>, why: string) => Statement;

/** AO Spine thoracolumbar types; A3 and A4 breach the posterior wall (RadElement RDES271). */
function ofAoType(type: AoType, imply: Imply): readonly Statement[] {
  const why = `AO type ${type}`;
  switch (type) {
    case 'A0':
      return [imply('stability', 'stable', why)];
    case 'A1':
      return [imply('morphology', 'wedge', why), imply('stability', 'stable', why)];
    case 'A2':
      return [imply('morphology', 'pincer', why), imply('stability', 'stable', why)];
    case 'A3':
      return [
        imply('morphology', 'burst', why),
        imply('posteriorWallDisrupted', true, why),
        imply('stability', 'stable', why),
      ];
    case 'A4':
      return [imply('morphology', 'burst', why), imply('posteriorWallDisrupted', true, why)];
    case 'B1':
      return [imply('morphology', 'chance', why), imply('stability', 'unstable', why)];
    case 'B':
    case 'B2':
    case 'B3':
      return [imply('stability', 'unstable', why)];
    case 'C':
      return [imply('morphology', 'translation', why), imply('stability', 'unstable', why)];
  }
}

/** AO Spine-DGOU OF types: from OF3 on the posterior wall is involved; OF5 is unstable. */
function ofOfType(type: OfType, imply: Imply): readonly Statement[] {
  const why = `OF type ${type}`;
  switch (type) {
    case '1':
    case '2':
      return [];
    case '3':
    case '4':
      return [imply('posteriorWallDisrupted', true, why)];
    case '5':
      return [imply('stability', 'unstable', why)];
  }
}

/** SINS: 0-6 stable, 7-12 potentially unstable (says neither), 13-18 unstable. */
function ofSins(score: Interval, policy: Policy, imply: Imply): readonly Statement[] {
  if (score.min >= policy.sinsUnstableFrom) return [imply('stability', 'unstable', 'SINS')];
  if (score.max < policy.sinsSpecialistFrom) return [imply('stability', 'stable', 'SINS')];
  return [];
}

/** TLICS: up to 3 non-operative, 4 either, 5 and more surgery. */
function ofTlics(score: Interval, policy: Policy, imply: Imply): readonly Statement[] {
  if (score.min >= policy.tlicsUnstableFrom) return [imply('stability', 'unstable', 'TLICS')];
  if (score.max <= policy.tlicsStableUpTo) return [imply('stability', 'stable', 'TLICS')];
  return [];
}

/** Height loss by Genant's semiquantitative grade. */
export function genantHeightLoss(grade: number): Interval | undefined {
  switch (grade) {
    case 0:
      return { min: 0, max: 20, maxExclusive: true };
    case 1:
      return { min: 20, max: 25 };
    case 2:
      return { min: 25, max: 40 };
    case 3:
      return { min: 40, max: 100, minExclusive: true };
    default:
      return undefined;
  }
}
