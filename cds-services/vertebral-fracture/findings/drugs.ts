/** Medicines in use that matter here, recognised by RxNorm ingredient or by name. */
import type {
  CodeableConcept,
  Medication,
  MedicationRequest,
  MedicationStatement,
  Resource,
} from 'fhir/r4.js';
import { lexicon } from '../knowledge.js';
import { textsOf } from './code-systems.js';
import type { Evidence } from './finding.js';
import type { PatientRecord } from './patient-record.js';
import { statement, type Statement } from './statement.js';
import { type Moment, momentOf, momentOfPeriod } from './time.js';
import type { ValueSetId, ValueSets } from './value-sets.js';
import { fold, matches } from './words.js';

export type DrugGroup = 'opioid' | 'nsaid' | 'anticoagulantOrAntiplatelet' | 'boneAgent';

/** A medicine in use, with the group it belongs to. */
export interface DrugUse {
  readonly group: DrugGroup;
  readonly since: Moment | undefined;
  readonly evidence: Evidence;
}

const IN_USE: ReadonlySet<string> = new Set(['active', 'on-hold', 'unknown']);

const GROUP_BY_SET: readonly (readonly [ValueSetId, DrugGroup])[] = [
  ['opioid', 'opioid'],
  ['nsaid', 'nsaid'],
  ['anticoagulant-or-antiplatelet', 'anticoagulantOrAntiplatelet'],
  ['bone-agent', 'boneAgent'],
];

/** Medicines in use that this service has an interest in. */
export function drugsInUse(record: PatientRecord): readonly DrugUse[] {
  const requests = record.medicationRequests
    .filter((request) => request.status === 'active' && request.doNotPerform !== true)
    .map((request) => ({
      source: request,
      since: momentOf(request.authoredOn),
      path: 'medicationCodeableConcept',
    }));
  const statements = record.medicationStatements
    .filter((use) => IN_USE.has(use.status))
    .map((use) => ({
      source: use,
      since: momentOf(use.effectiveDateTime) ?? momentOfPeriod(use.effectivePeriod),
      path: 'medicationCodeableConcept',
    }));
  return [...requests, ...statements].flatMap(({ source, since, path }) => {
    const medication = medicationOf(source, record);
    const group = groupOf(medication, record.valueSets);
    if (group === undefined) return [];
    const quote = textsOf(medication)[0];
    return [
      {
        group,
        since,
        evidence: {
          resource: `${source.resourceType}/${source.id ?? '(no id)'}`,
          path,
          ...(since !== undefined && { date: since.text }),
          ...(quote !== undefined && { quote }),
        },
      },
    ];
  });
}

/** The coded medicine: in place, in a contained Medication, in one of the call, or in words. */
function medicationOf(
  source: MedicationRequest | MedicationStatement,
  record: PatientRecord,
): CodeableConcept | undefined {
  if (source.medicationCodeableConcept !== undefined) return source.medicationCodeableConcept;
  const id = source.medicationReference?.reference?.replace(/^#/, '');
  const contained = (source.contained ?? []).find((resource) => resource.id === id);
  if (contained !== undefined && isMedication(contained)) return contained.code;
  const other = record.medications.get(record.keyOf(source.medicationReference) ?? '');
  if (other?.code !== undefined) return other.code;
  const display = source.medicationReference?.display;
  return display === undefined ? undefined : { text: display };
}

function isMedication(resource: Resource): resource is Medication {
  return resource.resourceType === 'Medication';
}

function groupOf(medication: CodeableConcept | undefined, { codeIn }: ValueSets): DrugGroup | undefined {
  const coded = GROUP_BY_SET.find(([set]) => codeIn(set, medication) !== undefined);
  if (coded !== undefined) return coded[1];
  const texts = textsOf(medication).map(fold);
  return lexicon.medications.find((rule) => texts.some((text) => matches(text, rule)))?.group;
}

/** Anticoagulation and osteoporosis treatment in use. */
export function drugStatements(drugs: readonly DrugUse[]): readonly Statement[] {
  return drugs.flatMap(({ group, evidence }): readonly Statement[] => {
    if (group === 'anticoagulantOrAntiplatelet')
      return [statement('anticoagulated', true, evidence, { standing: true })];
    if (group === 'boneAgent') return [statement('boneAgent', true, evidence, { standing: true })];
    return [];
  });
}
