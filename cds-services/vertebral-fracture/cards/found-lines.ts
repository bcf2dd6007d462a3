/** What was found, as lines for the card: value, conflict, source and date. */
import type { Evidence, Finding, FindingName } from '../findings/finding.js';
import type { Interval } from '../findings/interval.js';
import { quoted } from './markdown.js';
import { capitalised, findingName, valueText } from './wording.js';

type AnyFinding = Finding<boolean | string | Interval>;

/** A line for each finding: its value, and where it comes from. */
export function findingLines(
  findings: Readonly<Partial<Record<FindingName, AnyFinding>>>,
): readonly string[] {
  return (Object.entries(findings) as [FindingName, AnyFinding][]).map(([name, finding]) => {
    const value = valueText(name, finding);
    const conflict = finding.conflict === true ? ' **sources contradict each other**' : '';
    const sources = new Set(finding.evidence.map((one) => source(one, value)));
    return `${capitalised(findingName(name))}: ${value}${conflict} (${[...sources].join('; ')})`;
  });
}

/** Where a value comes from; its own words only where they say more than the value. */
function source({ resource, date, quote, derived, status }: Evidence, value: string): string {
  const isTelling =
    quote !== undefined && derived === undefined && !value.startsWith(quote) && quote !== date;
  return [
    derived,
    isTelling ? quoted(quote) : undefined,
    quoted(resource),
    date === undefined ? 'undated' : quoted(date.slice(0, 10)),
    status === undefined ? undefined : 'not final',
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}
