/** The search parameters that the FHIR test double knows, type by type, as FHIR R4 defines them. */

/** Where a parameter looks: `first.second` walks down, through arrays too. */
export interface SearchParameter {
  readonly kind: 'token' | 'date' | 'patient';
  readonly elements: readonly string[];
}

type Parameters = Readonly<Record<string, SearchParameter>>;

const token = (...elements: string[]): SearchParameter => ({ kind: 'token', elements });
const date = (...elements: string[]): SearchParameter => ({ kind: 'date', elements });
const patient = (element: string): SearchParameter => ({ kind: 'patient', elements: [element] });
const subject = { patient: patient('subject'), subject: patient('subject') };

const everywhere: Parameters = { _id: token('id'), _lastUpdated: date('meta.lastUpdated') };

const byType: Readonly<Record<string, Parameters>> = {
  Patient: { gender: token('gender'), birthdate: date('birthDate') },
  Condition: {
    ...subject,
    code: token('code'),
    category: token('category'),
    'clinical-status': token('clinicalStatus'),
    'verification-status': token('verificationStatus'),
    'onset-date': date('onsetDateTime', 'onsetPeriod'),
    'recorded-date': date('recordedDate'),
  },
  ImagingStudy: {
    ...subject,
    status: token('status'),
    modality: token('series.modality'),
    started: date('started'),
  },
  DiagnosticReport: {
    ...subject,
    code: token('code'),
    category: token('category'),
    status: token('status'),
    date: date('effectiveDateTime', 'effectivePeriod'),
    issued: date('issued'),
  },
  Observation: {
    ...subject,
    code: token('code'),
    category: token('category'),
    status: token('status'),
    date: date('effectiveDateTime', 'effectivePeriod', 'effectiveInstant'),
  },
  MedicationRequest: {
    ...subject,
    code: token('medicationCodeableConcept'),
    status: token('status'),
    intent: token('intent'),
    authoredon: date('authoredOn'),
  },
  AllergyIntolerance: {
    patient: patient('patient'),
    code: token('code', 'reaction.substance'),
    'clinical-status': token('clinicalStatus'),
    'verification-status': token('verificationStatus'),
    date: date('recordedDate'),
  },
  Procedure: {
    ...subject,
    code: token('code'),
    status: token('status'),
    date: date('performedDateTime', 'performedPeriod'),
  },
  Encounter: {
    ...subject,
    status: token('status'),
    class: token('class'),
    type: token('type'),
    date: date('period'),
  },
  ServiceRequest: {
    ...subject,
    code: token('code'),
    status: token('status'),
    intent: token('intent'),
    authored: date('authoredOn'),
  },
};

/** The parameters of a type; undefined for a type the server does not have. */
export function parametersOf(type: string): Parameters | undefined {
  const own = Object.hasOwn(byType, type) ? byType[type] : undefined;
  return own === undefined ? undefined : { ...everywhere, ...own };
}

/** When a resource without `meta.lastUpdated` was last updated. */
export const loadedAt = '2026-11-01T00:00:00Z';

/** For the CapabilityStatement. */
export const searchableTypes: readonly string[] = Object.keys(byType);
