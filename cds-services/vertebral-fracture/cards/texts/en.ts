/** The words of the cards in English, for a surgeon who reads them in a hurry. */
import { CONFIRM_OEDEMA, decisionTable, EARLY_OPINION } from '../../decision/decide.js';
import type { Alternative } from '../../decision/alternatives.js';
import type { Conclusion, Ground } from '../../decision/conclusions.js';
import type { MissingName, Note, NoteAction } from '../../decision/missing-facts.js';
import type { Outcome } from '../../decision/outcome.js';
import type { RowId, WarningRow } from '../../decision/row.js';
import type { ScoreParameter, ScoreReading } from '../../decision/scores.js';
import type { Acuity, Aetiology, Morphology, NotUsedReason, Stability } from '../../findings/finding.js';
import type { OrderMeaning } from '../../orders/order-meaning.js';
import type { Side } from '../../orders/order-place.js';
import type { PolicyName } from '../../policy.js';
import type { PrefetchKey } from '../../prefetch.js';
import type { Unavailable } from '../../../../src/cds-hooks/service.js';

/** Findings whose name in a request differs from their name in a list. */
export type ConfirmedName =
  | 'level'
  | 'neurologicalDeficit'
  | 'stability'
  | 'aetiology'
  | 'painScore'
  | 'conservativeTherapyFailed'
  | 'spineImagingDone'
  | 'marrowOedema'
  | 'epiduralCompressionGrade'
  | 'posteriorWallDisrupted'
  | 'kyphosisDegrees'
  | 'heightLossPercent';

/** Rows that are told by their reason in the summary; technique rows are told by their findings instead. */
export type ToldRow = Exclude<
  RowId,
  | '1.6'
  | '2.2'
  | '2.3'
  | '2.6'
  | '2.9'
  | '3.1'
  | '3.4'
  | '3.5'
  | `T${'1' | '2' | '3' | '4' | '5' | '6' | '7' | '8'}`
>;

export type CategoricalValue = Morphology | Stability | Aetiology | Acuity;

const findings: Readonly<Record<MissingName, string>> = {
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

const toConfirm: Readonly<Record<ConfirmedName, string>> = {
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

const outcomes: Readonly<Record<Outcome, string>> = {
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

/** Outcomes as headings of the alternatives. */
const outcomeLabels: Readonly<Record<Outcome, string>> = {
  kyphoplasty: 'Kyphoplasty',
  vertebroplasty: 'Vertebroplasty',
  'kyphoplasty-or-vertebroplasty': 'Kyphoplasty or vertebroplasty',
  'surgical-referral': 'Surgical referral',
  'medical-management': 'Medical management',
  defer: 'Deferral',
  'specialist-review': 'Specialist review',
  'insufficient-data': 'Insufficient data',
  'not-applicable': 'Not applicable',
};

const reasons: Readonly<Record<ToldRow, string>> = {
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

/** Warnings of the table in a few words, for the summary of a card that agrees with an order. */
const checksFirst: Readonly<Record<WarningRow, string>> = {
  '2.2': 'anticoagulation',
  '2.3': 'INR and platelets',
  '2.6': 'posterior wall disrupted (leakage)',
  '3.5': 'older than 12 weeks',
  '4.1a': 'marrow oedema (MRI STIR or bone scan)',
};

const values: Readonly<Record<CategoricalValue, string>> = {
  wedge: 'wedge',
  biconcave: 'biconcave',
  crush: 'crush',
  burst: 'burst',
  pincer: 'pincer',
  chance: 'chance',
  translation: 'translation',
  stable: 'stable',
  unstable: 'unstable',
  osteoporotic: 'osteoporotic',
  malignant: 'malignant',
  traumatic: 'traumatic',
  mixed: 'mixed',
  acute: 'acute',
  subacute: 'subacute',
  chronic: 'chronic',
  'acute-on-chronic': 'acute-on-chronic',
  healed: 'healed',
};

const noteSubjects: Readonly<Record<Note['finding'] & NotedName, string>> = {
  painFromThisFracture: 'whether the pain comes from this fracture',
  activeInfection: 'infection',
  pregnant: 'pregnancy',
  anticoagulated: 'anticoagulants and antiplatelet agents',
  cementAllergy: 'allergy to cement or contrast',
  priorAugmentation: 'earlier cement at this level',
  malignancy: 'malignancy, although the recorded causes contradict each other',
  sinsScore: 'SINS of a malignant fracture',
  morphology: 'burst shape',
  posteriorWallDisrupted: 'breach of the posterior wall',
  retropulsion: 'retropulsion',
};

export type NotedName =
  | 'painFromThisFracture'
  | 'activeInfection'
  | 'pregnant'
  | 'anticoagulated'
  | 'cementAllergy'
  | 'priorAugmentation'
  | 'malignancy'
  | 'sinsScore'
  | 'morphology'
  | 'posteriorWallDisrupted'
  | 'retropulsion';

const note: Readonly<Record<NoteAction, (subjects: string) => string>> = {
  check: (subjects) => `Not recorded, check: ${subjects}.`,
  'exclude-on-ct': (subjects) => `Not stated, exclude on CT: ${subjects}.`,
  examine: (subjects) => `Not recorded, examine: ${subjects}.`,
};

const alternatives: Readonly<Record<Alternative['id'], string>> = {
  medical: 'Rated appropriate in every osteoporotic scenario of the NASS AUC 2025; cement in 7 of 144.',
  'vertebroplasty-simpler':
    'Simpler, quicker and cheaper; pain and disability were similar in KAVIAR, leakage was more frequent.',
  'surgery-severe-deformity': 'Severe deformity; guidelines and the article differ.',
  'surgery-too-flat': 'A vertebra this flat is a technical limit for cement.',
  'surgery-first': 'A surgical opinion comes first in a burst fracture.',
  'kyphoplasty-in-bursts': 'The published series of burst fractures used kyphoplasty.',
  'kyphoplasty-no-room': 'Little room for a balloon above 80 % height loss.',
};

const conclusions: Readonly<Record<Conclusion['name'], string>> = {
  painCriteria: 'Pain criteria met',
  riskOfFurtherCollapse: 'Risk of further collapse',
  severeDeformity: 'Severe deformity',
  kyphosis: 'Kyphosis',
};

function ground(one: Ground): string {
  switch (one.is) {
    case 'pain-in-hospital':
      return `in hospital with pain of ${one.atLeast} or more`;
    case 'pain-despite-therapy':
      return `pain of ${one.atLeast} or more despite medical therapy`;
    case 'progression':
      return 'documented progression';
    case 't-score':
      return `T-score below ${one.below}`;
    case 'junction':
      return `${one.level} lies at the thoracolumbar junction (policy)`;
    case 'steroids':
      return 'long-term systemic steroids';
    case 'called-severe':
      return 'called severe';
    case 'recorded-kyphosis':
      return 'recorded as a diagnosis';
    case 'local-kyphosis':
      return `local kyphosis of ${one.atLeast} degrees or more (policy)`;
  }
}

const gaps: Readonly<Record<PrefetchKey, string>> = {
  patient: 'the patient',
  conditions: 'diagnoses',
  imagingStudies: 'imaging studies',
  reports: 'reports',
  imagingFindings: 'imaging and examination findings',
  measurements: 'pain score and laboratory results',
  medications: 'medication',
  allergies: 'allergies',
  procedures: 'procedures',
  encounters: 'the current stay',
  orders: 'orders that stand already',
  userRoles: 'the role of the user',
};

const whyUnavailable: Readonly<Record<Unavailable, string>> = {
  'not-provided': 'not sent',
  'not-registered': 'its FHIR server is not registered here',
  'client-failed': 'the EHR could not provide it',
  forbidden: 'access refused',
  timeout: 'not in time',
  failed: 'the FHIR server failed',
};

const notUsed: Readonly<Record<NotUsedReason, string>> = {
  'other-patient': 'Not used, it belongs to another patient',
  'no-patient': 'Not used, it names no patient',
  'entered-in-error': 'Not used, entered in error',
  refuted: 'Not used, refuted',
  cancelled: 'Not used, cancelled or not done',
  future: 'Not used, dated in the future',
  malformed: 'Not used, not formed as FHIR R4 wants it',
  'ambiguous-vertebra': 'Not used, it names no single vertebra',
};

const orders: Readonly<Record<OrderMeaning, string>> = {
  kyphoplasty: 'kyphoplasty',
  vertebroplasty: 'vertebroplasty',
  cement: 'cement',
  'spine-surgery': 'spine surgery',
  'spine-referral': 'spine surgery referral',
  'spine-imaging': 'spine imaging',
  'bone-density': 'bone density',
  brace: 'brace',
  physiotherapy: 'physiotherapy',
  opioid: 'opioid',
  analgesic: 'analgesic',
  'bone-agent': 'osteoporosis treatment',
  unrelated: 'other',
};

const sides: Readonly<Record<Side, string>> = { left: 'left', right: 'right', 'both sides': 'both sides' };

const scoreParameters: Readonly<Record<ScoreParameter, string>> = {
  ofType: 'OF type',
  tScore: 'T-score below -3',
  progression: 'progression',
  painUnderAnalgesia: 'pain under WHO step II analgesia',
  neurology: 'neurology',
  mobilisation: 'mobilisation',
  health: 'health (ASA, frailty, anticoagulation)',
  location: 'location',
  mechanicalPain: 'mechanical pain',
  lesion: 'lytic or blastic lesion',
  alignment: 'alignment',
  collapse: 'collapse',
  posterolateral: 'posterolateral elements',
  morphology: 'morphology',
  ligaments: 'posterior ligaments',
};

const scoreReadings: Readonly<Record<ScoreReading, string>> = {
  conservative: 'conservative treatment',
  either: 'conservative or operative',
  'surgery-or-cement': 'operative treatment, which in this score includes cement',
  stable: 'stable',
  'potentially-unstable': 'potentially unstable, surgical consultation',
  'at-least-potentially-unstable': 'at least potentially unstable, surgical consultation',
  unstable: 'unstable',
  'non-operative': 'non-operative',
  surgery: 'surgery',
};

const rowOf = (rule: RowId) => decisionTable.find(({ id }) => id === rule);

export const en = {
  language: 'en' as string,
  findings,
  toConfirm,
  outcomes,
  outcomeLabels,
  reasons,
  checksFirst,
  values,
  noteSubjects,
  note,
  alternatives,
  conclusions,
  ground,
  gaps,
  whyUnavailable,
  notUsed,
  orders,
  sides,
  scoreParameters,
  scoreReadings,

  yes: 'yes',
  no: 'no',
  or: 'or',
  and: 'and',
  degrees: 'degrees',
  days: 'days',
  perVolume: 'x10^9/L',
  above: (value: number) => `above ${value}`,
  below: (value: number) => `below ${value}`,
  from: (least: number, most: number) => `${least} to ${most}`,

  rowCondition: (rule: RowId) => rowOf(rule)?.condition ?? '',
  rowAdvice: (rule: RowId) => rowOf(rule)?.advice ?? rowOf(rule)?.condition ?? '',
  earlyOpinion: EARLY_OPINION,
  warning: (rule: WarningRow) => {
    const effect = rule === '4.1a' ? undefined : rowOf(rule)?.effect;
    return effect?.kind === 'warn' ? effect.text : CONFIRM_OEDEMA;
  },

  assumption: {
    neurologicalDeficit: { yes: 'a neurological deficit', no: 'neurologically intact' },
    marrowOedema: { yes: 'marrow oedema', no: 'no marrow oedema' },
    conservativeTherapyFailed: { yes: 'medical therapy has failed', no: 'medical therapy not exhausted' },
    spineImagingDone: { yes: 'MRI or CT confirms', no: 'no MRI or CT done' },
    posteriorWallDisrupted: { yes: 'posterior wall disrupted', no: 'posterior wall intact' },
    absent: (name: string) => `no ${name}`,
    level: (level: string) => `it is ${level}`,
    grade: (grade: string) => `ESCC grade ${grade}`,
  },

  summary: {
    unknownLevel: 'Vertebral fracture, level not recorded',
    referral: (where: string, reason: string) => `${where}: ${reason}; sources advise spine surgery referral`,
    confirm: (names: string) => `. Confirm: ${names}`,
    notEnough: (where: string) => `${where}: not enough recorded to advise`,
    ifConfirmed: (where: string, conditions: string, outcome: string) =>
      `${where}: if ${conditions}, ${outcome}`,
    possible: (where: string, outcome: string) => `${where}: ${outcome} possible`,
    burst: 'burst',
    heightLoss: (percent: string) => `${percent} % height loss`,
    withOedema: 'with oedema',
    withoutOedema: 'without oedema',
    pain: (score: string) => `pain ${score}/10`,
    agrees: (where: string, order: string) => `${where}: ${order} agrees with what is recorded`,
    checkFirst: (checks: string) => `. Check first: ${checks}`,
    nameTheLevel: (levels: string) => `name the level in the order (${levels})`,
  },

  heading: {
    decides: 'What would decide',
    check: 'Check',
    found: (where: string) => `Found at ${where}`,
    foundInPatient: 'Found in the patient',
    why: 'Why',
    alternatives: 'Alternatives',
    scores: 'Scores counted from these findings',
    risks: 'Risks',
    evidence: 'Evidence, and where it disagrees',
    afterCare: 'After-care',
    ordered: 'Ordered already',
    suggested: 'Suggested; this EHR cannot place it from a card',
    sitePolicy: "This site's policy, in force instead of what is published",
    leftOut: 'Not used or not looked at',
    notUsed: 'Not used',
  },
  unnamedVertebra: 'a vertebra not named',
  missing: (names: string) => `Missing: ${names}.`,
  ifThen: (conditions: string, outcome: string, rule: string) =>
    `If ${conditions}: ${outcome} (row ${rule}).`,
  ageUnknown: 'The age is not recorded: this advice is for adults.',
  denied:
    'The newest report that speaks of this vertebra says that it is not fractured: settle which is right.',
  unconfirmed: 'The diagnosis of the fracture is not confirmed: confirm it.',
  numbering: (quote: string) =>
    `A report makes the numbering of the vertebrae uncertain (${quote}): check the level.`,
  cementWithoutLevel: 'Earlier cement is recorded without its level: check which vertebra.',
  undated: (name: string) => `The ${name} is recorded without a date: is it current?`,
  stale: (name: string, date: string | undefined) =>
    `The ${name}${date === undefined ? '' : ` of ${date}`} does not count: too old or undated.`,
  row: (rule: string, condition: string, sources: string, unknown: number, of: number) =>
    `Row ${rule}, ${condition} (${sources}); ${unknown} of ${of} rows could not be judged.`,
  byTheArticle:
    "The choice of technique follows one neurosurgeon's article; thresholds it leaves open are this project's policy.",
  footer: (rules: string, version: string, date: string) =>
    `Rule ${rules}, knowledge version ${version}, judged on ${date}. Supports clinical judgement, does not replace it.`,
  changedPolicy: (name: PolicyName, value: string, published: string) =>
    `${name}: ${value} here, ${published} as published.`,
  notOffered: (technique: string) =>
    `${technique} is not offered at this site: refer to a centre that offers it, or weigh the alternative.`,
  standing: (order: string, where: string, date: string) => `${order}${where}, ordered ${date}.`,

  contradict: 'sources contradict each other',
  undatedSource: 'undated',
  notFinal: 'not final',
  derived: (why: string) => why,

  unread: (reports: string) =>
    `The text of ${reports} could not be read (a PDF, an image, a link, or too long).`,
  more: (count: number) => `and ${count} more`,
  imagesThemselves: 'Images themselves, and notes outside the resources named here.',
  notRead: (name: string, why: string) => `${name}: not read (${why}).`,
  notAllRead: (name: string) => `${name}: not all of it could be read.`,

  score: (name: string, points: string, reading: string) => `${name}: ${points} points${reading}`,
  scoreReads: (reading: string) => `, ${reading}`,
  scoreUncounted: (name: string, parameter: string) => `${name} score: not counted, ${parameter} not known`,
  scoreUnknownAsZero: (points: number) =>
    ` (${points} with what is unknown counted as 0, as its card prescribes)`,
  scoreItems: (items: string) => `: ${items}`,
  scoreMissing: (names: string) => `; to complete it: ${names}`,
  scoreNames: { OF: 'OF score (not validated, says its own card)', SINS: 'SINS', TLICS: 'TLICS' },

  cementOrdered: (where: string) => `Cement ordered${where}`,
  at: (levels: string) => ` at ${levels}`,
  noFracture: 'no thoracic or lumbar fracture is in the data read. Check patient and level.',
  but: (what: string, rest: string) => `${what}, but ${rest}`,
  noFractureDetail:
    'No diagnosis and no imaging finding of a thoracic or lumbar vertebral fracture was found for this patient.',
  fractureElsewhere: (where: string) => `the fracture recorded is at ${where}. Check the level.`,
  orderNames: (names: string, levels: string) =>
    `The order names ${names}; fractures are recorded at ${levels}.`,
  thoracicSpine: 'the thoracic spine',
  lumbarSpine: 'the lumbar spine',
  strangers: 'Data of another patient came with this call. It was not used; no advice was based on it.',
  strangersDetail:
    'The EHR sent resources that belong to another patient. Please report this to the EHR team.',

  takeBack: (order: string) => `Take back the draft ${order} order`,
  takeBackCement: 'Take back the draft cement order',
  order: (what: string) => `Order ${what}`,
  replaceBy: (what: string) => `Replace the draft by ${what}`,
  refer: (urgent: boolean) => `Refer: ${urgent ? 'urgent ' : ''}spine surgery referral`,
  replaceByReferral: (urgent: boolean) =>
    `Replace the draft cement order by ${urgent ? 'an urgent' : 'a'} spine surgery referral`,
  referAction: 'Refer to spine surgery',
  referToCentre: (technique: string) => `Refer to a centre that offers ${technique}`,
  referralText: 'Referral to spine surgery',
  referralFor: (technique: string) => `Referral to spine surgery: ${technique} not offered here`,
  procedureText: { kyphoplasty: 'Balloon kyphoplasty', vertebroplasty: 'Vertebroplasty' },
  techniques: { kyphoplasty: 'kyphoplasty', vertebroplasty: 'vertebroplasty' },
  mri: 'Order MRI of the spine with STIR',
  mriText: {
    thoracic: 'MRI thoracic spine without contrast, with STIR',
    lumbar: 'MRI lumbar spine without contrast, with STIR',
    spine: 'MRI spine without contrast, with STIR',
  },
  examination: 'Ask for a neurological examination',
  examinationText: 'Neurological examination: legs, sensation, bladder and bowel',

  openReview: 'Open the fracture review',
  whyRow: (rule: string) => `Row ${rule}: what it says, and by whom`,

  sourceLabel: 'Vertebral fracture decision support',
};

/** What every language must say. */
export type Texts = typeof en;
