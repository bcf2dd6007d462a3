/** `npm run bench:reader`: how long the report reader takes, and that twice the text takes twice the time. Nothing is asserted. */
import { corpus } from '../test/support/report-corpus.js';
import type * as BuiltServices from '../cds-services/index.js';
import { built } from './built.js';
import { median, report, type ResultRow, rounded } from './results.js';

const { readReport } = await built<typeof BuiltServices>('cds-services/index.js');
const reports = corpus('development')
  .filter(({ kind }) => kind === 'report')
  .map(({ text }) => text);

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Text of a length, made of one piece after the other. */
function textOf(length: number, piece: (index: number) => string): string {
  const pieces: string[] = [];
  for (let made = 0, index = 0; made < length; index += 1) {
    const next = piece(index);
    pieces.push(next);
    made += next.length;
  }
  return pieces.join('').slice(0, length);
}

const TWO_KILOBYTES = 2_000;
const typical = reports.map((_, index) =>
  textOf(TWO_KILOBYTES, (at) => `${reports[(index + at) % reports.length] ?? ''}\n`),
);
for (let round = 0; round < 20; round += 1) typical.forEach((text) => readReport(text));
const times = typical.map((text) => milliseconds(() => readReport(text)));
const rows: ResultRow[] = [
  { text: '2 kB of reports, median', ms: rounded(median(times), 3), 'x half of it': '' },
  { text: '2 kB of reports, slowest', ms: rounded(Math.max(...times), 3), 'x half of it': '' },
];

const SHAPES: Readonly<Record<string, (index: number) => string>> = {
  'real reports': (index) => `${reports[index % reports.length] ?? ''}\n\n`,
  'one sentence': () => 'fracture of L1 with 40% loss of height and ',
  'short sentences': () => 'Acute L1 fracture. No retropulsion. ',
  '"no no no"': () => 'no ',
  '"L1, L1, L1"': () => 'L1, ',
  '"L1. L1. L1."': () => 'L1. ',
  '"L1: L1: L1:"': () => 'L1: ',
  'per cents': () => '40% ',
  brackets: () => '(',
  'one word': () => 'x',
  'line ends': () => '\n',
};
const MEGABYTE = 1_000_000;
for (const [name, piece] of Object.entries(SHAPES)) {
  const [half, whole] = [MEGABYTE / 2, MEGABYTE].map((length) => {
    const text = textOf(length, piece);
    return Math.min(...[1, 2, 3, 4, 5].map(() => milliseconds(() => readReport(text))));
  });
  const growth = (whole ?? 0) / (half ?? 1);
  rows.push({ text: `1 MB of ${name}`, ms: rounded(whole ?? 0, 0), 'x half of it': rounded(growth, 2) });
}
report('reader', rows);
