/** Findings and outcomes in a surgeon's words. */
import type {
  Finding,
  FindingName,
  Fracture,
  FractureFindings,
  PatientFindings,
} from '../findings/finding.js';
import type { Interval } from '../findings/interval.js';
import type { MissingName } from '../decision/missing-facts.js';
import type { Outcome } from '../decision/outcome.js';
import type { RowId } from '../decision/row.js';
import type { AssumedValue } from '../decision/if-confirmed.js';

const FINDING_NAMES: Readonly<Record<MissingName, string>> = {
  level: 'level of the fracture',
  heightLossPercent: 'height loss',
  morphology: 'shape',
  stability: 'stability',
  aetiology: 'cause',
  ageDays: 'age of the fracture',
  acuity: 'acuity',
  marrowOedema: 'marrow oedema',
  posteriorWallDisrupted: 'posterior wall disrupted',
  retropulsion: 'retropulsion',
  retropulsionMillimetres: 'millimetres of retropulsion',
  canalCompromisePercent: 'canal compromise',
  kyphosisDegrees: 'local kyphosis',
  kyphosis: 'kyphosis',
  severeDeformity: 'severe deformity',
  progression: 'progression',
  priorAugmentation: 'earlier cement at this level',
  epiduralCompressionGrade: 'epidural compression (ESCC)',
  painFromThisFracture: 'pain comes from this fracture',
  aoType: 'AO type',
  ofType: 'OF type',
  sinsScore: 'SINS',
  tlicsScore: 'TLICS',
  neurologicalDeficit: 'neurological deficit',
  suspectedNeurologicalDeficit: 'signs of a deficit',
  painScore: 'pain score',
  inpatient: 'in hospital',
  conservativeTherapyFailed: 'medical therapy failed',
  activeInfection: 'active infection',
  coagulopathy: 'coagulopathy',
  anticoagulated: 'anticoagulated',
  inr: 'INR',
  plateletCount: 'platelets',
  cementAllergy: 'allergy to cement or contrast',
  pregnant: 'pregnant',
  malignancy: 'malignancy',
  osteoporosis: 'osteoporosis',
  boneMineralDensityTScore: 'T-score',
  systemicSteroid: 'systemic steroids',
  boneAgent: 'osteoporosis treatment',
  spineImagingDone: 'MRI or CT done',
};

/** What to do about a missing finding. */
const CONFIRM: Readonly<Partial<Record<MissingName, string>>> = {
  level: 'which vertebra (imaging)',
  neurologicalDeficit: 'neurological examination',
  stability: 'stability (posterior wall, ligaments)',
  aetiology: 'cause of the fracture',
  painScore: 'pain score',
  conservativeTherapyFailed: 'whether medical therapy has failed',
  spineImagingDone: 'MRI or CT of the spine',
  marrowOedema: 'marrow oedema (MRI STIR or bone scan)',
  epiduralCompressionGrade: 'epidural compression (ESCC grade)',
  posteriorWallDisrupted: 'posterior wall',
  kyphosisDegrees: 'local kyphosis',
  heightLossPercent: 'height loss',
};

export function findingName(name: MissingName): string {
  return FINDING_NAMES[name];
}

export function toConfirm(name: MissingName): string {
  return CONFIRM[name] ?? FINDING_NAMES[name];
}

const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  kyphoplasty: 'kyphoplasty favoured',
  vertebroplasty: 'vertebroplasty by the article',
  'kyphoplasty-or-vertebroplasty': 'kyphoplasty or vertebroplasty',
  'surgical-referral': 'surgical referral advised',
  'medical-management': 'medical management first',
  defer: 'cement deferred',
  'specialist-review': 'specialist review advised',
  'insufficient-data': 'not enough recorded to advise',
  'not-applicable': 'outside what this service advises on',
};

export function outcomeName(outcome: Outcome): string {
  return OUTCOME_NAMES[outcome];
}

/** The reason of a deciding row in a few words, for the summary; technique rows are told by their findings instead. */
const REASONS: Readonly<Partial<Record<RowId, string>>> = {
  '0.1': 'neurological deficit recorded',
  '0.2': 'possible neurological deficit, confirm the examination now',
  '0.3': 'high-grade epidural compression by tumour',
  '0.4': 'unstable fracture',
  '1.1': 'active infection recorded',
  '1.2': 'pregnancy recorded',
  '1.3': 'pain documented to come from elsewhere',
  '1.4': 'healed, or no marrow oedema',
  '1.5': 'little pain recorded',
  '1.7': 'cement already at this level',
  '2.1': 'coagulation impaired; correct it first',
  '2.4': 'allergy to cement or contrast',
  '2.5': 'retropulsion or canal compromise recorded',
  '2.7': 'more than three fractured levels',
  '2.8': 'malignant or contradictory cause',
  '3.2': 'technique undecided, height loss missing',
  '3.3': 'pain criteria for cement not met',
  T4b: 'oedema without height loss',
};

export function reasonOf(rule: RowId): string | undefined {
  return REASONS[rule];
}

/** "L1", "L1 and L3", "T11 or T12", "Vertebral fracture, level not recorded". */
export function whereText(fractures: readonly Pick<Fracture, 'levels'>[]): string {
  const names = fractures.map(({ levels }) => levels.join(' or ')).filter((name) => name !== '');
  const [first, ...others] = names;
  if (first === undefined) return 'Vertebral fracture, level not recorded';
  const last = others.at(-1);
  return last === undefined ? first : `${[first, ...others.slice(0, -1)].join(', ')} and ${last}`;
}

/** "40 % height loss", "acute with oedema", "pain 8/10": what matters most first. */
export function keyFindings(findings: FractureFindings, patient: PatientFindings): readonly string[] {
  const parts: string[] = [];
  if (findings.morphology?.value === 'burst') parts.push('burst');
  if (findings.heightLossPercent !== undefined) {
    parts.push(`${intervalText(findings.heightLossPercent.value)} % height loss`);
  }
  const time = timeText(findings);
  if (time !== undefined) parts.push(time);
  if (patient.painScore !== undefined) parts.push(`pain ${intervalText(patient.painScore.value)}/10`);
  return parts;
}

function timeText({ acuity, marrowOedema }: FractureFindings): string | undefined {
  const oedema =
    marrowOedema === undefined ? undefined : marrowOedema.value ? 'with oedema' : 'without oedema';
  if (acuity === undefined) return oedema;
  return oedema === undefined ? acuity.value : `${acuity.value} ${oedema}`;
}

/** "40", "25 to 40", "below 20", "above 80". */
export function intervalText({ min, max, minExclusive, maxExclusive }: Interval): string {
  if (min === max) return String(min);
  if (minExclusive === true && maxExclusive === undefined && max >= 100) return `above ${min}`;
  if (maxExclusive === true && min === 0) return `below ${max}`;
  return `${min} to ${max}`;
}

const UNITS: Readonly<Partial<Record<FindingName, string>>> = {
  heightLossPercent: ' %',
  canalCompromisePercent: ' %',
  kyphosisDegrees: ' degrees',
  ageDays: ' days',
  painScore: '/10',
  plateletCount: ' x10^9/L',
};

/** A finding's value with its unit, in words. */
export function valueText(name: FindingName, { value }: Finding<boolean | string | Interval>): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  return `${intervalText(value)}${UNITS[name] ?? ''}`;
}

/** "neurologically intact", "stable", "pain 8 to 10": an assumption of `ifConfirmed`. */
export function assumptionText(name: string, value: AssumedValue): string {
  if (typeof value === 'object') return `${finding(name)} ${intervalText(value)}`;
  if (typeof value === 'string') return textAssumption(name, value);
  if (name === 'neurologicalDeficit') return value ? 'a neurological deficit' : 'neurologically intact';
  if (name === 'marrowOedema') return value ? 'marrow oedema' : 'no marrow oedema';
  if (name === 'conservativeTherapyFailed')
    return value ? 'medical therapy has failed' : 'medical therapy not exhausted';
  if (name === 'spineImagingDone') return 'MRI or CT confirms';
  if (name === 'posteriorWallDisrupted') return value ? 'posterior wall disrupted' : 'posterior wall intact';
  return `${value ? '' : 'no '}${finding(name)}`;
}

function textAssumption(name: string, value: string): string {
  switch (name) {
    case 'stability':
    case 'aetiology':
      return value;
    case 'level':
      return `it is ${value}`;
    case 'epiduralCompressionGrade':
      return `ESCC grade ${value}`;
    default:
      return `${finding(name)} ${value}`;
  }
}

function finding(name: string): string {
  return name in FINDING_NAMES ? FINDING_NAMES[name as MissingName] : name;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
