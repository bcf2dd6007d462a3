/** What the advice was not made from, as lines for the card. */
import type { NotUsedReason, RecordFindings } from '../findings/finding.js';
import { quoted } from './markdown.js';

/** Resources left out, by reason; reports whose text was not read; data that could not be had. */
export function notLookedAt(record: RecordFindings, gaps: readonly string[]): readonly string[] {
  const reasons = new Map<NotUsedReason, string[]>();
  for (const { resource, reason } of record.notUsed) {
    reasons.set(reason, [...(reasons.get(reason) ?? []), resource]);
  }
  return [
    ...[...reasons].map(
      ([reason, resources]) =>
        `${NOT_USED[reason]}: ${resources.slice(0, 5).map(quoted).join(', ')}${resources.length > 5 ? ` and ${resources.length - 5} more` : ''}.`,
    ),
    ...(record.unreadReports.length === 0
      ? []
      : [
          `The text of ${record.unreadReports.slice(0, 5).map(quoted).join(', ')} could not be read (a PDF, an image, a link, or too long).`,
        ]),
    ...gaps,
    'Images themselves, and notes outside the resources named here.',
  ];
}

const NOT_USED: Readonly<Record<NotUsedReason, string>> = {
  'other-patient': 'Not used, it belongs to another patient',
  'no-patient': 'Not used, it names no patient',
  'entered-in-error': 'Not used, entered in error',
  refuted: 'Not used, refuted',
  cancelled: 'Not used, cancelled or not done',
  future: 'Not used, dated in the future',
  malformed: 'Not used, not formed as FHIR R4 wants it',
  'ambiguous-vertebra': 'Not used, it names no single vertebra',
};
