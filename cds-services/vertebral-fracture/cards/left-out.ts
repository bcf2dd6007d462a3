/** What the advice was not made from, as lines for the card. */
import type { NotUsedReason, RecordFindings } from '../findings/finding.js';
import { quoted } from './markdown.js';
import type { Texts } from './texts/texts.js';

const MOST_NAMED = 5;

/** Resources left out, by reason; reports whose text was not read; data that could not be had. */
export function notLookedAt(record: RecordFindings, gaps: readonly string[], t: Texts): readonly string[] {
  const reasons = new Map<NotUsedReason, string[]>();
  for (const { resource, reason } of record.notUsed) {
    reasons.set(reason, [...(reasons.get(reason) ?? []), resource]);
  }
  return [
    ...[...reasons].map(([reason, resources]) => {
      const more = resources.length > MOST_NAMED ? ` ${t.more(resources.length - MOST_NAMED)}` : '';
      return `${t.notUsed[reason]}: ${named(resources)}${more}.`;
    }),
    ...(record.unreadReports.length === 0 ? [] : [t.unread(named(record.unreadReports))]),
    ...gaps,
    t.imagesThemselves,
  ];
}

function named(resources: readonly string[]): string {
  return resources.slice(0, MOST_NAMED).map(quoted).join(', ');
}
