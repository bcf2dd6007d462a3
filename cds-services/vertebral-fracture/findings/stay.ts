/** The stay in progress: in hospital or not. */
import type { Encounter } from 'fhir/r4.js';
import type { PatientRecord } from './patient-record.js';
import { statement, type Statement } from './statement.js';
import { momentOf } from './time.js';

/** Whether the patient is in hospital now: the Encounter in progress, by its class. */
export function encounterStatements(record: PatientRecord): readonly Statement[] {
  return record.encounters
    .filter((encounter) => encounter.status === 'in-progress' || encounter.status === 'onleave')
    .flatMap((encounter) => {
      // Required by FHIR, missing in records all the same.
      const { code } = (encounter as Partial<Encounter>).class ?? {};
      const inpatient = INPATIENT.has(code ?? '') ? true : OUTPATIENT.has(code ?? '') ? false : undefined;
      if (inpatient === undefined) return [];
      const evidence = {
        resource: `Encounter/${encounter.id ?? '(no id)'}`,
        path: 'class',
        ...(encounter.period?.start !== undefined && { date: encounter.period.start }),
        ...(code !== undefined && { quote: code }),
      };
      return [statement('inpatient', inpatient, evidence, { at: momentOf(encounter.period?.start)?.latest })];
    });
}

const INPATIENT: ReadonlySet<string> = new Set(['IMP']);
const OUTPATIENT: ReadonlySet<string> = new Set(['AMB', 'EMER']);
