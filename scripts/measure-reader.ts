/** `npm run measure:reader`: how well the report reader agrees with the annotated reports, on each half. */
import {
  corpus,
  f1,
  type Half,
  measure,
  precision,
  recall,
  type Tally,
} from '../test/support/report-corpus.js';

function line(name: string, tally: Tally): string {
  const { agreed, onlyRead, onlyAnnotated } = tally;
  const figures = [precision(tally), recall(tally), f1(tally)].map((figure) =>
    (Number.isNaN(figure) ? '-' : figure.toFixed(3)).padStart(7),
  );
  const counts = [agreed, onlyRead, onlyAnnotated].map((count) => String(count).padStart(6));
  return `${name.padEnd(26)}${figures.join('')}${counts.join('')}`;
}

const HEADER = `${''.padEnd(26)}  prec. recall     F1 agreed  extra missed`;
const showErrors = !process.argv.includes('--no-errors');

for (const half of ['development', 'test'] satisfies Half[]) {
  const texts = corpus(half);
  if (texts.length === 0) {
    console.log(`\n${half} half: not written yet`);
    continue;
  }
  const { byFinding, byLevel, falseDenials, errors } = measure(texts);
  const reports = texts.filter(({ kind }) => kind === 'report').length;
  console.log(`\n${half} half: ${reports} reports, ${texts.length - reports} sentences`);
  console.log(HEADER);
  for (const [name, tally] of [...byFinding].sort()) console.log(line(name, tally));
  console.log(`\nfracture at its level, by level\n${HEADER}`);
  for (const [level, tally] of [...byLevel].sort()) console.log(line(level, tally));
  console.log(`\nfalse denials (absent, "no", intact, stable that nobody said): ${falseDenials}`);
  if (!showErrors) continue;
  console.log(`\n${errors.length} texts with errors`);
  for (const { name, text, problems } of errors) {
    console.log(`\n${name}${text.length < 400 ? `: ${text.replace(/\s+/g, ' ').trim()}` : ''}`);
    for (const problem of problems) console.log(`  ${problem}`);
  }
}
