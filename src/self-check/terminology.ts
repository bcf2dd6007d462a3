/** Does the terminology server give what value sets are to be extended by, and does it know the shipped codes? */
import type { ExtensionReport } from '../terminology/extend-value-sets.js';
import type { Code, CodeCheck, TerminologyFailure } from '../terminology/terminology-server.js';
import { inWords, type Verdict } from './verdict.js';

/** What a start would find, a line for each extension. A server that is down is no problem: the start goes on. */
export function extensionVerdicts(reports: readonly ExtensionReport[]): readonly Verdict[] {
  return reports.map((report, index) => ({
    verdict: report.reason === undefined ? 'ok' : 'warning',
    subject: `valueSetExtensions[${index}]`,
    text: `${report.valueSet} ${sentence(report)}`,
  }));
}

/** What became of one extension, in words that go on from the name of the set. */
export function sentence({ from, codes, fetchedAt, reason }: ExtensionReport): string {
  const why = reason === undefined ? '' : `: the terminology server gave nothing (${failureInWords(reason)})`;
  const day = fetchedAt?.toISOString().slice(0, 10) ?? '';
  switch (from) {
    case 'server':
      return `is extended by ${codesOf(codes)} of the terminology server`;
    case 'cache':
      return `is extended by ${codesOf(codes)} kept since ${day}${why}`;
    case 'shipped':
      return `stays as shipped${why}`;
    default:
      return from satisfies never;
  }
}

function codesOf(count: number): string {
  return count === 1 ? '1 code' : `${count} codes`;
}

function failureInWords(reason: TerminologyFailure): string {
  switch (reason) {
    case 'refused':
      return 'it answered with an error: does it know the value set?';
    case 'not-an-expansion':
      return 'its answer is no expansion of a value set';
    case 'incomplete':
      return 'it sent fewer codes than it said there are';
    case 'too-many-codes':
      return 'the value set has more codes than are taken';
    default:
      return inWords(reason);
  }
}

const atOnce = 4;
const shownCodes = 5;

/** Asks about each shipped code of a set. `check` gives `no-answer` once its time is over. */
export async function shippedCodesVerdict(
  subject: string,
  valueSet: string,
  codes: readonly Code[],
  check: (code: Code) => Promise<CodeCheck>,
): Promise<Verdict> {
  const results = new Map<Code, CodeCheck>();
  const waiting = [...codes];
  const work = async () => {
    for (let code = waiting.shift(); code !== undefined; code = waiting.shift())
      results.set(code, await check(code));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const having = (wanted: CodeCheck) => codes.filter((code) => results.get(code) === wanted);
  const unknown = having('unknown');
  const silent = having('no-answer').length;
  const names = unknown.slice(0, shownCodes).map(({ system, code }) => `${system}|${code}`);
  const parts = [
    `${valueSet}: the server knows ${having('known').length} of ${codes.length} shipped codes`,
    ...(unknown.length === 0 ? [] : [`not ${names.join(', ')}${unknown.length > shownCodes ? ', …' : ''}`]),
    ...(silent === 0 ? [] : [`no answer about ${silent}`]),
  ];
  const isWell = unknown.length === 0 && silent === 0;
  return { verdict: isWell ? 'ok' : 'warning', subject, text: parts.join('; ') };
}
