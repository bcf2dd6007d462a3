/** Medicines, allergies, stays and earlier procedures as statements. */
import type {
  AllergyIntolerance,
  CodeableConcept,
  Medication,
  Resource,
  MedicationRequest,
  MedicationStatement,
  Procedure,
} from 'fhir/r4.js';
import { lexicon } from '../knowledge.js';
import { levelsOf } from './body-site.js';
import { codesOf, CPT, textsOf, wordsOf } from './code-systems.js';
import type { Evidence } from './finding.js';
import { isInRegion, type Level } from './level.js';
import type { PatientRecord } from './patient-record.js';
import { statement, type Statement } from './statement.js';
import { type Moment, momentOf, momentOfPeriod } from './time.js';
import { codeIn, type ValueSetId } from './value-sets.js';
import { containsAny, fold, matches } from './words.js';

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
    const group = groupOf(medicationOf(source));
    if (group === undefined) return [];
    const quote = textsOf(medicationOf(source))[0];
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

/** The coded medicine; a contained Medication is looked into, another resource is not fetched. */
function medicationOf(source: MedicationRequest | MedicationStatement): CodeableConcept | undefined {
  if (source.medicationCodeableConcept !== undefined) return source.medicationCodeableConcept;
  const id = source.medicationReference?.reference?.replace(/^#/, '');
  const contained = (source.contained ?? []).find((resource) => resource.id === id);
  if (contained !== undefined && isMedication(contained)) return contained.code;
  const display = source.medicationReference?.display;
  return display === undefined ? undefined : { text: display };
}

function isMedication(resource: Resource): resource is Medication {
  return resource.resourceType === 'Medication';
}

function groupOf(medication: CodeableConcept | undefined): DrugGroup | undefined {
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

/** Allergy to bone cement or contrast; a recorded "no known allergy" denies it. */
export function allergyStatements(record: PatientRecord): readonly Statement[] {
  return record.allergies.filter(isActiveAllergy).flatMap((allergy): readonly Statement[] => {
    const texts = [
      ...textsOf(allergy.code),
      ...(allergy.reaction ?? []).flatMap((reaction) => textsOf(reaction.substance)),
    ];
    const folded = texts.map(fold);
    const says = (phrases: readonly string[]) => folded.some((text) => containsAny(text, phrases));
    const evidence = {
      resource: `AllergyIntolerance/${allergy.id ?? '(no id)'}`,
      path: 'code',
      ...(allergy.recordedDate !== undefined && { date: allergy.recordedDate }),
      ...(texts[0] !== undefined && { quote: texts[0] }),
    };
    if (says(lexicon.cementOrContrastAllergy))
      return [statement('cementAllergy', true, evidence, { standing: true })];
    if (says(lexicon.noKnownAllergy)) return [statement('cementAllergy', false, evidence)];
    return [];
  });
}

function isActiveAllergy(allergy: AllergyIntolerance): boolean {
  const status = (allergy.clinicalStatus?.coding ?? []).map((coding) => coding.code);
  return !status.includes('inactive') && !status.includes('resolved');
}

/** Whether the patient is in hospital now: the Encounter in progress, by its class. */
export function encounterStatements(record: PatientRecord): readonly Statement[] {
  return record.encounters
    .filter((encounter) => encounter.status === 'in-progress' || encounter.status === 'onleave')
    .flatMap((encounter) => {
      const { code } = encounter.class;
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

/** An earlier cement augmentation: at which levels, or that the level is not recorded. */
export interface Augmentation {
  readonly levels: readonly Level[];
  /** Levels it may have been at when none is named. */
  readonly mayBeAt: (level: Level) => boolean;
  readonly evidence: Evidence;
}

/** Completed vertebroplasties and kyphoplasties. */
export function augmentations(record: PatientRecord): readonly Augmentation[] {
  return record.procedures.filter(isAugmentation).map((procedure) => {
    const date = procedure.performedDateTime ?? procedure.performedPeriod?.start;
    const quote = wordsOf(procedure.code);
    return {
      levels: levelsOf(procedure.bodySite, procedure.code),
      mayBeAt: regionOfCpt(procedure),
      evidence: {
        resource: `Procedure/${procedure.id ?? '(no id)'}`,
        path: 'code',
        ...(date !== undefined && { date }),
        ...(quote !== undefined && { quote }),
      },
    };
  });
}

function isAugmentation({ code, status }: Procedure): boolean {
  if (status !== 'completed' && status !== 'unknown') return false;
  const sets: readonly ValueSetId[] = ['kyphoplasty', 'vertebroplasty', 'cement-augmentation-unspecified'];
  if (sets.some((set) => codeIn(set, code) !== undefined)) return true;
  const words = [...lexicon.augmentation.kyphoplasty, ...lexicon.augmentation.vertebroplasty];
  return textsOf(code).some((text) => containsAny(fold(text), words));
}

const CPT_THORACIC: ReadonlySet<string> = new Set(['22510', '22513']);
const CPT_LUMBAR: ReadonlySet<string> = new Set(['22511', '22514']);

/** CPT tells thoracic from lumbar; other codes leave every level possible. */
function regionOfCpt({ code }: Procedure): (level: Level) => boolean {
  const numbers = codesOf(code).flatMap((one) => (one.system === CPT ? one.code : []));
  if (numbers.some((number) => CPT_THORACIC.has(number))) return (level) => isInRegion(level, 'thoracic');
  if (numbers.some((number) => CPT_LUMBAR.has(number))) return (level) => isInRegion(level, 'lumbar');
  return () => true;
}
