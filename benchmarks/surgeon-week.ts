/** `npm run simulate:week`: the simulated week of docs/when-it-speaks.md, as its table. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateWeek, type HookFigures, type Week } from './surgeon-week/simulate.js';

const SEED = 20261123;
const PATIENTS = 200;

const folder = mkdtempSync(join(tmpdir(), 'surgeon-week-'));
try {
  console.log(table(await simulateWeek({ seed: SEED, patients: PATIENTS, file: join(folder, 'week.db') })));
} finally {
  rmSync(folder, { recursive: true });
}

function table({ byHook, ...counts }: Week): string {
  const rows = Object.entries(byHook).map(([hook, figures]) => row(hook, figures));
  return [
    '| hook | calls | cards | cards per 100 calls | without memory, per 100 calls | critical cards |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    `- cards dismissed: ${counts.dismissals}`,
    `- repeats of a dismissed card: ${counts.repeatsOfDismissed}`,
    `- repeats in one encounter: ${counts.repeatsInEncounter}`,
    `- critical cards lost: ${counts.criticalLost}`,
  ].join('\n');
}

function row(hook: string, { calls, cards, withoutMemory, critical }: HookFigures): string {
  const per100 = (count: number) => ((100 * count) / calls).toFixed(1);
  return `| ${hook} | ${calls} | ${cards} | ${per100(cards)} | ${per100(withoutMemory)} | ${critical} |`;
}
