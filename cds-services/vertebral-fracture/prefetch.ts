/** What each hook call asks the EHR for: the minimum necessary, with a reason for each. Only tokens every client resolves. */
import type { PrefetchTemplate } from '../../src/cds-hooks/service.js';
import { findingCodes } from './findings/catalogue.js';
import { FINDING_SYSTEM, LOINC } from './findings/code-systems.js';
import { listedCodes, type ValueSetId } from './findings/value-sets.js';
import type { Site } from './site.js';

export type PrefetchKey =
  | 'patient'
  | 'conditions'
  | 'imagingStudies'
  | 'reports'
  | 'imagingFindings'
  | 'measurements'
  | 'medications'
  | 'allergies'
  | 'procedures'
  | 'encounters'
  | 'orders'
  | 'userRoles';

const PATIENT = '{{context.patientId}}';

/** The templates of this service at a site; its own observation codes are asked for as well. */
export function prefetchTemplates(site: Site): Readonly<Partial<Record<PrefetchKey, PrefetchTemplate>>> {
  return {
    patient: required(`Patient/${PATIENT}`, 'Age and sex, and to be sure whose record this is.'),
    conditions: required(
      `Condition?patient=${PATIENT}`,
      'Vertebral fractures, their cause and level, and diagnoses that forbid cement.',
    ),
    imagingStudies: optional(
      `ImagingStudy?patient=${PATIENT}`,
      'Whether MR or CT shows the fracture, when it was taken and of which region.',
    ),
    reports: optional(`DiagnosticReport?patient=${PATIENT}`, 'Which findings belong to which imaging study.'),
    imagingFindings: optional(
      `Observation?patient=${PATIENT}&category=imaging,exam`,
      'Findings of the images and of the neurological examination.',
    ),
    measurements: optional(
      `Observation?patient=${PATIENT}&code=${measurementCodes(site).join(',')}`,
      'Pain score, coagulation, bone density, and findings recorded under agreed codes.',
    ),
    medications: optional(
      `MedicationRequest?patient=${PATIENT}&status=active`,
      'Analgesics (has medical therapy failed), anticoagulants, osteoporosis treatment.',
    ),
    allergies: optional(`AllergyIntolerance?patient=${PATIENT}`, 'Allergy to bone cement or contrast.'),
    procedures: optional(`Procedure?patient=${PATIENT}`, 'Earlier vertebroplasty or kyphoplasty.'),
    encounters: optional(
      `Encounter?patient=${PATIENT}&status=in-progress`,
      'Whether the patient is in hospital: it decides which pain score counts as severe.',
    ),
    orders: optional(
      `ServiceRequest?patient=${PATIENT}&status=active`,
      'Procedures, referrals and imaging that are ordered already, so that nothing is suggested twice.',
    ),
    ...(site.informedSpecialties.size > 0 && {
      userRoles: optional(
        'PractitionerRole?practitioner={{userPractitionerId}}',
        'The specialty of the user: some are not told what they know.',
      ),
    }),
  };
}

function required(query: string, purpose: string): PrefetchTemplate {
  return { query, purpose, required: true };
}

function optional(query: string, purpose: string): PrefetchTemplate {
  return { query, purpose, required: false };
}

const MEASUREMENTS: readonly ValueSetId[] = ['pain-score', 't-score', 'inr', 'platelet-count'];

function measurementCodes(site: Site): readonly string[] {
  return [
    ...MEASUREMENTS.flatMap((set) => listedCodes(set, LOINC)).map((code) => `${LOINC}|${code}`),
    ...findingCodes.map((code) => `${FINDING_SYSTEM}|${code}`),
    ...site.localCodeList.map(({ system, code }) => `${system}|${code}`),
  ];
}
