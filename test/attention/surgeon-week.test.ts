/** The simulated week of docs/when-it-speaks.md, smaller: its promises hold, and the same seed tells the same story. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { simulateWeek } from '../../benchmarks/surgeon-week/simulate.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'week-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('no dismissed card is repeated and no critical one is lost, on two instances with one database', async () => {
  const week = await simulateWeek({ seed: 7, patients: 30, file: join(folder, 'x.db') });
  expect(week).toMatchObject({ repeatsOfDismissed: 0, repeatsInEncounter: 0, criticalLost: 0 });
  expect(week.dismissals).toBeGreaterThan(20);
  const { cards, withoutMemory } = week.byHook['patient-view'];
  expect(cards).toBeLessThan(withoutMemory / 3);
});

test('the same seed gives the same week', async () => {
  const weeks = await Promise.all(
    ['a.db', 'b.db'].map((file) => simulateWeek({ seed: 11, patients: 6, file: join(folder, file) })),
  );
  expect(weeks[0]).toEqual(weeks[1]);
});
