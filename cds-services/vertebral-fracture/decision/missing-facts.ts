/** Which unknown facts stop a recommendation of cement, and which are only noted (clinical.md 4.1a). */
import type { FindingName } from '../findings/finding.js';
import type { Facts } from './facts.js';
import { isTrue, type Truth } from './three-valued.js';

/** A finding that decides, or the level of the fracture. */
export type MissingName = FindingName | 'level';

/** Facts that are unknown and block, in the order a clinician would settle them. */
export function blockingUnknowns(facts: Facts): readonly MissingName[] {
  const missing: MissingName[] = [];
  const ask = (name: MissingName, isMissing: boolean) => {
    if (isMissing) missing.push(name);
  };
  const isMalignant = isTrue(facts.malignant);
  ask('level', !facts.levelKnown);
  ask('neurologicalDeficit', facts.deficit === 'unknown');
  ask('stability', facts.stable === 'unknown');
  ask('aetiology', !facts.aetiologyKnown);
  ask('painScore', facts.pain === undefined || isPainUndecided(facts));
  ask('conservativeTherapyFailed', facts.therapyMatters && facts.therapyFailed === 'unknown');
  ask('spineImagingDone', !isTrue(facts.imaged));
  ask('marrowOedema', facts.oedema === 'unknown' && !isTrue(facts.youngerThanSixWeeks));
  ask('epiduralCompressionGrade', isMalignant && facts.highGradeCompression === 'unknown');
  ask('posteriorWallDisrupted', isMalignant && facts.wallDisrupted === 'unknown');
  ask('kyphosisDegrees', isTrue(facts.burst) && facts.severeDeformity === 'unknown');
  return missing;
}

/** A pain score that spans a threshold, so that neither side of it holds. */
function isPainUndecided(facts: Facts): boolean {
  return facts.painCriteriaMet === 'unknown' && facts.therapyFailed !== 'unknown';
}

export interface Note {
  readonly finding: FindingName;
  readonly text: string;
}

interface NotedFact {
  readonly finding: FindingName;
  readonly isUnknown: (facts: Facts) => boolean;
  readonly text: string;
}

const unknown = (pick: (facts: Facts) => Truth) => (facts: Facts) => pick(facts) === 'unknown';

const NOTED: readonly NotedFact[] = [
  {
    finding: 'activeInfection',
    isUnknown: unknown((f) => f.infection),
    text: 'Infection not recorded: check.',
  },
  { finding: 'pregnant', isUnknown: (f) => f.mayBePregnant, text: 'Pregnancy not recorded: check.' },
  {
    finding: 'coagulopathy',
    isUnknown: (f) => f.coagulopathy === 'unknown' && !f.resultsKnown,
    text: 'Coagulation not recorded: check.',
  },
  {
    finding: 'anticoagulated',
    isUnknown: unknown((f) => f.anticoagulated),
    text: 'Anticoagulants and antiplatelet agents not recorded: check.',
  },
  {
    finding: 'cementAllergy',
    isUnknown: unknown((f) => f.cementAllergy),
    text: 'Allergy to cement or contrast not recorded: check.',
  },
  {
    finding: 'priorAugmentation',
    isUnknown: unknown((f) => f.priorAugmentation),
    text: 'Earlier cement at this level not recorded: check.',
  },
  {
    finding: 'painFromThisFracture',
    isUnknown: unknown((f) => f.painFromElsewhere),
    text: 'Whether the pain comes from this fracture is not recorded: examine.',
  },
  {
    finding: 'morphology',
    isUnknown: unknown((f) => f.burst),
    text: 'Fracture shape not stated: exclude a burst fracture on CT.',
  },
  {
    finding: 'posteriorWallDisrupted',
    isUnknown: (f) => f.wallDisrupted === 'unknown' && !isTrue(f.malignant),
    text: 'Posterior wall not stated: exclude a breach on CT.',
  },
  {
    finding: 'retropulsion',
    isUnknown: unknown((f) => f.retropulsion),
    text: 'Retropulsion not stated: exclude it on CT.',
  },
];

/** Unknown facts that are noted on the card and neither block nor count as absent. */
export function notedUnknowns(facts: Facts): readonly Note[] {
  return NOTED.filter(({ isUnknown }) => isUnknown(facts)).map(({ finding, text }) => ({ finding, text }));
}
