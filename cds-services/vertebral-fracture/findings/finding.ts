/** What a finding is: a value somebody reported, with the evidence for it. An unreported finding is absent, never false. */
import type { Interval } from './interval.js';
import type { Level } from './level.js';

export interface Evidence {
  /** `Type/id` of the resource. */
  readonly resource: string;
  /** Element of the resource the value was read from. */
  readonly path: string;
  /** ISO date (or date-time) the statement speaks of. */
  readonly date?: string;
  /** The words or value as recorded. */
  readonly quote?: string;
  /** Where the quote stands in the text of a report: UTF-16 offsets. */
  readonly start?: number;
  readonly end?: number;
  /** Status of a result that is not final yet. */
  readonly status?: string;
  /** Said when the value was concluded from another one, with the reason. */
  readonly derived?: string;
}

export interface Finding<Value> {
  readonly value: Value;
  readonly evidence: readonly Evidence[];
  /** Sources contradict each other; the value is the one that is safe to act on. */
  readonly conflict?: true;
}

export type Morphology = 'wedge' | 'biconcave' | 'crush' | 'burst' | 'pincer' | 'chance' | 'translation';
export type Stability = 'stable' | 'unstable';
export type Aetiology = 'osteoporotic' | 'malignant' | 'traumatic' | 'mixed';
export type Acuity = 'acute' | 'subacute' | 'chronic' | 'acute-on-chronic' | 'healed';
/** Bilsky epidural spinal cord compression scale. */
export type EpiduralGrade = '0' | '1a' | '1b' | '1c' | '2' | '3';
/** AO Spine thoracolumbar morphology; 'B' and 'C' stand for any subtype. */
export type AoType = 'A0' | 'A1' | 'A2' | 'A3' | 'A4' | 'B' | 'B1' | 'B2' | 'B3' | 'C';
/** AO Spine-DGOU osteoporotic fracture type. */
export type OfType = '1' | '2' | '3' | '4' | '5';
export type Sex = 'male' | 'female' | 'other' | 'unknown';

/** Findings of one fractured vertebra and the type of their values. */
export interface FractureValues {
  heightLossPercent: Interval;
  morphology: Morphology;
  stability: Stability;
  aetiology: Aetiology;
  ageDays: Interval;
  acuity: Acuity;
  marrowOedema: boolean;
  posteriorWallDisrupted: boolean;
  retropulsion: boolean;
  retropulsionMillimetres: Interval;
  canalCompromisePercent: Interval;
  kyphosisDegrees: Interval;
  kyphosis: boolean;
  severeDeformity: boolean;
  progression: boolean;
  priorAugmentation: boolean;
  epiduralCompressionGrade: EpiduralGrade;
  painFromThisFracture: boolean;
  aoType: AoType;
  ofType: OfType;
  sinsScore: Interval;
  tlicsScore: Interval;
}

/** Findings of the patient, the same for every fracture. */
export interface PatientValues {
  neurologicalDeficit: boolean;
  suspectedNeurologicalDeficit: boolean;
  painScore: Interval;
  inpatient: boolean;
  conservativeTherapyFailed: boolean;
  activeInfection: boolean;
  coagulopathy: boolean;
  anticoagulated: boolean;
  inr: Interval;
  plateletCount: Interval;
  cementAllergy: boolean;
  pregnant: boolean;
  malignancy: boolean;
  osteoporosis: boolean;
  boneMineralDensityTScore: Interval;
  systemicSteroid: boolean;
  boneAgent: boolean;
  spineImagingDone: boolean;
}

export type FractureFindingName = keyof FractureValues;
export type PatientFindingName = keyof PatientValues;
export type FindingName = FractureFindingName | PatientFindingName;

export type FractureFindings = { readonly [K in FractureFindingName]?: Finding<FractureValues[K]> };
export type PatientFindings = { readonly [K in PatientFindingName]?: Finding<PatientValues[K]> };

/** A fractured vertebra (or one whose level is not known, or one of a pair) and what is known of it. */
export interface Fracture {
  /** One level; two when the record names a pair; none when the level is not known. */
  readonly levels: readonly Level[];
  readonly findings: FractureFindings;
  /** Cervical or sacral: this service does not advise there. */
  readonly outsideScope: boolean;
  /** MR or CT covers this vertebra; absent when that is not known. */
  readonly imaged?: boolean;
  /** Only unconfirmed, provisional or differential diagnoses name this fracture. */
  readonly unconfirmed: boolean;
  /** The newest report that speaks of this vertebra says that it is not fractured. */
  readonly deniedByReport?: true;
  /** `Condition/id` of the diagnoses joined here. */
  readonly conditions: readonly string[];
}

export type NotUsedReason =
  | 'other-patient'
  | 'no-patient'
  | 'entered-in-error'
  | 'refuted'
  | 'cancelled'
  | 'future'
  | 'malformed'
  | 'ambiguous-vertebra';

/** A resource that was read but not used, and why. */
export interface NotUsed {
  readonly resource: string;
  readonly reason: NotUsedReason;
}

/** A value that is recorded but too old to count. */
export interface Stale {
  readonly finding: FindingName;
  readonly resource: string;
  readonly date?: string;
}

export interface PatientSummary {
  readonly id: string;
  readonly ageYears?: number;
  readonly sex?: Sex;
}

/** Everything the decision is made from. */
export interface RecordFindings {
  readonly asOf: string;
  readonly patient: PatientSummary;
  readonly patientFindings: PatientFindings;
  readonly fractures: readonly Fracture[];
  readonly stale: readonly Stale[];
  readonly undated: readonly FindingName[];
  readonly notUsed: readonly NotUsed[];
  /** Reports with text that could not be read (PDF, image, a link). */
  readonly unreadReports: readonly string[];
  /** A report speaks of transitional anatomy, T13 or L6: the words that say so. */
  readonly numberingUncertain: readonly Evidence[];
  /** Vertebroplasty or kyphoplasty done at a level that is not recorded. */
  readonly augmentationWithoutLevel: boolean;
  readonly daysSinceBoneDensity?: number;
}
