/** The CQL library as it is published: its version, its thresholds, a definition for each row. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  LOGIC_LIBRARY,
  logicContents,
} from '../../../../cds-services/vertebral-fracture/artifacts/logic-content.js';
import { conditionName } from '../../../../cds-services/vertebral-fracture/artifacts/plan-definition.js';
import { decisionTable } from '../../../../cds-services/vertebral-fracture/decision/decide.js';
import { catalogue } from '../../../../cds-services/vertebral-fracture/findings/catalogue.js';
import { LEVELS } from '../../../../cds-services/vertebral-fracture/findings/level.js';
import {
  knowledgeVersion,
  type PolicyName,
  publishedPolicy,
} from '../../../../cds-services/vertebral-fracture/policy.js';
import { cqlPath, type ElmNode, parameterNames, shippedElm } from '../../../support/elm-engine.js';

const cql = readFileSync(cqlPath, 'utf8');
const { library } = shippedElm();
const definitions = library.statements.def.map(({ name }) => name);

test('it is named and versioned as the knowledge is', () => {
  expect(library.identifier).toEqual({ id: LOGIC_LIBRARY, version: knowledgeVersion });
});

test('every threshold has the published value', () => {
  const defaults = new Map(library.parameters.def.map(({ name, default: value }) => [name, valueOf(value)]));
  for (const [name, parameter] of Object.entries(parameterNames) as [PolicyName, string][])
    expect([parameter, defaults.get(parameter)]).toEqual([parameter, publishedPolicy.values[name].value]);
  expect([...defaults.keys()].sort()).toEqual(['As of', 'Fracture', ...Object.values(parameterNames)].sort());
});

test('every row has its condition, and the definition that the plan asks for', () => {
  const wanted = decisionTable.flatMap((row) => [`Row ${row.id}`, conditionName(row)]);
  expect(wanted.filter((name) => !definitions.includes(name))).toEqual([]);
  const rows = definitions.filter((name) => name.startsWith('Row '));
  expect(rows.filter((name) => !wanted.includes(name))).toEqual([]);
});

test('it asks for findings that exist, and knows every vertebra', () => {
  const codes = new Set([...Object.values(catalogue).map(({ code }) => code), 'fracture-presence']);
  const asked = [
    ...cql.matchAll(/"(?:Stated|Chosen|Measured) of the (?:fracture|patient)"\('([a-z-]+)'\)/g),
  ].map(([, code = '']) => code);
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.filter((code) => !codes.has(code))).toEqual([]);
  for (const level of LEVELS) expect(cql).toContain(`'${level}'`);
});

test('the published library carries the CQL', () => {
  expect(logicContents().find(({ name }) => name === LOGIC_LIBRARY)?.cql).toBe(cql);
});

/** A literal, a negated one, or a list of them. */
function valueOf(node: ElmNode | undefined): unknown {
  switch (node?.type) {
    case 'Literal':
      return String(node.valueType).endsWith('String') ? node.value : Number(node.value);
    case 'Negate':
      return -Number(valueOf(node.operand as ElmNode));
    case 'List':
      return (node.element as ElmNode[]).map(valueOf);
    default:
      return undefined;
  }
}
