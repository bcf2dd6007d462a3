/** What active diagnoses say about the patient: deficit, infection, bleeding, pregnancy, malignancy, bone. */
import type { Condition } from 'fhir/r4.js';
import { snomedFractures } from '../knowledge.js';
import { codesOf, SNOMED_CT, wordsOf } from './code-systems.js';
import { isActive, onsetOf } from './condition-state.js';
import type { Evidence, PatientFindingName } from './finding.js';
import type { PatientRecord } from './patient-record.js';
import { statement, type Statement } from './statement.js';
import { momentOf } from './time.js';
import type { ValueSetId, ValueSets } from './value-sets.js';

const SAYS: readonly (readonly [ValueSetId, PatientFindingName])[] = [
  ['active-infection', 'activeInfection'],
  ['coagulopathy', 'coagulopathy'],
  ['anticoagulant-or-antiplatelet-use', 'anticoagulated'],
  ['contrast-allergy', 'cementAllergy'],
  ['pregnancy', 'pregnant'],
  ['spinal-malignancy', 'malignancy'],
  ['osteoporosis', 'osteoporosis'],
  ['systemic-steroid-use', 'systemicSteroid'],
  ['bone-agent-use', 'boneAgent'],
];

/** Diseases that stay with the patient after their fracture has healed or they are in remission. */
const LASTING: ReadonlySet<string> = new Set(['malignancy', 'osteoporosis']);

const CORD_INJURED = new Set(
  snomedFractures.filter((concept) => concept.cordOrCaudaInjury === 'yes').map((concept) => concept.code),
);

/**
 * Statements of the active Conditions, and of those that name a lasting disease.
 * @param fracturesSince earliest moment (ms) a fracture may have happened, if known: deficits and their signs
 *   known to be older are not its doing and say nothing
 */
export function diagnosisStatements(
  record: PatientRecord,
  fracturesSince: number | undefined,
): readonly Statement[] {
  return record.conditions.flatMap((condition) => {
    const diseases = diseasesOf(condition, record.valueSets);
    if (!isActive(condition)) return diseases.filter(({ finding }) => LASTING.has(finding));
    const isOlder = isOlderThanFracture(condition, record.patient?.birthDate, fracturesSince);
    return isOlder ? diseases : [...diseases, ...neurologicalStatements(condition, record.valueSets)];
  });
}

function diseasesOf(condition: Condition, { codeIn }: ValueSets): readonly Statement[] {
  const named = SAYS.filter(([set]) => codeIn(set, condition.code) !== undefined).map(
    ([, finding]) => finding,
  );
  const isNeoplastic = codesOf(condition.code).some(isNeoplasticFracture);
  const findings = new Set<PatientFindingName>(isNeoplastic ? [...named, 'malignancy'] : named);
  return [...findings].map((finding) => statement(finding, true, evidenceOf(condition), { standing: true }));
}

function neurologicalStatements(condition: Condition, valueSets: ValueSets): readonly Statement[] {
  const evidence = evidenceOf(condition);
  if (isDeficit(condition, valueSets))
    return [statement('neurologicalDeficit', true, evidence, { standing: true })];
  return valueSets.codeIn('suspected-neurological-deficit', condition.code) === undefined
    ? []
    : [statement('suspectedNeurologicalDeficit', true, evidence, { standing: true })];
}

/** The Condition as evidence: its words, its onset or the day it was recorded. */
export function evidenceOf(condition: Condition): Evidence {
  const quote = wordsOf(condition.code);
  const date = condition.onsetDateTime ?? condition.recordedDate;
  return {
    resource: `Condition/${condition.id ?? '(no id)'}`,
    path: 'code',
    ...(date !== undefined && { date }),
    ...(quote !== undefined && { quote }),
  };
}

function isDeficit(condition: Condition, { codeIn }: ValueSets): boolean {
  return (
    codeIn('neurological-deficit', condition.code) !== undefined ||
    codesOf(condition.code).some(({ system, code }) => system === SNOMED_CT && CORD_INJURED.has(code))
  );
}

/** M84.58: pathological fracture in neoplastic disease, vertebrae. */
function isNeoplasticFracture({ code }: { code: string }): boolean {
  return code.startsWith('M8458');
}

/** What was written down before the fracture began before it, even where nobody recorded the onset. */
function isOlderThanFracture(
  condition: Condition,
  birthDate: string | undefined,
  fracturesSince: number | undefined,
): boolean {
  const began = onsetOf(condition, birthDate) ?? momentOf(condition.recordedDate);
  return began !== undefined && fracturesSince !== undefined && began.latest < fracturesSince;
}
