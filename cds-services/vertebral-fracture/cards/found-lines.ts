/** What was found, as lines for the card: value, conflict, source and date. */
import type { Evidence, Finding, FindingName } from '../findings/finding.js';
import type { Interval } from '../findings/interval.js';
import { quoted } from './markdown.js';
import { type Texts, textsIn } from './texts/texts.js';
import { capitalised, valueText } from './wording.js';

type AnyFinding = Finding<boolean | string | Interval>;

/** A line for each finding: its value, and where it comes from. */
export function findingLines(
  findings: Readonly<Partial<Record<FindingName, AnyFinding>>>,
  t: Texts,
): readonly string[] {
  return (Object.entries(findings) as [FindingName, AnyFinding][]).map(([name, finding]) => {
    const value = valueText(name, finding, t);
    // Records speak English codes: what a quote adds is judged by the English value, in every language.
    const plain = valueText(name, finding, textsIn('en'));
    const conflict = finding.conflict === true ? ` **${t.contradict}**` : '';
    const sources = new Set(
      finding.evidence.map((one, index) => source(one, plain, finding.evidence[index - 1], t)),
    );
    return `${capitalised(t.findings[name])}: ${value}${conflict} (${[...sources].join('; ')})`;
  });
}

/** Where a value comes from; its own words only where they say more than the value, a conclusion's reason once. */
function source(evidence: Evidence, value: string, before: Evidence | undefined, t: Texts): string {
  const { resource, date, derived, status } = evidence;
  return [
    derived === undefined || derived === before?.derived ? undefined : t.derived(derived),
    tellingWords(evidence, value),
    quoted(resource),
    date === undefined ? t.undatedSource : quoted(date.slice(0, 10)),
    status === undefined ? undefined : t.notFinal,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

const NUMBER_WITH_UNIT = /^[\d.]+(?:\s\S*|[^\s\d.]\S*)?$/;

function tellingWords({ quote, date, derived }: Evidence, value: string): string | undefined {
  if (quote === undefined || derived !== undefined || quote === date) return undefined;
  const isSameNumber = NUMBER_WITH_UNIT.test(quote) && Number.parseFloat(quote) === Number.parseFloat(value);
  return isSameNumber || value.startsWith(quote) ? undefined : quoted(quote);
}
