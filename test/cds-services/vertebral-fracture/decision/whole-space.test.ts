/** The whole space of discretised findings: one outcome for each combination, and no danger ever outranked. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { decide, type Decision } from '../../../../cds-services/vertebral-fracture/decision/decide.js';
import { isAugmentation } from '../../../../cds-services/vertebral-fracture/decision/outcome.js';
import type { Case } from '../../../../cds-services/vertebral-fracture/decision/facts.js';
import { at, caseWith } from '../../../support/fracture-case.js';

/** One dimension of the space: a finding and the values that the rows can tell apart. */
interface Dimension {
  readonly name: string;
  readonly values: readonly unknown[];
}

const span = (min: number, max: number) => ({ min, max });
const unknown = undefined;

const HEIGHT_LOSS: Dimension = {
  name: 'heightLossPercent',
  values: [
    unknown,
    at(0),
    at(20),
    at(25),
    at(40),
    at(69.9),
    at(70),
    at(80),
    at(80.1),
    at(100),
    span(20, 30),
    span(60, 75),
  ],
};
const DEFICIT: Dimension = { name: 'neurologicalDeficit', values: [unknown, false, true] };
const STABILITY: Dimension = { name: 'stability', values: [unknown, 'stable', 'unstable'] };
const AETIOLOGY: Dimension = {
  name: 'aetiology',
  values: [unknown, 'osteoporotic', 'malignant', 'traumatic', 'mixed'],
};
const PAIN: Dimension = { name: 'painScore', values: [unknown, at(2), at(4), at(7), at(9), span(4, 6)] };
const OEDEMA: Dimension = { name: 'marrowOedema', values: [unknown, true, false] };
const AGE: Dimension = { name: 'ageDays', values: [unknown, at(10), at(60), at(100)] };
const MORPHOLOGY: Dimension = { name: 'morphology', values: [unknown, 'wedge', 'burst'] };
const WALL: Dimension = { name: 'posteriorWallDisrupted', values: [unknown, false, true] };
const KYPHOSIS: Dimension = { name: 'kyphosisDegrees', values: [unknown, at(5), at(15), at(35)] };
const RETROPULSION: Dimension = { name: 'retropulsion', values: [unknown, false, true] };
const THERAPY: Dimension = { name: 'conservativeTherapyFailed', values: [unknown, true, false] };
const INPATIENT: Dimension = { name: 'inpatient', values: [unknown, true, false] };
const ESCC: Dimension = { name: 'epiduralCompressionGrade', values: [unknown, '0', '3'] };
const SINS: Dimension = { name: 'sinsScore', values: [unknown, at(4), at(9)] };
const yesNo = (name: string): Dimension => ({ name, values: [unknown, false, true] });

/** Findings that interact are enumerated together in full; every one of them meets every safety row in one of the spaces. */
const SPACES: readonly (readonly [string, readonly Dimension[]])[] = [
  ['technique', [HEIGHT_LOSS, MORPHOLOGY, KYPHOSIS, OEDEMA, AGE, AETIOLOGY, yesNo('progression')]],
  ['what blocks', [DEFICIT, STABILITY, AETIOLOGY, PAIN, THERAPY, INPATIENT, OEDEMA, AGE]],
  ['malignancy', [AETIOLOGY, ESCC, WALL, SINS, PAIN, yesNo('malignancy'), DEFICIT, STABILITY]],
  [
    'dangers',
    [
      DEFICIT,
      STABILITY,
      yesNo('suspectedNeurologicalDeficit'),
      yesNo('activeInfection'),
      RETROPULSION,
      WALL,
      yesNo('priorAugmentation'),
      yesNo('coagulopathy'),
      yesNo('cementAllergy'),
    ],
  ],
  [
    'height loss against dangers',
    [
      HEIGHT_LOSS,
      DEFICIT,
      STABILITY,
      RETROPULSION,
      yesNo('activeInfection'),
      yesNo('painFromThisFracture'),
      MORPHOLOGY,
    ],
  ],
];

const PATIENT_FINDINGS = new Set([
  'neurologicalDeficit',
  'suspectedNeurologicalDeficit',
  'painScore',
  'inpatient',
  'conservativeTherapyFailed',
  'activeInfection',
  'coagulopathy',
  'inr',
  'plateletCount',
  'cementAllergy',
  'malignancy',
]);

type Point = Readonly<Record<string, unknown>>;

function* pointsOf(dimensions: readonly Dimension[]): Generator<Point> {
  const [first, ...others] = dimensions;
  if (first === undefined) {
    yield {};
    return;
  }
  for (const rest of pointsOf(others))
    for (const value of first.values) yield { ...rest, [first.name]: value };
}

function caseAt(point: Point): Case {
  const entries = Object.entries(point);
  const patient = Object.fromEntries(entries.filter(([name]) => PATIENT_FINDINGS.has(name)));
  const fracture = Object.fromEntries(entries.filter(([name]) => !PATIENT_FINDINGS.has(name)));
  // The acuity of the favourable case would stand in for an unknown age.
  return caseWith({
    patient,
    fracture: { acuity: undefined, ...fracture },
  });
}

/** Known dangers that forbid cement whatever else is in the record. */
function forbidsCement(point: Point): boolean {
  return (
    point.neurologicalDeficit === true ||
    point.suspectedNeurologicalDeficit === true ||
    point.stability === 'unstable' ||
    point.activeInfection === true ||
    point.retropulsion === true ||
    point.priorAugmentation === true ||
    point.coagulopathy === true ||
    point.cementAllergy === true ||
    point.painFromThisFracture === false ||
    point.marrowOedema === false
  );
}

/** Facts that 4.1a wants noted rather than asked before advice; see ADR 2. */
const NOTING = new Set([
  'activeInfection',
  'coagulopathy',
  'cementAllergy',
  'priorAugmentation',
  'painFromThisFracture',
  'retropulsion',
  'posteriorWallDisrupted',
  'morphology',
  'sinsScore',
  'malignancy',
]);

/** Signs are evidence about the neurological status, results about coagulation: what is forgotten is forgotten whole. */
function forgetting(name: string, point: Point): Point {
  const without = { ...point, [name]: undefined };
  if (name === 'suspectedNeurologicalDeficit') return { ...without, neurologicalDeficit: undefined };
  if (name === 'coagulopathy') return { ...without, inr: undefined, plateletCount: undefined };
  return without;
}

function namesAsUnknown(decision: Told, finding: string): boolean {
  if (finding === 'coagulopathy') return decision.warnings.some(({ rule }) => rule === '2.3');
  if (finding === 'marrowOedema') return decision.warnings.some(({ rule }) => rule === '4.1a');
  const named: readonly string[] = [...decision.missing, ...decision.notes.map((note) => note.finding)];
  return named.includes(finding);
}

/** What the tests look at, without the results of all rows: a space holds tens of thousands of them. */
type Told = Pick<Decision, 'outcome' | 'rule' | 'missing' | 'notes' | 'warnings'> & {
  /** Rows that are true, in their order. */
  readonly trueRows: readonly string[];
};

function told(point: Point): Told {
  const { outcome, rule, missing, notes, warnings, trace } = decide(caseAt(point));
  const trueRows = trace.filter(({ result }) => result === 'true').map((entry) => entry.rule);
  return { outcome, rule, missing, notes, warnings, trueRows };
}

describe.each(SPACES)('over every combination in the space of %s', (_, dimensions) => {
  /** Each point is decided once, by whichever test comes to it first. */
  const decided = new Map<string, Told>();
  afterAll(() => decided.clear());
  function decisionAt(point: Point): Told {
    const places = dimensions.map(({ name, values }) => values.indexOf(point[name]));
    const key = `${Object.keys(point).length} ${places.join()}`;
    const known = decided.get(key) ?? told(point);
    decided.set(key, known);
    return known;
  }

  test('exactly one outcome is reached, and it is the first true row that decides', () => {
    for (const point of pointsOf(dimensions)) {
      const { trueRows, rule, outcome } = decisionAt(point);
      if (!trueRows.includes(rule) || outcome.length === 0) throw new Error(JSON.stringify({ point, rule }));
      const before = trueRows.slice(0, trueRows.indexOf(rule));
      if (!before.every((id) => ['2.2', '2.3', '2.6', '3.4', '3.5'].includes(id))) {
        throw new Error(JSON.stringify({ point, rule, before }));
      }
    }
  });

  test('a known danger is never outranked by advice for cement', () => {
    for (const point of pointsOf(dimensions)) {
      if (!forbidsCement(point)) continue;
      const { outcome } = decisionAt(point);
      if (isAugmentation(outcome)) throw new Error(JSON.stringify({ point, outcome }));
    }
  });

  test('cement is never advised while neurological status, stability, cause or pain is unknown', () => {
    const needed = ['neurologicalDeficit', 'stability', 'aetiology', 'painScore'];
    for (const point of pointsOf(dimensions)) {
      if (!needed.some((name) => name in point && point[name] === undefined)) continue;
      const { outcome } = decisionAt(point);
      if (isAugmentation(outcome)) throw new Error(JSON.stringify({ point, outcome }));
    }
  });

  test('forgetting a fact never turns "no cement" into "cement", unless that fact is one that is noted, and then it is named', () => {
    for (const point of pointsOf(dimensions)) {
      if (isAugmentation(decisionAt(point).outcome)) continue;
      for (const { name } of dimensions) {
        if (point[name] === undefined) continue;
        const without = decisionAt(forgetting(name, point));
        if (!isAugmentation(without.outcome)) continue;
        const isAllowed = NOTING.has(name) || name === 'marrowOedema' || name === 'heightLossPercent';
        if (!isAllowed || !namesAsUnknown(without, name)) {
          throw new Error(JSON.stringify({ point, forgotten: name, rule: without.rule }));
        }
      }
    }
  });
});

test('learning a fact never turns a refusal by a known danger into advice for cement', () => {
  const dangers: readonly Point[] = [
    { neurologicalDeficit: true },
    { stability: 'unstable' },
    { activeInfection: true },
    { retropulsion: true },
    { priorAugmentation: true },
    { cementAllergy: true },
  ];
  const learned = [HEIGHT_LOSS, PAIN, MORPHOLOGY, WALL, KYPHOSIS, OEDEMA, AGE, AETIOLOGY, ESCC, THERAPY];
  for (const danger of dangers) {
    for (const { name, values } of learned) {
      for (const value of values) {
        expect(isAugmentation(decide(caseAt({ ...danger, [name]: value })).outcome)).toBe(false);
      }
    }
  }
});
