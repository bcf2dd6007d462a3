/** Calls are worked off one in a turn of the event loop, first come, first served. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createTurns } from '../../src/http/turns.js';

/** Counts the turns of the event loop until it is told to stop. */
function countingLoop() {
  let turns = 0;
  const over = new AbortController();
  void (async () => {
    while (!over.signal.aborted) {
      await nextTurn();
      turns += 1;
    }
  })();
  return { now: () => turns, stop: () => over.abort() };
}

test('so many calls at once take as many turns, in the order they came', async () => {
  const loop = countingLoop();
  const turn = createTurns();
  const begun: { readonly call: number; readonly at: number }[] = [];
  await Promise.all(
    [1, 2, 3, 4].map(async (call) => {
      await turn();
      begun.push({ call, at: loop.now() });
    }),
  );
  loop.stop();
  expect(begun.map(({ call }) => call)).toEqual([1, 2, 3, 4]);
  expect(new Set(begun.map(({ at }) => at)).size).toBe(4);
});

test('one that comes while others wait is not forgotten', async () => {
  const turn = createTurns();
  const begun: string[] = [];
  const late = turn().then(async () => {
    begun.push('first');
    await turn();
    begun.push('late');
  });
  await Promise.all([turn().then(() => begun.push('second')), late]);
  expect(begun).toEqual(['first', 'second', 'late']);
  await turn();
});
