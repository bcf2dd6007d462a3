/**
 * The one sentence a tired clinician reads: where, what, and the findings that say so.
 * Dangers are worded as a finding and what the sources advise, not as an order (clinical.md 7.1).
 */
import type { FractureAssessment } from '../decision/assess.js';
import { isAugmentation } from '../decision/outcome.js';
import type { RowId } from '../decision/row.js';
import type { PatientFindings } from '../findings/finding.js';
import type { ToldRow } from './texts/en.js';
import type { Texts } from './texts/texts.js';
import { assumptionText, keyFindings, listed, toConfirm, whereText } from './wording.js';

/** The standard wants fewer than 140 characters. */
const LONGEST = 139;

type Group = readonly [FractureAssessment, ...FractureAssessment[]];

/**
 * @param group fractures that share an outcome, the most urgent first
 * @param patient findings of the patient
 */
export function summaryOf(group: Group, patient: PatientFindings, t: Texts): string {
  const [first] = group;
  const where = whereText(
    group.map(({ fracture }) => fracture),
    t,
  );
  if (first.outcome === 'insufficient-data') return missingSummary(where, first, patient, t);
  const head = `${where}: ${t.outcomes[first.outcome]}`;
  const reason = reasonOf(first.rule, t);
  if (first.outcome === 'surgical-referral' && reason !== undefined) {
    return shortened(t.summary.referral(where, reason));
  }
  if (reason !== undefined) return fitted(head, [reason], '; ');
  const common =
    group.length === 1 ? keyFindings(first.fracture.findings, patient, t) : keyFindings({}, patient, t);
  return fitted(head, common, ', ');
}

function reasonOf(rule: RowId, t: Texts): string | undefined {
  return rule in t.reasons ? t.reasons[rule as ToldRow] : undefined;
}

/** An order that agrees with the assessment: only what to look at before it is carried out. */
export function agreementSummary(group: Group, order: string, checks: readonly string[], t: Texts): string {
  const where = whereText(
    group.map(({ fracture }) => fracture),
    t,
  );
  const agrees = t.summary.agrees(where, order);
  const [first] = checks;
  if (first === undefined) return shortened(agrees);
  const all = `${agrees}${t.summary.checkFirst(checks.join(', '))}`;
  return all.length <= LONGEST ? all : shortened(`${agrees}${t.summary.checkFirst(first)}`);
}

/** "L1: if neurologically intact, kyphoplasty favoured (40 % height loss, pain 8/10). Confirm: neurological examination" */
function missingSummary(
  where: string,
  first: FractureAssessment,
  patient: PatientFindings,
  t: Texts,
): string {
  const hope = first.ifConfirmed.find(({ outcome }) => isAugmentation(outcome));
  const asked = first.missing
    .filter((name) => name !== 'heightLossPercent')
    .map((name) => toConfirm(name, t));
  const confirm = t.summary.confirm(asked.join(', '));
  const notEnough = `${t.summary.notEnough(where)}${confirm}`;
  if (hope === undefined) return shortened(notEnough);
  const conditions = listed(
    Object.entries(hope.assume).map(([name, value]) => assumptionText(name, value, t)),
    t,
  );
  const known = ` (${keyFindings(first.fracture.findings, patient, t).join(', ')})`;
  const favoured = t.outcomes[hope.outcome];
  const told = t.summary.ifConfirmed(where, conditions, favoured);
  const candidates = [
    `${told}${known}${confirm}`,
    `${told}${confirm}`,
    ...(asked.length <= 3 ? [`${t.summary.possible(where, favoured)}${confirm}`] : []),
    notEnough,
  ];
  return candidates.find((text) => text.length <= LONGEST) ?? shortened(candidates.at(-1) ?? where);
}

/** The head with as many of the parts as fit; a single part that is too long is cut at a word. */
function fitted(head: string, parts: readonly string[], separator: string): string {
  let text = shortened(head);
  for (const [index, part] of parts.entries()) {
    const next = `${text}${index === 0 ? ': ' : separator}${part}`;
    if (next.length > LONGEST) return index === 0 ? shortened(next) : text;
    text = next;
  }
  return text;
}

/** The text within the limit of the standard, cut at a word. */
export function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const room = text.slice(0, LONGEST - 1);
  return `${room.slice(0, Math.max(room.lastIndexOf(' '), LONGEST - 30)).trimEnd()}…`;
}
