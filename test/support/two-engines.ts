/** One fracture asked of the service's table and of the published ELM, and what their answers have in common. */
import { findingsAsFhir, fractureId } from '../../cds-services/vertebral-fracture/cql/findings-as-fhir.js';
import { casesOf } from '../../cds-services/vertebral-fracture/decision/assess.js';
import { decide, decisionTable } from '../../cds-services/vertebral-fracture/decision/decide.js';
import type { Case } from '../../cds-services/vertebral-fracture/decision/facts.js';
import type { Row } from '../../cds-services/vertebral-fracture/decision/row.js';
import type { Truth } from '../../cds-services/vertebral-fracture/decision/three-valued.js';
import { catalogue } from '../../cds-services/vertebral-fracture/findings/catalogue.js';
import { policyOf } from '../../cds-services/vertebral-fracture/policy.js';
import type { ElmAnswer, ElmQuestion } from './elm-engine.js';
import type { DecidedRecord } from './generated-records.js';

export interface Asked {
  readonly name: string;
  readonly given: Case;
  readonly question: ElmQuestion;
}

/** What both have to say alike. */
export interface Said {
  readonly rule: string | null;
  readonly outcome: string | null;
  readonly indicator: string | null;
  readonly missing: readonly string[];
  readonly warnings: readonly string[];
  readonly trace: Readonly<Record<string, Truth>>;
}

/** Every fracture of the record, under the published policy. */
export function askedOf(name: string, record: DecidedRecord): readonly Asked[] {
  const bundle = findingsAsFhir(record);
  return casesOf(record, policyOf()).map((given, index) => ({
    name: `${name}, fracture ${index + 1}`,
    given,
    question: { bundle, asOf: record.asOf, fracture: fractureId(index) },
  }));
}

export function byTable(given: Case, table: readonly Row[] = decisionTable): Said {
  const { rule, outcome, indicator, missing, warnings, trace } = decide(given, table);
  return {
    rule,
    outcome,
    indicator,
    missing: missing.map((name) => (name === 'level' ? name : catalogue[name].code)),
    warnings: warnings.map((warning) => warning.rule),
    trace: Object.fromEntries(trace.map(({ rule: id, result }) => [id, result])),
  };
}

export function byElm(answer: ElmAnswer): Said {
  return {
    rule: answer['Deciding row'] as string | null,
    outcome: answer.Outcome as string | null,
    indicator: answer.Indicator as string | null,
    missing: answer.Missing as readonly string[],
    warnings: answer.Warnings as readonly string[],
    trace: Object.fromEntries(decisionTable.map(({ id }) => [id, truthOf(answer[`Row ${id}`])])),
  };
}

/** A Boolean of CQL; null is unknown. */
export function truthOf(value: unknown): Truth {
  return value === true ? 'true' : value === false ? 'false' : 'unknown';
}

export function areAlike(one: Said, other: Said): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The patient and where the two part, for whoever has to find out why. */
export function disagreement({ name, given }: Asked, table: Said, elm: Said): string {
  const rows = Object.keys(table.trace).filter((id) => table.trace[id] !== elm.trace[id]);
  const { fracture, patient, patientFindings, unhealedFractures } = given;
  return [
    name,
    `  rows: ${rows.map((id) => `${id} table ${table.trace[id]}, ELM ${elm.trace[id]}`).join('; ') || 'alike'}`,
    `  table: ${JSON.stringify({ ...table, trace: undefined })}`,
    `  ELM:   ${JSON.stringify({ ...elm, trace: undefined })}`,
    `  patient: ${JSON.stringify({ ...patient, ...valuesOf(patientFindings) })}`,
    `  fracture: ${JSON.stringify({ ...fracture, findings: valuesOf(fracture.findings), unhealedFractures })}`,
  ].join('\n');
}

function valuesOf(findings: object): object {
  return Object.fromEntries(
    Object.entries(findings).map(([name, { value }]: [string, { value: unknown }]) => [name, value]),
  );
}
