/** A record with some findings supposed to be otherwise. Pure: the record itself stays as it is. */
import { assess, type FractureAssessment } from '../../../decision/assess.js';
import { catalogue } from '../../../findings/catalogue.js';
import type { Finding, FindingName, RecordFindings } from '../../../findings/finding.js';
import { type Interval, point } from '../../../findings/interval.js';
import type { WhatIfData } from '../what-if-data.js';

/** Supposed not to be recorded. */
export const UNKNOWN = 'unknown';

/** A value in the place of the recorded one, or `UNKNOWN`. */
export type Supposed = boolean | string | number;
export type Suppositions = Readonly<Partial<Record<FindingName, Supposed>>>;

/** What the table says of one fracture under the suppositions; the same code and policy as on the server. */
export function outcomeIf(
  { record, policy }: WhatIfData,
  fractureIndex: number,
  suppositions: Suppositions,
): FractureAssessment | undefined {
  return assess(supposed(record, fractureIndex, suppositions), policy).fractures[fractureIndex];
}

function supposed(record: RecordFindings, fractureIndex: number, suppositions: Suppositions): RecordFindings {
  const entries = Object.entries(suppositions) as [FindingName, Supposed][];
  const ofFracture = entries.filter(([name]) => catalogue[name].speaksOf === 'fracture');
  const ofPatient = entries.filter(([name]) => catalogue[name].speaksOf === 'patient');
  return {
    ...record,
    patientFindings: withFindings(record.patientFindings, ofPatient),
    fractures: record.fractures.map((fracture, index) =>
      index === fractureIndex
        ? { ...fracture, findings: withFindings(fracture.findings, ofFracture) }
        : fracture,
    ),
  };
}

type AnyFinding = Finding<boolean | string | Interval>;

function withFindings<Findings extends object>(
  findings: Findings,
  changes: readonly (readonly [FindingName, Supposed])[],
): Findings {
  const changed = new Map<string, AnyFinding>(Object.entries(findings) as [string, AnyFinding][]);
  for (const [name, value] of changes) {
    if (value === UNKNOWN) changed.delete(name);
    else changed.set(name, { value: typeof value === 'number' ? point(value) : value, evidence: [] });
  }
  return Object.fromEntries(changed) as Findings;
}
