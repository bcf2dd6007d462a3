/** Every finding: what kind of value it has, what it speaks of, and which value is the dangerous one. */
import type { FindingName, FractureFindingName, PatientFindingName } from './finding.js';

export type FindingKind =
  | { readonly kind: 'yes-no'; readonly danger: boolean }
  | {
      readonly kind: 'quantity';
      readonly least: number;
      readonly most: number;
      readonly units: readonly string[];
    }
  /** Choices from the most to the least dangerous. */
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

export interface CatalogueEntry {
  readonly speaksOf: 'fracture' | 'patient';
  /** Code in the finding code system. */
  readonly code: string;
  readonly value: FindingKind;
  /** Seen in images: compared by day, and worthless when older than the fracture. */
  readonly imaging: boolean;
}

const yes = { kind: 'yes-no', danger: true } as const;
const no = { kind: 'yes-no', danger: false } as const;
const percent = quantity(0, 100, ['%', '1', 'percent']);
const degrees = quantity(0, 180, ['deg', '°', 'degree', 'degrees', '{deg}']);
const days = quantity(0, 40_000, ['d', 'day', 'days']);

function quantity(least: number, most: number, units: readonly string[]) {
  return { kind: 'quantity', least, most, units } as const;
}
function points(least: number, most: number) {
  return quantity(least, most, ['1', 'score', '/10', 'points', 'T-score', 'SD', 'INR', 'ratio']);
}
function choice(...choices: readonly string[]) {
  return { kind: 'choice', choices } as const;
}
function seen(value: FindingKind) {
  return { speaksOf: 'fracture', value, imaging: true } as const;
}
function ofFracture(value: FindingKind) {
  return { speaksOf: 'fracture', value, imaging: false } as const;
}
function ofPatient(value: FindingKind) {
  return { speaksOf: 'patient', value, imaging: false } as const;
}

const entries: Record<FindingName, Omit<CatalogueEntry, 'code'>> = {
  heightLossPercent: seen(percent),
  morphology: seen(choice('translation', 'chance', 'burst', 'pincer', 'crush', 'biconcave', 'wedge')),
  stability: seen(choice('unstable', 'stable')),
  aetiology: ofFracture(choice('mixed', 'malignant', 'traumatic', 'osteoporotic')),
  ageDays: ofFracture(days),
  acuity: seen(choice('acute-on-chronic', 'acute', 'subacute', 'chronic', 'healed')),
  marrowOedema: seen(no),
  posteriorWallDisrupted: seen(yes),
  retropulsion: seen(yes),
  retropulsionMillimetres: seen(quantity(0, 30, ['mm'])),
  canalCompromisePercent: seen(percent),
  kyphosisDegrees: seen(degrees),
  kyphosis: seen(yes),
  severeDeformity: seen(yes),
  progression: seen(yes),
  priorAugmentation: ofFracture(yes),
  epiduralCompressionGrade: seen(choice('3', '2', '1c', '1b', '1a', '0')),
  painFromThisFracture: ofFracture(no),
  aoType: seen(choice('C', 'B3', 'B2', 'B1', 'B', 'A4', 'A3', 'A2', 'A1', 'A0')),
  ofType: seen(choice('5', '4', '3', '2', '1')),
  sinsScore: seen(points(0, 18)),
  tlicsScore: seen(points(0, 10)),
  neurologicalDeficit: ofPatient(yes),
  suspectedNeurologicalDeficit: ofPatient(yes),
  painScore: ofPatient(points(0, 10)),
  inpatient: ofPatient(no),
  conservativeTherapyFailed: ofPatient(no),
  activeInfection: ofPatient(yes),
  coagulopathy: ofPatient(yes),
  anticoagulated: ofPatient(yes),
  inr: ofPatient(points(0.5, 20)),
  plateletCount: ofPatient(
    quantity(0, 3000, ['10*9/L', '10^9/L', '10*3/uL', '10^3/uL', 'K/uL', 'k/uL', 'G/L', 'thousand/uL']),
  ),
  cementAllergy: ofPatient(yes),
  pregnant: ofPatient(yes),
  malignancy: ofPatient(yes),
  osteoporosis: ofPatient(yes),
  boneMineralDensityTScore: ofPatient(points(-10, 10)),
  systemicSteroid: ofPatient(yes),
  boneAgent: ofPatient(no),
  spineImagingDone: ofPatient(no),
};

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

/** The catalogue by finding name. */
export const catalogue = Object.fromEntries(
  Object.entries(entries).map(([name, entry]) => [name, { ...entry, code: kebab(name) }]),
) as Readonly<Record<FindingName, CatalogueEntry>>;

const byCode: ReadonlyMap<string, FindingName> = new Map(
  (Object.keys(catalogue) as FindingName[]).map((name) => [catalogue[name].code, name]),
);

/** Observations that state a finding in another shape; see derived-statements.ts. */
export type GradedFinding =
  'genantGrade' | 'asiaImpairmentScale' | 'neurologicalExamination' | 'fracturePresence';
export type ObservedName = FindingName | GradedFinding;

const graded: ReadonlyMap<string, GradedFinding> = new Map([
  ['genant-grade', 'genantGrade'],
  ['asia-impairment-scale', 'asiaImpairmentScale'],
  ['neurological-examination', 'neurologicalExamination'],
  ['fracture-presence', 'fracturePresence'],
]);

/** The finding a code of the finding code system (`height-loss-percent`) stands for. */
export function findingByCode(code: string): ObservedName | undefined {
  return byCode.get(code) ?? graded.get(code);
}

/** All codes of the finding code system. */
export const findingCodes: readonly string[] = [...byCode.keys(), ...graded.keys()];

export function speaksOfFracture(name: FindingName): name is FractureFindingName {
  return catalogue[name].speaksOf === 'fracture';
}

const names = Object.keys(catalogue) as FindingName[];
export const fractureFindingNames: readonly FractureFindingName[] = names.filter(speaksOfFracture);
export const patientFindingNames: readonly PatientFindingName[] = names.filter(
  (name): name is PatientFindingName => !speaksOfFracture(name),
);
