/** The body of a card: what was found, why this advice, what is missing, what else, and what was not looked at. */
import type { Assessment, FractureAssessment } from '../decision/assess.js';
import type { IfConfirmed } from '../decision/if-confirmed.js';
import { isAugmentation } from '../decision/outcome.js';
import type { RecordFindings } from '../findings/finding.js';
import { evidenceIn } from '../knowledge.js';
import { knowledgeVersion } from '../policy.js';
import { shortKnowledgeHash } from '../versions/knowledge-hash.js';
import type { CardContext } from './card-draft.js';
import { findingLines } from './found-lines.js';
import { notLookedAt } from './left-out.js';
import { quoted, section } from './markdown.js';
import { scoreLines } from './score-lines.js';
import { sitePolicyLines, standingLines } from './site-lines.js';
import type { NotedName } from './texts/en.js';
import type { Texts } from './texts/texts.js';
import { assumptionText, capitalised, toConfirm, whereText } from './wording.js';

type Group = readonly [FractureAssessment, ...FractureAssessment[]];

/** GitHub-flavoured Markdown without HTML. */
export function detailOf(group: Group, assessment: Assessment, context: CardContext): string {
  const [first] = group;
  const { record } = assessment;
  const { texts: t } = context;
  const parts = [
    perLevel(group, t, (one) => [adviceOf(one, t)]).join('\n\n'),
    ...section(
      t.heading.decides,
      perLevel(group, t, (one) => whatWouldDecide(one, t)),
    ),
    ...section(t.heading.check, checks(group, record, t)),
    ...section(t.heading.ordered, standingLines(group, context)),
    ...group.flatMap((one) =>
      section(t.heading.found(foundAt(one, t)), findingLines(one.fracture.findings, t)),
    ),
    ...section(t.heading.foundInPatient, findingLines(record.patientFindings, t)),
    ...section(
      t.heading.why,
      perLevel(group, t, (one) => why(one, t)),
    ),
    ...section(
      t.heading.alternatives,
      first.alternatives.map(({ id, outcome }) => `${t.outcomeLabels[outcome]}: ${t.alternatives[id]}`),
    ),
    ...section(
      t.heading.scores,
      perLevel(group, t, ({ scores }) => scoreLines(scores, t)),
    ),
    ...section(t.heading.risks, isAugmentation(first.outcome) ? [evidenceIn(t.language).risks] : []),
    ...section(t.heading.evidence, evidenceLines(first, t)),
    ...section(t.heading.afterCare, afterCare(first, record, assessment.policy.boneDensityWithinDays, t)),
    ...section(t.heading.sitePolicy, sitePolicyLines(first, context)),
    ...section(t.heading.leftOut, notLookedAt(record, context.gaps, t)),
    t.footer(
      [...new Set(group.map(({ rule }) => rule))].join(', '),
      `${knowledgeVersion} (${shortKnowledgeHash})`,
      record.asOf,
    ),
  ];
  return parts.join('\n\n');
}

function adviceOf({ rule, asksForEarlyOpinion }: FractureAssessment, t: Texts): string {
  const advice = t.rowAdvice(rule);
  return asksForEarlyOpinion ? `${advice} ${t.earlyOpinion}` : advice;
}

/** Lines about each fracture; what is the same for several is said once, with their levels where they differ. */
function perLevel(
  group: readonly FractureAssessment[],
  t: Texts,
  linesOf: (assessed: FractureAssessment) => readonly string[],
): readonly string[] {
  const levels = new Map<string, FractureAssessment[]>();
  for (const one of group) {
    for (const line of linesOf(one)) levels.set(line, [...(levels.get(line) ?? []), one]);
  }
  return [...levels].map(([line, about]) =>
    about.length === group.length
      ? line
      : `${whereText(
          about.map(({ fracture }) => fracture),
          t,
        )}: ${line}`,
  );
}

function foundAt({ fracture }: FractureAssessment, t: Texts): string {
  return fracture.levels.length === 0 ? t.unnamedVertebra : fracture.levels.join(` ${t.or} `);
}

/** More answers than this are not read. */
const MOST_ANSWERS = 6;

function whatWouldDecide({ ifConfirmed, missing }: FractureAssessment, t: Texts): readonly string[] {
  if (missing.length === 0) return [];
  return [
    t.missing(missing.map((name) => toConfirm(name, t)).join('; ')),
    ...ifConfirmed.slice(0, MOST_ANSWERS).map((one) => confirmed(one, t)),
  ];
}

function confirmed({ assume, outcome, rule }: IfConfirmed, t: Texts): string {
  const conditions = Object.entries(assume).map(([name, value]) => assumptionText(name, value, t));
  return t.ifThen(conditions.join(', '), t.outcomes[outcome], rule);
}

/** What to check before cement matters only where cement is not ruled out. */
function isCementPossible(group: readonly FractureAssessment[]): boolean {
  return group.some(
    ({ outcome }) =>
      isAugmentation(outcome) || outcome === 'insufficient-data' || outcome === 'specialist-review',
  );
}

/** Warnings, and what is not recorded or stated, of a group of fractures. */
export function checks(
  group: readonly FractureAssessment[],
  record: RecordFindings,
  t: Texts,
): readonly string[] {
  const warnings = isCementPossible(group) ? group.flatMap((one) => one.warnings) : [];
  const lines = new Set(warnings.map(({ rule }) => t.warning(rule)));
  const notes = group.flatMap((one) => one.notes);
  for (const action of ['examine', 'check', 'exclude-on-ct'] as const) {
    const noted = notes.filter((note) => note.action === action).map(({ finding }) => finding as NotedName);
    const subjects = new Set(noted.map((name) => t.noteSubjects[name]));
    if (subjects.size > 0) lines.add(t.note[action]([...subjects].join(', ')));
  }
  if (record.patient.ageYears === undefined) lines.add(t.ageUnknown);
  if (group.some(({ fracture }) => fracture.deniedByReport)) lines.add(t.denied);
  else if (group.some(({ fracture }) => fracture.unconfirmed)) lines.add(t.unconfirmed);
  const [numbering] = record.numberingUncertain;
  if (numbering?.quote !== undefined) lines.add(t.numbering(quoted(numbering.quote)));
  if (record.augmentationWithoutLevel) lines.add(t.cementWithoutLevel);
  for (const name of record.undated) lines.add(t.undated(t.findings[name]));
  for (const { finding, date } of record.stale) {
    lines.add(t.stale(t.findings[finding], date === undefined ? undefined : quoted(date.slice(0, 10))));
  }
  return [...lines];
}

function why(
  { rule, outcome, sources, trace, conclusions }: FractureAssessment,
  t: Texts,
): readonly string[] {
  const unknown = trace.filter(({ result }) => result === 'unknown').length;
  const { sourceNames } = evidenceIn(t.language);
  const names = new Set(sources.map((source) => sourceNames[source] ?? source));
  return [
    t.row(rule, t.rowCondition(rule), [...names].join('; '), unknown, trace.length),
    // What calls for cement needs no explanation where something else forbids it.
    ...(isAugmentation(outcome) ? conclusions : []).map(
      ({ name, because }) => `${t.conclusions[name]}: ${because.map(t.ground).join('; ')}.`,
    ),
  ];
}

/** Evidence for the outcome, and the dissent about it or about the very row. */
export function evidenceLines({ outcome, rule }: FractureAssessment, t: Texts): readonly string[] {
  const evidence = evidenceIn(t.language);
  const outcomes =
    outcome === 'kyphoplasty-or-vertebroplasty' ? ['kyphoplasty', 'vertebroplasty'] : [outcome];
  const lines = [...outcomes, rule].flatMap((key) => [
    ...(evidence.for[key] ?? []),
    ...(evidence.dissent[key] ?? []),
  ]);
  return [...(isAugmentation(outcome) ? [t.byTheArticle] : []), ...new Set(lines)];
}

/** What to do besides, for an osteoporotic fracture or one whose cause is not known. */
export function afterCare(
  { outcome, fracture }: FractureAssessment,
  { patientFindings, daysSinceBoneDensity }: RecordFindings,
  densityWithinDays: number,
  t: Texts,
): readonly string[] {
  const isFor = isAugmentation(outcome) || outcome === 'medical-management';
  const cause = fracture.findings.aetiology?.value;
  if (!isFor || (cause !== 'osteoporotic' && cause !== undefined)) return [];
  const { boneDensity, boneAgent, visit } = evidenceIn(t.language).afterCare;
  return [
    ...(daysSinceBoneDensity === undefined || daysSinceBoneDensity > densityWithinDays ? [boneDensity] : []),
    ...(patientFindings.boneAgent?.value === true ? [] : [boneAgent]),
    visit,
  ];
}

/** The advice as plain lines, for what the client would not carry out from a button. */
export function suggestedSection(labels: readonly string[], t: Texts): readonly string[] {
  return section(t.heading.suggested, labels.map(capitalised));
}
