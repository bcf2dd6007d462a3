/** The published CQL, translated to ELM and run by another engine, decides as the service does. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findingsAsFhir } from '../../../../cds-services/vertebral-fracture/cql/findings-as-fhir.js';
import { decisionTable } from '../../../../cds-services/vertebral-fracture/decision/decide.js';
import { disclosure } from '../../../../cds-services/vertebral-fracture/disclosed/disclosure.js';
import type { Facts } from '../../../../cds-services/vertebral-fracture/decision/facts.js';
import { not, type Truth } from '../../../../cds-services/vertebral-fracture/decision/three-valued.js';
import {
  type PolicyName,
  policyOf,
  publishedPolicy,
} from '../../../../cds-services/vertebral-fracture/policy.js';
import {
  type AlterableRow,
  alterableRows,
  mutantsOf,
  patientsThatTell,
  withDefinitions,
} from '../../../support/altered-elm.js';
import {
  type Elm,
  type ElmEngine,
  parameterNames,
  shippedElm,
  startElmEngine,
} from '../../../support/elm-engine.js';
import { generatedRecords, recordWith } from '../../../support/generated-records.js';
import { findingsIn, fixtureNames } from '../../../support/synthetic-patients.js';
import {
  areAlike,
  type Asked,
  askedOf,
  byElm,
  byTable,
  disagreement,
  type Said,
  truthOf,
} from '../../../support/two-engines.js';

const SEED = 20_261_123;
/** As many as the disclosure says. */
const GENERATED =
  disclosure.validation.find(({ what }) => what === 'Decision in CQL')?.figures.generatedPatients ?? 0;
/** Patients whom a changed threshold turns that are asked of both. */
const TOLD_BY = 4;

interface Compared {
  readonly asked: Asked;
  readonly table: Said;
  readonly elm: Said;
  /** Definitions that are true of the patient. */
  readonly holding: ReadonlySet<string>;
  /** What the engine answers to each condition within a row, by its name. */
  readonly conditions: Readonly<Record<string, Truth>>;
}

const fixtures = fixtureNames.flatMap((name) => askedOf(name, findingsIn(name)));
const generatedOnes = generatedRecords(GENERATED, SEED);
const generated = generatedOnes.flatMap((record, index) => askedOf(`generated ${index}`, record));

let engine: ElmEngine;
let elm: Elm;
let rowsOfCql: readonly AlterableRow[];
let everybody: readonly Compared[];

beforeAll(async () => {
  engine = startElmEngine();
  elm = shippedElm();
  rowsOfCql = alterableRows(elm);
  const conditions = rowsOfCql.flatMap((row) => [...row.conditions]);
  const all = [...fixtures, ...generated];
  const answers = await engine.answers(
    withDefinitions(
      elm,
      conditions.map(([expression, name]) => ({ name, expression })),
    ),
    all.map(({ question }) => question),
  );
  everybody = all.map((asked, index) => {
    const answer = answers[index] ?? {};
    const holding = new Set(Object.keys(answer).filter((definition) => answer[definition] === true));
    return {
      asked,
      table: byTable(asked.given),
      elm: byElm(answer),
      holding,
      conditions: Object.fromEntries(conditions.map(([, name]) => [name, truthOf(answer[name])])),
    };
  });
}, 300_000);
afterAll(() => engine.stop());

test('every synthetic patient and every generated one gets the same from both, row by row', () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(fixtureNames.length);
  expect(GENERATED).toBeGreaterThanOrEqual(2000);
  expect(new Set(generatedOnes.map((record) => JSON.stringify(record))).size).toBe(GENERATED);
  const parted = everybody.filter(({ table, elm: said }) => !areAlike(table, said));
  const told = parted.slice(0, 5).map(({ asked, table, elm: said }) => disagreement(asked, table, said));
  expect(told.join('\n\n')).toBe('');
});

test('the generated patients reach every row: true, and where a row can be so, false and unknown', () => {
  const ofGenerated = everybody.slice(fixtures.length).map(({ table }) => table);
  const seen = new Set(
    ofGenerated.flatMap(({ trace }) => Object.entries(trace).map(([id, result]) => `${id} ${result}`)),
  );
  const neverUnknown = ['2.3', '2.7', '3.1'];
  const wanted = decisionTable.flatMap(({ id }) =>
    ['true', 'false', ...(neverUnknown.includes(id) ? [] : ['unknown'])].map((result) => `${id} ${result}`),
  );
  expect(wanted.filter((one) => !seen.has(one))).toEqual([]);
  const deciding = new Set(ofGenerated.map(({ rule }) => rule));
  const canDecide = decisionTable.filter(({ effect }) => effect.kind === 'decide').map(({ id }) => id);
  expect(canDecide.filter((id) => !deciding.has(id))).toEqual([]);
});

test('of each patient exactly the deciding row says that it decides, and rows that warn or hold say so', () => {
  const parted = everybody.flatMap(({ asked, table, holding }) =>
    decisionTable
      .filter(({ id, effect }) => {
        if (effect.kind === 'decide') return holding.has(`Row ${id} decides`) !== (id === table.rule);
        return (
          holding.has(`Row ${id} ${effect.kind === 'warn' ? 'warns' : 'holds'}`) !==
          (table.trace[id] === 'true')
        );
      })
      .map(({ id }) => `${asked.name}: ${id}`),
  );
  expect(parted).toEqual([]);
});

test('where no fracture is named the only one is decided, and of several none', async () => {
  const alone = recordWith({});
  const several = generatedRecords(200, SEED).find(({ fractures }) => fractures.length > 1);
  if (several === undefined) throw new Error('no record with several fractures');
  const questions = [alone, several].map((record) => ({ bundle: findingsAsFhir(record), asOf: record.asOf }));
  const answers = await engine.answers(elm, questions);
  const [expected] = askedOf('alone', alone).map(({ given }) => byTable(given).outcome);
  expect(answers.map((answer) => answer.Outcome)).toEqual([expected, null]);
});

describe('a threshold that a site changes moves both alike', () => {
  const changes = (Object.keys(parameterNames) as PolicyName[]).flatMap((name) => {
    const { value } = publishedPolicy.values[name];
    const others =
      typeof value === 'number' ? [value + 1, value - 1] : [value.slice(1), [...value, 'L3', '0']];
    return others.map((change) => ({ name, change }));
  });

  test('each one, a step up and a step down', async () => {
    const turned = changes.flatMap(({ name, change }) => {
      const policy = policyOf({ [name]: change });
      const moved = [];
      for (const { asked, table } of everybody) {
        const given = { ...asked.given, policy };
        const now = byTable(given);
        if (areAlike(now, table)) continue;
        const question = { ...asked.question, policy: { [name]: change } };
        moved.push({ name, change, asked: { ...asked, given, question }, now });
        if (moved.length === TOLD_BY) break;
      }
      return moved;
    });
    const moving = new Set(turned.map(({ name, change }) => `${name} ${String(change)}`));
    expect(changes.filter(({ name, change }) => !moving.has(`${name} ${String(change)}`))).toEqual([]);
    const answers = await engine.answers(
      elm,
      turned.map(({ asked }) => asked.question),
    );
    const parted = turned.flatMap(({ name, change, asked, now }, index) => {
      const said = byElm(answers[index] ?? {});
      return areAlike(now, said) ? [] : [`${name} ${String(change)}: ${disagreement(asked, now, said)}`];
    });
    expect(parted.slice(0, 3).join('\n\n')).toBe('');
  }, 120_000);
});

describe('one altered row is enough to make the comparison fail', () => {
  const rows = decisionTable.map(({ id }) => id);

  test.each(rows)('row %s of the table, turned round', (id) => {
    const table = decisionTable.map((row) =>
      row.id === id ? { ...row, when: (facts: Facts) => not(row.when(facts)) } : row,
    );
    // A table without a row that decides says so by throwing.
    const parts = ({ asked, elm: said }: Compared) => {
      try {
        return !areAlike(byTable(asked.given, table), said);
      } catch {
        return true;
      }
    };
    expect(everybody.some(parts)).toBe(true);
  });

  test('any row of the CQL, turned round or with one condition less', async () => {
    const mutants = rowsOfCql.flatMap(mutantsOf);
    expect(mutants.length).toBeGreaterThan(rows.length + 40);
    const told = patientsThatTell(mutants, everybody);
    expect(told.unnoticed.map(({ name }) => name)).toEqual([]);
    const answers = await engine.answers(
      withDefinitions(elm, mutants),
      told.patients.map(({ asked }) => asked.question),
    );
    const noticed = (name: string, row: string) =>
      told.patients.some(({ table }, index) => truthOf(answers[index]?.[name]) !== table.trace[row]);
    expect(mutants.filter(({ name, row }) => !noticed(name, row)).map(({ name }) => name)).toEqual([]);
  }, 120_000);
});
