/** The decision table of clinical.md section 4, row by row: a surgeon can read this without knowing the code. */
import { describe, expect, test } from '@jest/globals';
import { decide, decisionTable } from '../../../../cds-services/vertebral-fracture/decision/decide.js';
import type { Outcome, Urgency } from '../../../../cds-services/vertebral-fracture/decision/outcome.js';
import { at, caseWith, type Changes } from '../../../support/fracture-case.js';

type RowCase = readonly [rule: string, story: string, changes: Changes, outcome: Outcome, indicator: Urgency];

const malignant: Changes['fracture'] = {
  aetiology: 'malignant',
  epiduralCompressionGrade: '0',
  posteriorWallDisrupted: false,
};
const malignantPatient: Changes['patient'] = { malignancy: true, painScore: at(7) };

const ROWS: readonly RowCase[] = [
  ['0.1', 'a deficit', { patient: { neurologicalDeficit: true } }, 'surgical-referral', 'critical'],
  [
    '0.2',
    'new retention of urine',
    { patient: { suspectedNeurologicalDeficit: true } },
    'surgical-referral',
    'critical',
  ],
  [
    '0.3',
    'ESCC 2',
    { fracture: { ...malignant, epiduralCompressionGrade: '2' }, patient: malignantPatient },
    'surgical-referral',
    'critical',
  ],
  [
    '0.3',
    'ESCC 3',
    { fracture: { ...malignant, epiduralCompressionGrade: '3' }, patient: malignantPatient },
    'surgical-referral',
    'critical',
  ],
  [
    '0.4',
    'unstable, examined intact',
    { fracture: { stability: 'unstable' } },
    'surgical-referral',
    'warning',
  ],
  [
    '0.4',
    'unstable, not examined',
    { fracture: { stability: 'unstable' }, patient: { neurologicalDeficit: undefined } },
    'surgical-referral',
    'critical',
  ],
  ['1.1', 'infection', { patient: { activeInfection: true } }, 'defer', 'critical'],
  ['1.2', 'pregnancy', { patient: { pregnant: true }, person: { ageYears: 30 } }, 'defer', 'warning'],
  [
    '1.3',
    'pain from elsewhere',
    { fracture: { painFromThisFracture: false } },
    'medical-management',
    'warning',
  ],
  ['1.4', 'no oedema on MRI', { fracture: { marrowOedema: false } }, 'medical-management', 'info'],
  ['1.4', 'diagnosis resolved', { fracture: { acuity: 'healed' } }, 'medical-management', 'info'],
  ['1.5', 'pain 3', { patient: { painScore: at(3) } }, 'medical-management', 'info'],
  ['1.6', 'a child', { person: { ageYears: 17 } }, 'not-applicable', 'info'],
  ['1.6', 'a cervical level', { about: { levels: [], outsideScope: true } }, 'not-applicable', 'info'],
  ['1.7', 'cement at this level', { fracture: { priorAugmentation: true } }, 'specialist-review', 'warning'],
  ['2.1', 'INR 1.9', { patient: { inr: at(1.9) } }, 'defer', 'warning'],
  ['2.1', 'platelets 49', { patient: { plateletCount: at(49) } }, 'defer', 'warning'],
  ['2.1', 'coagulopathy coded', { patient: { coagulopathy: true } }, 'defer', 'warning'],
  ['2.4', 'allergy to PMMA', { patient: { cementAllergy: true } }, 'specialist-review', 'warning'],
  ['2.5', 'retropulsion', { fracture: { retropulsion: true } }, 'surgical-referral', 'warning'],
  [
    '2.5',
    'canal compromise 15 %',
    { fracture: { canalCompromisePercent: at(15) } },
    'surgical-referral',
    'warning',
  ],
  [
    '2.5',
    'retropulsion, not examined',
    { fracture: { retropulsion: true }, patient: { neurologicalDeficit: undefined } },
    'surgical-referral',
    'warning',
  ],
  ['2.7', 'four fractures', { unhealedFractures: 4 }, 'specialist-review', 'warning'],
  [
    '2.8',
    'malignant, SINS 9',
    { fracture: { ...malignant, sinsScore: at(9) }, patient: malignantPatient },
    'specialist-review',
    'warning',
  ],
  [
    '2.8',
    'malignant, wall involved',
    { fracture: { ...malignant, posteriorWallDisrupted: true }, patient: malignantPatient },
    'specialist-review',
    'warning',
  ],
  [
    '2.8',
    'mixed causes with a malignancy',
    { fracture: { ...malignant, aetiology: 'mixed' }, patient: malignantPatient },
    'specialist-review',
    'warning',
  ],
  [
    '2.9',
    'malignant, everything favourable',
    { fracture: malignant, patient: malignantPatient },
    'kyphoplasty-or-vertebroplasty',
    'info',
  ],
  ['3.1', 'not examined', { patient: { neurologicalDeficit: undefined } }, 'insufficient-data', 'info'],
  [
    '3.2',
    'height loss missing',
    { fracture: { heightLossPercent: undefined } },
    'kyphoplasty-or-vertebroplasty',
    'info',
  ],
  ['3.3', 'pain 4', { patient: { painScore: at(4) } }, 'medical-management', 'info'],
  [
    '3.3',
    'pain 9 outside hospital, therapy not tried',
    { patient: { painScore: at(9), conservativeTherapyFailed: false } },
    'medical-management',
    'info',
  ],
  [
    'T6',
    'pain 9 in hospital, therapy not tried (3.4)',
    { patient: { painScore: at(9), conservativeTherapyFailed: false, inpatient: true } },
    'kyphoplasty',
    'info',
  ],
  [
    'T1',
    'burst, kyphosis 35 degrees',
    { fracture: { morphology: 'burst', kyphosisDegrees: at(35) } },
    'vertebroplasty',
    'warning',
  ],
  [
    'T2',
    'burst, kyphosis 10 degrees',
    { fracture: { morphology: 'burst', kyphosisDegrees: at(10) } },
    'kyphoplasty-or-vertebroplasty',
    'warning',
  ],
  [
    'T2',
    'burst outranks a height loss of 90',
    { fracture: { morphology: 'burst', kyphosisDegrees: at(10), heightLossPercent: at(90) } },
    'kyphoplasty-or-vertebroplasty',
    'warning',
  ],
  [
    'T4b',
    'oedema without height loss',
    { fracture: { heightLossPercent: at(0), morphology: undefined } },
    'medical-management',
    'info',
  ],
  ['T5', 'progression', { fracture: { progression: true } }, 'kyphoplasty', 'info'],
  ['T5', 'T-score -3.4', { patient: { boneMineralDensityTScore: at(-3.4) } }, 'kyphoplasty', 'info'],
  ['T5', 'thoracolumbar junction', { about: { levels: ['L1'] } }, 'kyphoplasty', 'info'],
  ['T5', 'long-term steroids', { patient: { systemicSteroid: true } }, 'kyphoplasty', 'info'],
  ['T6', 'height loss 40', {}, 'kyphoplasty', 'info'],
  [
    'T6',
    'height loss 20 with kyphosis',
    { fracture: { heightLossPercent: at(20), kyphosisDegrees: at(12) } },
    'kyphoplasty',
    'info',
  ],
  [
    'T7',
    'height loss 20, osteoporotic, stable',
    { fracture: { heightLossPercent: at(20) } },
    'kyphoplasty-or-vertebroplasty',
    'info',
  ],
  [
    'T8',
    'height loss 20, traumatic',
    { fracture: { heightLossPercent: at(20), aetiology: 'traumatic' } },
    'kyphoplasty-or-vertebroplasty',
    'info',
  ],
];

describe('each row', () => {
  test.each(ROWS)('%s: %s', (rule, _story, changes, outcome, indicator) => {
    const decision = decide(caseWith(changes));
    expect(decision).toMatchObject({ rule, outcome, indicator });
    expect(decision.trace.map((entry) => entry.rule)).toEqual(decisionTable.map((row) => row.id));
  });

  test('is reached by some case above, or warns', () => {
    const decided = new Set(ROWS.map(([rule]) => rule));
    const warning = decisionTable.filter(({ effect }) => effect.kind !== 'decide').map(({ id }) => id);
    expect(warning).toEqual(['2.2', '2.3', '2.6', '3.4', '3.5']);
    expect(
      decisionTable.map(({ id }) => id).filter((id) => !decided.has(id) && !warning.includes(id)),
    ).toEqual(['T3', 'T4']);
  });
});

describe('height loss at its boundaries (article S4, S5; the band of 70 to 80 is policy)', () => {
  const span = (min: number, max: number) => ({ min, max });
  test.each([
    ['0', at(0), 'T4b', 'medical-management'],
    ['20', at(20), 'T7', 'kyphoplasty-or-vertebroplasty'],
    ['25', at(25), 'T7', 'kyphoplasty-or-vertebroplasty'],
    ['25.1', at(25.1), 'T6', 'kyphoplasty'],
    ['69.9', at(69.9), 'T6', 'kyphoplasty'],
    ['70', at(70), 'T4', 'kyphoplasty-or-vertebroplasty'],
    ['80', at(80), 'T4', 'kyphoplasty-or-vertebroplasty'],
    ['80.1', at(80.1), 'T3', 'vertebroplasty'],
    ['100', at(100), 'T3', 'vertebroplasty'],
    ['60 to 75', span(60, 75), 'T4', 'kyphoplasty-or-vertebroplasty'],
    ['75 to 90', span(75, 90), 'T4', 'kyphoplasty-or-vertebroplasty'],
    ['60 to 90', span(60, 90), 'T4', 'kyphoplasty-or-vertebroplasty'],
    ['60 to 70', span(60, 70), 'T4', 'kyphoplasty-or-vertebroplasty'],
    ['80 to 90', span(80, 90), 'T4', 'kyphoplasty-or-vertebroplasty'],
    ['below 70', { min: 0, max: 70, maxExclusive: true as const }, 'T8', 'kyphoplasty-or-vertebroplasty'],
    ['above 80', { min: 80, max: 100, minExclusive: true as const }, 'T3', 'vertebroplasty'],
    ['below 20', { min: 0, max: 20, maxExclusive: true as const }, 'T7', 'kyphoplasty-or-vertebroplasty'],
    ['25 to 40 (Genant 2)', span(25, 40), 'T8', 'kyphoplasty-or-vertebroplasty'],
    [
      'above 40 (Genant 3)',
      { min: 40, max: 100, minExclusive: true as const },
      'T4',
      'kyphoplasty-or-vertebroplasty',
    ],
  ])('%s %% is row %s', (_, heightLossPercent, rule, outcome) => {
    expect(decide(caseWith({ fracture: { heightLossPercent } }))).toMatchObject({ rule, outcome });
  });
});

describe('rows that warn and let the next rows decide', () => {
  test.each<[string, string, Changes]>([
    ['2.2', 'anticoagulated', { patient: { anticoagulated: true } }],
    ['2.2', 'INR 1.6', { patient: { inr: at(1.6) } }],
    ['2.3', 'no INR', { patient: { inr: undefined } }],
    ['2.6', 'posterior wall disrupted', { fracture: { posteriorWallDisrupted: true } }],
    ['3.5', '100 days old with oedema', { fracture: { ageDays: at(100), acuity: 'chronic' } }],
    ['4.1a', 'oedema unknown in a fresh fracture', { fracture: { marrowOedema: undefined } }],
  ])('%s: %s', (rule, _story, changes) => {
    const decision = decide(caseWith(changes));
    expect(decision.outcome).toBe('kyphoplasty');
    expect(decision.warnings.map((warning) => warning.rule)).toContain(rule);
  });

  test('a warning after the deciding row is kept too', () => {
    const decision = decide(caseWith({ patient: { neurologicalDeficit: true, anticoagulated: true } }));
    expect(decision).toMatchObject({ rule: '0.1', warnings: [{ rule: '2.2' }] });
  });
});

describe('pain criteria (coverage rules, SIR)', () => {
  test.each([
    ['outpatient, 5, failed', 5, false, true, 'T6'],
    ['outpatient, 4, failed', 4, false, true, '3.3'],
    ['inpatient, 8, not tried', 8, true, false, 'T6'],
    ['inpatient, 7, not tried', 7, true, false, '3.3'],
    ['inpatient, 7, failed', 7, true, true, 'T6'],
    ['stay unknown, 8, not tried', 8, undefined, false, '3.3'],
    ['inpatient, 8, therapy unknown', 8, true, undefined, 'T6'],
    ['outpatient, 8, therapy unknown', 8, false, undefined, '3.1'],
    ['outpatient, 4, therapy unknown', 4, false, undefined, '3.3'],
  ])('%s', (_, pain, inpatient, conservativeTherapyFailed, rule) => {
    expect(
      decide(caseWith({ patient: { painScore: at(pain), inpatient, conservativeTherapyFailed } })).rule,
    ).toBe(rule);
  });

  test('with pain of 8 and no therapy tried, an early spine opinion is advised', () => {
    const { advice } = decide(caseWith({ patient: { conservativeTherapyFailed: false } }));
    expect(advice).toContain('early spine opinion');
  });
});
