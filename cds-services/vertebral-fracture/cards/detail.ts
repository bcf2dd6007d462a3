/** The body of a card: what was found, why this advice, what is missing, what else, and what was not looked at. */
import type { Assessment, FractureAssessment } from '../decision/assess.js';
import { decisionTable } from '../decision/decide.js';
import { noteText } from '../decision/missing-facts.js';
import type { IfConfirmed } from '../decision/if-confirmed.js';
import { isAugmentation, type Outcome } from '../decision/outcome.js';
import type { RecordFindings } from '../findings/finding.js';
import { evidence } from '../knowledge.js';
import { knowledgeVersion } from '../policy.js';
import { findingLines } from './found-lines.js';
import { notLookedAt } from './left-out.js';
import { quoted, section } from './markdown.js';
import { assumptionText, capitalised, findingName, outcomeName, toConfirm, whereText } from './wording.js';

/** What the detail needs besides the assessment. */
export interface DetailContext {
  /** Sentences about data that could not be read. */
  readonly gaps: readonly string[];
  /** Thresholds the site has changed. */
  readonly changedPolicy: readonly string[];
}

/** GitHub-flavoured Markdown without HTML. */
export function detailOf(
  group: readonly [FractureAssessment, ...FractureAssessment[]],
  assessment: Assessment,
  context: DetailContext,
): string {
  const [first] = group;
  const { record } = assessment;
  const parts = [
    perLevel(group, ({ advice }) => [advice]).join('\n\n'),
    ...section('What would decide', perLevel(group, whatWouldDecide)),
    ...section('Check', checks(group, record)),
    ...group.flatMap((one) => section(`Found at ${foundAt(one)}`, findingLines(one.fracture.findings))),
    ...section('Found in the patient', findingLines(record.patientFindings)),
    ...section('Why', perLevel(group, why)),
    ...section(
      'Alternatives',
      first.alternatives.map(({ outcome, why: reason }) => `${outcomeLabel(outcome)}: ${reason}`),
    ),
    ...section('Risks', isAugmentation(first.outcome) ? [evidence.risks] : []),
    ...section('Evidence, and where it disagrees', evidenceLines(first)),
    ...section('After-care', afterCare(first, record, assessment.policy.boneDensityWithinDays)),
    ...section('Not used or not looked at', notLookedAt(record, context.gaps)),
    footer(group, record, context.changedPolicy),
  ];
  return parts.join('\n\n');
}

/** Lines about each fracture; what is the same for several is said once, with their levels where they differ. */
function perLevel(
  group: readonly FractureAssessment[],
  linesOf: (assessed: FractureAssessment) => readonly string[],
): readonly string[] {
  const levels = new Map<string, FractureAssessment[]>();
  for (const one of group) {
    for (const line of linesOf(one)) levels.set(line, [...(levels.get(line) ?? []), one]);
  }
  return [...levels].map(([line, about]) =>
    about.length === group.length ? line : `${whereText(about.map(({ fracture }) => fracture))}: ${line}`,
  );
}

function foundAt({ fracture }: FractureAssessment): string {
  return fracture.levels.length === 0 ? 'a vertebra not named' : fracture.levels.join(' or ');
}

function outcomeLabel(outcome: Outcome): string {
  return capitalised(outcome.replaceAll('-', ' '));
}

/** More answers than this are not read. */
const MOST_ANSWERS = 6;

function whatWouldDecide({ ifConfirmed, missing }: FractureAssessment): readonly string[] {
  if (missing.length === 0) return [];
  return [
    `Missing: ${missing.map(toConfirm).join('; ')}.`,
    ...ifConfirmed.slice(0, MOST_ANSWERS).map(confirmed),
  ];
}

function confirmed({ assume, outcome, rule }: IfConfirmed): string {
  const conditions = Object.entries(assume).map(([name, value]) => assumptionText(name, value));
  return `If ${conditions.join(', ')}: ${outcomeName(outcome)} (row ${rule}).`;
}

/** What to check before cement matters only where cement is not ruled out. */
function isCementPossible(group: readonly FractureAssessment[]): boolean {
  return group.some(
    ({ outcome }) =>
      isAugmentation(outcome) || outcome === 'insufficient-data' || outcome === 'specialist-review',
  );
}

function checks(group: readonly FractureAssessment[], record: RecordFindings): readonly string[] {
  const lines = new Set(
    isCementPossible(group) ? group.flatMap(({ warnings }) => warnings).map(({ text }) => text) : [],
  );
  const notes = group.flatMap((one) => one.notes);
  for (const action of ['examine', 'check', 'exclude-on-ct'] as const) {
    const subjects = new Set(notes.filter((note) => note.action === action).map(({ subject }) => subject));
    if (subjects.size > 0) lines.add(noteText(action, [...subjects]));
  }
  if (record.patient.ageYears === undefined) lines.add('The age is not recorded: this advice is for adults.');
  if (group.some(({ fracture }) => fracture.deniedByReport)) {
    lines.add(
      'The newest report that speaks of this vertebra says that it is not fractured: settle which is right.',
    );
  } else if (group.some(({ fracture }) => fracture.unconfirmed)) {
    lines.add('The diagnosis of the fracture is not confirmed: confirm it.');
  }
  const [numbering] = record.numberingUncertain;
  if (numbering?.quote !== undefined) {
    lines.add(
      `A report makes the numbering of the vertebrae uncertain (${quoted(numbering.quote)}): check the level.`,
    );
  }
  if (record.augmentationWithoutLevel)
    lines.add('Earlier cement is recorded without its level: check which vertebra.');
  for (const name of record.undated)
    lines.add(`The ${findingName(name)} is recorded without a date: is it current?`);
  for (const { finding, date } of record.stale) {
    lines.add(
      `The ${findingName(finding)}${date === undefined ? '' : ` of ${quoted(date.slice(0, 10))}`} does not count: too old or undated.`,
    );
  }
  return [...lines];
}

function why({ rule, outcome, sources, trace, conclusions }: FractureAssessment): readonly string[] {
  const row = decisionTable.find(({ id }) => id === rule);
  const unknown = trace.filter(({ result }) => result === 'unknown').length;
  const names = new Set(sources.map((source) => evidence.sourceNames[source] ?? source));
  return [
    `Row ${rule}, ${row?.condition ?? ''} (${[...names].join('; ')}); ${unknown} of ${trace.length} rows could not be judged.`,
    // What calls for cement needs no explanation where something else forbids it.
    ...(isAugmentation(outcome) ? conclusions : []).map(
      ({ name, because }) => `${CONCLUSIONS[name]}: ${because.join('; ')}.`,
    ),
  ];
}

const CONCLUSIONS: Readonly<Record<FractureAssessment['conclusions'][number]['name'], string>> = {
  painCriteria: 'Pain criteria met',
  riskOfFurtherCollapse: 'Risk of further collapse',
  severeDeformity: 'Severe deformity',
  kyphosis: 'Kyphosis',
};

/** Evidence for the outcome, and the dissent about it or about the very row. */
function evidenceLines({ outcome, rule }: FractureAssessment): readonly string[] {
  const outcomes =
    outcome === 'kyphoplasty-or-vertebroplasty' ? ['kyphoplasty', 'vertebroplasty'] : [outcome];
  const lines = [...outcomes, rule].flatMap((key) => [
    ...(evidence.for[key] ?? []),
    ...(evidence.dissent[key] ?? []),
  ]);
  const first = isAugmentation(outcome)
    ? [
        "The choice of technique follows one neurosurgeon's article; thresholds it leaves open are this project's policy.",
      ]
    : [];
  return [...first, ...new Set(lines)];
}

function afterCare(
  { outcome, fracture }: FractureAssessment,
  { patientFindings, daysSinceBoneDensity }: RecordFindings,
  densityWithinDays: number,
): readonly string[] {
  const isFor = isAugmentation(outcome) || outcome === 'medical-management';
  const cause = fracture.findings.aetiology?.value;
  if (!isFor || (cause !== 'osteoporotic' && cause !== undefined)) return [];
  const { boneDensity, boneAgent, visit } = evidence.afterCare;
  return [
    ...(daysSinceBoneDensity === undefined || daysSinceBoneDensity > densityWithinDays ? [boneDensity] : []),
    ...(patientFindings.boneAgent?.value === true ? [] : [boneAgent]),
    visit,
  ];
}

function footer(
  group: readonly FractureAssessment[],
  record: RecordFindings,
  changedPolicy: readonly string[],
): string {
  const rules = [...new Set(group.map(({ rule }) => rule))].join(', ');
  const policy =
    changedPolicy.length === 0
      ? ''
      : ` This site's own thresholds are in force for: ${changedPolicy.join(', ')}.`;
  return `Rule ${rules}, knowledge version ${knowledgeVersion}, judged on ${record.asOf}.${policy} Supports clinical judgement, does not replace it.`;
}
