/** Tiers 0 to 3 of the decision table: safety and eligibility (clinical.md 4.1). Order is knowledge. */
import type { Facts } from './facts.js';
import { blockingUnknowns } from './missing-facts.js';
import type { Row } from './row.js';
import { above, and, below, isNotEstablished, not, or, truth, type Truth } from './three-valued.js';

/** Dangers that end the search at once. */
export const tier0: readonly Row[] = [
  {
    id: '0.1',
    condition: 'neurological deficit',
    when: (f) => f.deficit,
    effect: { kind: 'decide', outcome: 'surgical-referral', indicator: 'critical' },
    advice:
      'A neurological deficit is recorded. The article and the guidelines advise urgent referral to spine surgery; cement is not advised.',
    sources: ['S9', 'G2', 'G14'],
  },
  {
    id: '0.2',
    condition: 'suspected neurological deficit',
    when: (f) => f.suspectedDeficit,
    effect: { kind: 'decide', outcome: 'surgical-referral', indicator: 'critical' },
    advice:
      'Signs that may come from the cord or cauda equina are recorded. Confirm the neurological examination now; cement is not advised until it is normal.',
    sources: ['S9'],
  },
  {
    id: '0.3',
    condition: 'metastatic fracture with high-grade epidural compression (ESCC 2 or 3)',
    when: (f) => and(f.malignant, f.highGradeCompression),
    effect: { kind: 'decide', outcome: 'surgical-referral', indicator: 'critical' },
    advice:
      'High-grade epidural compression by tumour is recorded. Sources advise spine surgery and radiation oncology together.',
    sources: ['G25', 'G26'],
  },
  {
    id: '0.4',
    condition: 'unstable fracture',
    when: (f) => f.unstable,
    effect: {
      kind: 'decide',
      outcome: 'surgical-referral',
      indicator: (f) => (f.deficit === 'unknown' ? 'critical' : 'warning'),
    },
    advice:
      'The fracture is unstable. The article advises neither cement procedure; sources advise spine surgery.',
    sources: ['S9', 'G21', 'G24', 'G27'],
  },
];

/** Reasons not to treat this fracture with cement at all, or not now. */
export const tier1: readonly Row[] = [
  {
    id: '1.1',
    condition: 'active systemic or spinal infection',
    when: (f) => f.infection,
    effect: { kind: 'decide', outcome: 'defer', indicator: 'critical' },
    advice:
      'An active infection is recorded: an absolute contraindication to cement. Treat it first; ask spine surgery and infectious diseases.',
    sources: ['G2', 'G6'],
  },
  {
    id: '1.2',
    condition: 'pregnancy',
    when: (f) => f.pregnant,
    effect: { kind: 'decide', outcome: 'defer', indicator: 'warning' },
    advice: 'Pregnancy is recorded: an absolute contraindication in the coverage rules.',
    sources: ['G2'],
  },
  {
    id: '1.3',
    condition: 'pain documented to come from elsewhere',
    when: (f) => f.painFromElsewhere,
    effect: { kind: 'decide', outcome: 'medical-management', indicator: 'warning' },
    advice: 'The pain is documented not to come from this fracture. Look for the other cause.',
    sources: ['G2', 'G11'],
  },
  {
    id: '1.4',
    condition: 'healed or chronic: no oedema on MRI, or the diagnosis is no longer active',
    when: (f) => f.healed,
    effect: { kind: 'decide', outcome: 'medical-management', indicator: 'info' },
    advice: 'The fracture is healed or chronic without oedema. Cement is not expected to help.',
    sources: ['G1', 'G14'],
  },
  {
    id: '1.5',
    condition: 'no relevant pain',
    when: (f) => f.asymptomatic,
    effect: { kind: 'decide', outcome: 'medical-management', indicator: 'info' },
    advice: 'The recorded pain is low. Both procedures are for severe pain.',
    sources: ['S2', 'G1'],
  },
  {
    id: '1.6',
    condition: 'under 18 years, or a cervical or sacral level',
    when: (f) => or(f.minor, truth(f.outsideScope)),
    effect: { kind: 'decide', outcome: 'not-applicable', indicator: 'info' },
    advice: 'Outside what this service advises on.',
    sources: ['S1', 'G1', 'G5'],
  },
  {
    id: '1.7',
    condition: 'earlier cement at the same level',
    when: (f) => f.priorAugmentation,
    effect: { kind: 'decide', outcome: 'specialist-review', indicator: 'warning' },
    advice: 'This level already holds cement. A repeat is a specialist decision.',
    sources: ['ADR 2'],
  },
];

/** Contraindications and risks, absolute and relative. */
export const tier2: readonly Row[] = [
  {
    id: '2.1',
    condition: 'uncorrected coagulopathy: INR above 1.8, platelets below 50, or a diagnosis',
    when: (f) => or(f.coagulopathy, f.inrTooHigh, f.plateletsTooLow),
    effect: { kind: 'decide', outcome: 'defer', indicator: 'warning' },
    advice:
      'Coagulation is impaired. Correct it first (SIR 2019: INR 1.5 to 1.8 at most, platelets 50 or more).',
    sources: ['G2', 'G19'],
  },
  {
    id: '2.2',
    condition: 'anticoagulant or antiplatelet agent, or INR 1.5 to 1.8',
    when: (f) => or(f.anticoagulated, f.inrBorderline),
    effect: { kind: 'warn', text: 'Anticoagulated or INR 1.5 to 1.8: manage peri-procedurally.' },
    sources: ['G19'],
  },
  {
    id: '2.3',
    condition: 'INR or platelets unknown or out of date',
    when: (f) => truth(!f.resultsKnown),
    effect: { kind: 'warn', text: 'INR or platelets not known or out of date: check before cement.' },
    sources: ['G19'],
  },
  {
    id: '2.4',
    condition: 'allergy to cement or contrast',
    when: (f) => f.cementAllergy,
    effect: { kind: 'decide', outcome: 'specialist-review', indicator: 'warning' },
    advice: 'An allergy to cement or contrast is recorded: a relative contraindication.',
    sources: ['G2'],
  },
  {
    id: '2.5',
    condition: 'retropulsion or canal compromise',
    when: (f) => or(f.retropulsion, f.canalCompromised),
    effect: { kind: 'decide', outcome: 'surgical-referral', indicator: 'warning' },
    advice:
      'Retropulsion or canal compromise is recorded: a relative contraindication. Ask spine surgery before any cement.',
    sources: ['G2', 'G15'],
  },
  {
    id: '2.6',
    condition: 'posterior wall disrupted without retropulsion',
    when: (f) => and(f.wallDisrupted, isNotEstablished(f.retropulsion)),
    effect: { kind: 'warn', text: 'Posterior wall disrupted: higher risk of cement leakage.' },
    sources: ['Perez 2021'],
  },
  {
    id: '2.7',
    condition: 'more than three fractured levels',
    when: (f) => truth(f.tooManyFractures),
    effect: { kind: 'decide', outcome: 'specialist-review', indicator: 'warning' },
    advice:
      'More than three levels are fractured: a relative contraindication for one procedure. Decide in a multidisciplinary team.',
    sources: ['G2'],
  },
  {
    id: '2.8',
    condition:
      'malignant fracture, potentially unstable (SINS 7 to 12), with the posterior wall involved, or with contradicting causes',
    when: (f) => and(f.malignant, or(f.sinsPotentiallyUnstable, f.wallDisrupted, f.malignantAmongMixed)),
    effect: { kind: 'decide', outcome: 'specialist-review', indicator: 'warning' },
    advice:
      'Malignant or possibly malignant fracture: decide together with spine surgery, oncology and radiotherapy.',
    sources: ['G24', 'G12', 'G15'],
  },
  {
    id: '2.9',
    condition: 'malignant fracture with everything favourable for cement',
    when: favourableMalignant,
    effect: { kind: 'decide', outcome: 'kyphoplasty-or-vertebroplasty', indicator: 'info' },
    advice:
      'Cement was rated appropriate in 88 % of such scenarios (NASS AUC, neoplastic). Ask radiation oncology as well.',
    sources: ['G15', 'G10'],
  },
];

function favourableMalignant(f: Facts): Truth {
  return and(
    f.malignant,
    not(f.malignantAmongMixed),
    not(f.deficit),
    not(f.highGradeCompression),
    f.stable,
    below(f.heightLoss, f.policy.malignantHeightLossBelow),
    not(f.wallDisrupted),
    above(f.pain, f.policy.malignantPainAbove),
    truth(blockingUnknowns(f).length === 0),
  );
}

/** Whether enough is known, and whether the pain calls for cement. */
export const tier3: readonly Row[] = [
  {
    id: '3.1',
    condition: 'a fact that decides is not known',
    when: (f) => truth(blockingUnknowns(f).length > 0),
    effect: { kind: 'decide', outcome: 'insufficient-data', indicator: 'info' },
    advice: 'Not enough is recorded to advise.',
    sources: ['S11', 'G1'],
  },
  {
    id: '3.2',
    condition: 'only the height loss is missing',
    when: (f) => and(truth(f.heightLoss === undefined), f.painCriteriaMet, isNotEstablished(f.burst)),
    effect: { kind: 'decide', outcome: 'kyphoplasty-or-vertebroplasty', indicator: 'info' },
    advice: 'Technique undecided: the height loss is missing.',
    sources: ['S3'],
  },
  {
    id: '3.3',
    condition: 'the pain criteria are known not to be met',
    when: (f) => not(f.painCriteriaMet),
    effect: { kind: 'decide', outcome: 'medical-management', indicator: 'info' },
    advice: 'Medical management first; re-assess in 2 to 4 weeks.',
    sources: ['S2', 'G5', 'G7', 'G11'],
  },
  {
    id: '3.4',
    condition: 'severe pain: in hospital 8 or more, else 5 or more despite medical therapy',
    when: (f) => f.painCriteriaMet,
    effect: { kind: 'go-on' },
    sources: ['G1', 'G16'],
  },
  {
    id: '3.5',
    condition: 'older than 12 weeks with oedema',
    when: (f) => and(f.olderThanTwelveWeeks, f.oedema),
    effect: { kind: 'warn', text: 'Older than the 12 weeks of the coverage rules; unhealed on MRI.' },
    sources: ['G1', 'G11'],
  },
];
