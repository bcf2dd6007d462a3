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

/** What to do about an unknown fact that does not block. */
export type NoteAction = 'check' | 'exclude-on-ct' | 'examine';

export interface Note {
  readonly finding: FindingName;
  /** What is not known, in words that fit after "not recorded:". */
  readonly subject: string;
  readonly action: NoteAction;
  readonly text: string;
}

interface NotedFact {
  readonly finding: FindingName;
  readonly isUnknown: (facts: Facts) => boolean;
  readonly subject: string;
  readonly action: NoteAction;
}

const unknown = (pick: (facts: Facts) => Truth) => (facts: Facts) => pick(facts) === 'unknown';

/** Coagulation has its own warning, row 2.3. */
const NOTED: readonly NotedFact[] = [
  {
    finding: 'painFromThisFracture',
    isUnknown: unknown((f) => f.painFromElsewhere),
    subject: 'whether the pain comes from this fracture',
    action: 'examine',
  },
  {
    finding: 'activeInfection',
    isUnknown: unknown((f) => f.infection),
    subject: 'infection',
    action: 'check',
  },
  { finding: 'pregnant', isUnknown: (f) => f.mayBePregnant, subject: 'pregnancy', action: 'check' },
  {
    finding: 'anticoagulated',
    isUnknown: unknown((f) => f.anticoagulated),
    subject: 'anticoagulants and antiplatelet agents',
    action: 'check',
  },
  {
    finding: 'cementAllergy',
    isUnknown: unknown((f) => f.cementAllergy),
    subject: 'allergy to cement or contrast',
    action: 'check',
  },
  {
    finding: 'priorAugmentation',
    isUnknown: unknown((f) => f.priorAugmentation),
    subject: 'earlier cement at this level',
    action: 'check',
  },
  {
    finding: 'malignancy',
    isUnknown: (f) => isTrue(f.mixed) && f.malignantAmongMixed === 'unknown',
    subject: 'malignancy, although the recorded causes contradict each other',
    action: 'check',
  },
  {
    finding: 'sinsScore',
    isUnknown: (f) => isTrue(f.malignant) && f.sinsPotentiallyUnstable === 'unknown',
    subject: 'SINS of a malignant fracture',
    action: 'check',
  },
  {
    finding: 'morphology',
    isUnknown: unknown((f) => f.burst),
    subject: 'burst shape',
    action: 'exclude-on-ct',
  },
  {
    finding: 'posteriorWallDisrupted',
    isUnknown: (f) => f.wallDisrupted === 'unknown' && !isTrue(f.malignant),
    subject: 'breach of the posterior wall',
    action: 'exclude-on-ct',
  },
  {
    finding: 'retropulsion',
    isUnknown: unknown((f) => f.retropulsion),
    subject: 'retropulsion',
    action: 'exclude-on-ct',
  },
];

/** Unknown facts that are noted on the card and neither block nor count as absent. */
export function notedUnknowns(facts: Facts): readonly Note[] {
  return NOTED.filter(({ isUnknown }) => isUnknown(facts)).map(({ finding, subject, action }) => ({
    finding,
    subject,
    action,
    text: noteText(action, [subject]),
  }));
}

/** One sentence for what is not known and asks for the same action. */
export function noteText(action: NoteAction, subjects: readonly string[]): string {
  const list = subjects.join(', ');
  switch (action) {
    case 'check':
      return `Not recorded, check: ${list}.`;
    case 'exclude-on-ct':
      return `Not stated, exclude on CT: ${list}.`;
    case 'examine':
      return `Not recorded, examine: ${list}.`;
  }
}
