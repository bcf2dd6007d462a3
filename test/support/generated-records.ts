/** Records that a seed makes: around every row of the table, at the edges of every threshold, with much left unknown. */
import fc from 'fast-check';
import type {
  Fracture,
  PatientSummary,
  RecordFindings,
} from '../../cds-services/vertebral-fracture/findings/finding.js';
import type { Interval } from '../../cds-services/vertebral-fracture/findings/interval.js';
import {
  catalogue,
  fractureFindingNames,
  patientFindingNames,
} from '../../cds-services/vertebral-fracture/findings/catalogue.js';
import type { FindingName } from '../../cds-services/vertebral-fracture/findings/finding.js';
import { at, caseWith, type Changes } from './fracture-case.js';

export type DecidedRecord = Pick<RecordFindings, 'asOf' | 'patient' | 'patientFindings' | 'fractures'>;

const AS_OF = '2026-11-23T12:00:00.000Z';

const span = (
  min: number,
  max: number,
  open: Pick<Interval, 'minExclusive' | 'maxExclusive'> = {},
): Interval => ({
  min,
  max,
  ...open,
});
/** Both sides of an edge, the edge itself, and spans that end at it or straddle it. */
function around(edge: number, step: number, least: number, most: number): readonly Interval[] {
  return [
    at(edge - step),
    at(edge),
    at(edge + step),
    span(edge - step, edge + step),
    span(edge, edge + step),
    span(edge - step, edge),
    span(edge, most, { minExclusive: true }),
    span(least, edge, { maxExclusive: true }),
  ].filter(({ min, max }) => min >= least && max <= most && min <= max);
}

/** The values at which rows can turn, by finding; the other quantities decide nothing. */
const EDGES: Readonly<Partial<Record<FindingName, readonly Interval[]>>> = {
  heightLossPercent: [at(0), ...[25, 70, 80].flatMap((edge) => around(edge, 0.5, 0, 100)), at(40), at(100)],
  ageDays: [42, 84].flatMap((edge) => around(edge, 1, 0, 40_000)),
  canalCompromisePercent: [at(0), at(1), at(30), span(0, 10), span(0, 20, { minExclusive: true })],
  kyphosisDegrees: [10, 30].flatMap((edge) => around(edge, 0.5, 0, 180)),
  sinsScore: [7, 13].flatMap((edge) => around(edge, 1, 0, 18)),
  painScore: [3, 5, 6, 8].flatMap((edge) => around(edge, 0.5, 0, 10)),
  inr: [1.5, 1.8].flatMap((edge) => around(edge, 0.1, 0.5, 20)),
  plateletCount: around(50, 1, 0, 3000),
  boneMineralDensityTScore: around(-3, 0.1, -10, 10),
};

function valuesOf(name: FindingName): readonly unknown[] {
  const { value } = catalogue[name];
  switch (value.kind) {
    case 'yes-no':
      return [undefined, true, false];
    case 'choice':
      return [undefined, ...value.choices];
    case 'quantity':
      return [undefined, ...(EDGES[name] ?? [at(value.least)])];
    default:
      return value satisfies never;
  }
}

/** One change at a time: a finding gets another value, or becomes unknown. */
const change: fc.Arbitrary<Changes> = fc.oneof(
  { weight: 8, arbitrary: changeOf('fracture', fractureFindingNames) },
  { weight: 6, arbitrary: changeOf('patient', patientFindingNames) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<Partial<PatientSummary>>(
        ...[11, 12, 17, 18, 40, 55, 56].map((ageYears) => ({ ageYears })),
        { ageYears: 30, sex: 'female' },
        { sex: 'male' },
      )
      .map((person) => ({ person })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<Partial<Omit<Fracture, 'findings'>>>(
        { levels: [] },
        { levels: ['L1'] },
        { levels: ['T12', 'L1'] },
        { levels: ['T7'] },
        { levels: [], outsideScope: true },
        { imaged: false },
      )
      .map((about) => ({ about })),
  },
);

function changeOf(of: 'fracture' | 'patient', names: readonly FindingName[]): fc.Arbitrary<Changes> {
  return fc
    .constantFrom(...names)
    .chain((name) => fc.constantFrom(...valuesOf(name)).map((value) => ({ [of]: { [name]: value } })));
}

const malignant: Changes = {
  fracture: { aetiology: 'malignant', epiduralCompressionGrade: '0', posteriorWallDisrupted: false },
  patient: { malignancy: true, painScore: at(7) },
};
const mild: Changes = { fracture: { heightLossPercent: at(20) } };

/** Where the changes start from: a favourable fracture, and what it takes to come down to each of the later rows. */
const STARTS: readonly Changes[] = [
  {},
  { patient: { painScore: at(6), conservativeTherapyFailed: true } },
  { patient: { inpatient: true, conservativeTherapyFailed: undefined } },
  malignant,
  malignant,
  merged(malignant, { fracture: { heightLossPercent: at(79.5) } }),
  merged(malignant, { fracture: { sinsScore: at(9) } }),
  merged(malignant, { fracture: { aetiology: 'mixed' } }),
  { fracture: { morphology: 'burst', severeDeformity: true } },
  { fracture: { morphology: 'burst', kyphosisDegrees: at(15) } },
  { fracture: { morphology: 'burst', kyphosisDegrees: at(29.5) } },
  { fracture: { heightLossPercent: at(90) } },
  { fracture: { heightLossPercent: at(75) } },
  { fracture: { heightLossPercent: at(0) } },
  { fracture: { heightLossPercent: undefined } },
  mild,
  merged(mild, { fracture: { kyphosisDegrees: at(12) } }),
  merged(mild, { fracture: { aetiology: 'traumatic' } }),
  merged(mild, { about: { levels: ['L1'] } }),
  { patient: { painScore: at(4) } },
  { patient: { conservativeTherapyFailed: false, painScore: at(6) } },
  { fracture: { ageDays: at(100) } },
  { person: { ageYears: 30 }, patient: { pregnant: false } },
];

/** Later changes win; what they don't name stays. */
function merged(...all: readonly Changes[]): Changes {
  return all.reduce((sum, next) => ({
    fracture: { ...sum.fracture, ...next.fracture },
    patient: { ...sum.patient, ...next.patient },
    about: { ...sum.about, ...next.about },
    person: { ...sum.person, ...next.person },
  }));
}

const changed: fc.Arbitrary<Changes> = fc
  .tuple(fc.constantFrom(...STARTS), fc.array(change, { maxLength: 4 }))
  .map(([start, changes]) => merged(start, ...changes));

function recordOf(first: Changes, others: readonly Changes[]): DecidedRecord {
  const all = [first, ...others].map((changes) => caseWith(changes));
  const [main = caseWith()] = all;
  return {
    asOf: AS_OF,
    patient: main.patient,
    patientFindings: main.patientFindings,
    fractures: all.map(({ fracture }) => fracture),
  };
}

/**
 * No two of them alike.
 * @param count how many records
 * @param seed the same seed makes the same records
 */
export function generatedRecords(count: number, seed: number): readonly DecidedRecord[] {
  const single = fc
    .tuple(changed, fc.constantFrom(...Array<boolean>(19).fill(false), true))
    .map(([changes, isAgeUnknown]) => {
      const record = recordOf(changes, []);
      return isAgeUnknown ? withoutAge(record) : record;
    });
  const several = fc
    .tuple(changed, fc.array(changed, { minLength: 1, maxLength: 4 }))
    .map(([first, others]) => recordOf(first, others));
  // Many draws change nothing, or the same.
  const drawn = fc.sample(fc.oneof({ weight: 39, arbitrary: single }, { weight: 1, arbitrary: several }), {
    numRuns: 2 * count,
    seed,
  });
  const different = new Map(drawn.map((record) => [JSON.stringify(record), record]));
  if (different.size < count) throw new Error(`only ${different.size} different records: draw more`);
  return [...different.values()].slice(0, count);
}

function withoutAge({ patient: { id, sex }, ...record }: DecidedRecord): DecidedRecord {
  return { ...record, patient: { id, ...(sex !== undefined && { sex }) } };
}

/** A record with one fracture, changed as told. */
export function recordWith(changes: Changes): DecidedRecord {
  return recordOf(changes, []);
}
