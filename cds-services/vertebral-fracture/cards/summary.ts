/**
 * The one sentence a tired clinician reads: where, what, and the findings that say so.
 * Dangers are worded as a finding and what the sources advise, not as an order (clinical.md 7.1).
 */
import type { FractureAssessment } from '../decision/assess.js';
import { isAugmentation } from '../decision/outcome.js';
import type { PatientFindings } from '../findings/finding.js';
import { assumptionText, keyFindings, outcomeName, reasonOf, toConfirm, whereText } from './wording.js';

/** The standard wants fewer than 140 characters. */
const LONGEST = 139;

/** @param group fractures that share an outcome, the most urgent first */
export function summaryOf(
  group: readonly [FractureAssessment, ...FractureAssessment[]],
  patient: PatientFindings,
): string {
  const [first] = group;
  const where = whereText(group.map(({ fracture }) => fracture));
  if (first.outcome === 'insufficient-data') return missingSummary(where, first, patient);
  const head = `${where}: ${outcomeName(first.outcome)}`;
  const reason = reasonOf(first.rule);
  if (first.outcome === 'surgical-referral' && reason !== undefined) {
    return shortened(`${where}: ${reason}; sources advise spine surgery referral`);
  }
  if (reason !== undefined) return fitted(head, [reason], '; ');
  const common =
    group.length === 1 ? keyFindings(first.fracture.findings, patient) : keyFindings({}, patient);
  return fitted(head, common, ', ');
}

/** "L1: if neurologically intact, kyphoplasty favoured (40 % height loss, pain 8/10). Confirm: neurological examination" */
function missingSummary(where: string, first: FractureAssessment, patient: PatientFindings): string {
  const hope = first.ifConfirmed.find(({ outcome }) => isAugmentation(outcome));
  const asked = first.missing.filter((name) => name !== 'heightLossPercent').map(toConfirm);
  const confirm = `. Confirm: ${asked.join(', ')}`;
  if (hope === undefined) return shortened(`${where}: not enough recorded to advise${confirm}`);
  const conditions = Object.entries(hope.assume).map(([name, value]) => assumptionText(name, value));
  const known = ` (${keyFindings(first.fracture.findings, patient).join(', ')})`;
  const favoured = outcomeName(hope.outcome);
  const candidates = [
    `${where}: if ${listed(conditions)}, ${favoured}${known}${confirm}`,
    `${where}: if ${listed(conditions)}, ${favoured}${confirm}`,
    ...(asked.length <= 3 ? [`${where}: ${favoured} possible${confirm}`] : []),
    `${where}: not enough recorded to advise${confirm}`,
  ];
  return candidates.find((text) => text.length <= LONGEST) ?? shortened(candidates.at(-1) ?? where);
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
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
