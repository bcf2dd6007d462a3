import { describe, expect, test } from '@jest/globals';
import { decide } from '../../../../cds-services/vertebral-fracture/decision/decide.js';
import { ifConfirmed } from '../../../../cds-services/vertebral-fracture/decision/if-confirmed.js';
import { at, caseWith, type Changes } from '../../../support/fracture-case.js';

describe('facts that block when they are unknown (clinical.md 4.1a)', () => {
  test.each<[string, Changes]>([
    ['level', { about: { levels: [] } }],
    ['level', { about: { levels: ['T11', 'T12'] } }],
    ['neurologicalDeficit', { patient: { neurologicalDeficit: undefined } }],
    ['stability', { fracture: { stability: undefined } }],
    ['aetiology', { fracture: { aetiology: undefined } }],
    ['painScore', { patient: { painScore: undefined } }],
    ['painScore', { patient: { painScore: { min: 4, max: 6 } } }],
    ['conservativeTherapyFailed', { patient: { conservativeTherapyFailed: undefined } }],
    ['spineImagingDone', { about: { imaged: false } }],
    ['marrowOedema', { fracture: { marrowOedema: undefined, ageDays: at(50), acuity: 'subacute' } }],
    ['marrowOedema', { fracture: { marrowOedema: undefined, ageDays: undefined, acuity: undefined } }],
    ['kyphosisDegrees', { fracture: { morphology: 'burst' } }],
    ['epiduralCompressionGrade', { fracture: { aetiology: 'malignant' }, patient: { malignancy: true } }],
    [
      'posteriorWallDisrupted',
      {
        fracture: {
          aetiology: 'malignant',
          epiduralCompressionGrade: '0',
          posteriorWallDisrupted: undefined,
        },
      },
    ],
  ])('%s', (missing, changes) => {
    expect(decide(caseWith(changes))).toMatchObject({
      outcome: 'insufficient-data',
      rule: '3.1',
      missing: [missing],
    });
  });

  test('height loss is asked for beside them, never alone', () => {
    const unknown = {
      patient: { neurologicalDeficit: undefined },
      fracture: { heightLossPercent: undefined },
    };
    expect(decide(caseWith(unknown)).missing).toEqual(['neurologicalDeficit', 'heightLossPercent']);
    expect(decide(caseWith({ fracture: { heightLossPercent: undefined } }))).toMatchObject({
      rule: '3.2',
      missing: ['heightLossPercent'],
    });
  });
});

describe('facts that are only noted when they are unknown', () => {
  test.each<[string, Changes]>([
    ['activeInfection', { patient: { activeInfection: undefined } }],
    ['pregnant', { person: { ageYears: 40 } }],
    ['anticoagulated', { patient: { anticoagulated: undefined } }],
    ['cementAllergy', { patient: { cementAllergy: undefined } }],
    ['priorAugmentation', { fracture: { priorAugmentation: undefined } }],
    ['painFromThisFracture', { fracture: { painFromThisFracture: undefined } }],
    ['morphology', { fracture: { morphology: undefined } }],
    ['posteriorWallDisrupted', { fracture: { posteriorWallDisrupted: undefined } }],
    ['retropulsion', { fracture: { retropulsion: undefined } }],
  ])('%s is named on the card and does not block', (finding, changes) => {
    const decision = decide(caseWith(changes));
    expect(decision.outcome).toBe('kyphoplasty');
    expect(decision.notes.map((note) => note.finding)).toEqual([finding]);
  });

  test('pregnancy is not asked of men or past 55', () => {
    expect(decide(caseWith({ person: { ageYears: 40, sex: 'male' } })).notes).toEqual([]);
    expect(decide(caseWith({ person: { ageYears: 56 } })).notes).toEqual([]);
  });
});

describe('what would decide', () => {
  const answers = (changes: Changes) => {
    const given = caseWith(changes);
    return ifConfirmed(given, decide(given).missing);
  };

  test('one missing fact: both ways it can turn out', () => {
    expect(answers({ patient: { neurologicalDeficit: undefined } })).toEqual([
      { assume: { neurologicalDeficit: false }, outcome: 'kyphoplasty', rule: 'T6' },
      { assume: { neurologicalDeficit: true }, outcome: 'surgical-referral', rule: '0.1' },
    ]);
  });

  test('two missing facts: together they allow cement, each alone can forbid it', () => {
    expect(
      answers({ patient: { neurologicalDeficit: undefined }, fracture: { stability: undefined } }),
    ).toEqual([
      { assume: { neurologicalDeficit: false, stability: 'stable' }, outcome: 'kyphoplasty', rule: 'T6' },
      { assume: { neurologicalDeficit: true }, outcome: 'surgical-referral', rule: '0.1' },
      { assume: { stability: 'unstable' }, outcome: 'surgical-referral', rule: '0.4' },
    ]);
  });

  test('a burst fracture without a kyphosis angle: T1 or T2', () => {
    expect(
      answers({ fracture: { morphology: 'burst' } })
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(['T1', 'T2']);
  });

  test('a pair of levels: each of them', () => {
    const rules = answers({ about: { levels: ['T10', 'T11'] } });
    expect(rules.map(({ assume, rule }) => [assume.level, rule])).toEqual([
      ['T10', 'T6'],
      ['T11', 'T5'],
    ]);
  });

  test('cement is only ever reached when every missing fact is assumed', () => {
    const given = caseWith({
      patient: { neurologicalDeficit: undefined, painScore: undefined },
      fracture: { stability: undefined, marrowOedema: undefined, ageDays: undefined, acuity: undefined },
    });
    const { missing } = decide(given);
    const withCement = ifConfirmed(given, missing).filter(({ outcome }) => outcome.includes('plasty'));
    expect(withCement.length).toBeGreaterThan(0);
    for (const { assume } of withCement) expect(Object.keys(assume).sort()).toEqual([...missing].sort());
  });
});
