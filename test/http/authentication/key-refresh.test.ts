import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { keepKeysFresh } from '../../../src/http/authentication/key-refresh.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('keys are fetched at start, again in time, and soon where some are missing', async () => {
  const answers = [['north'], [], [], []];
  const told: string[] = [];
  let fetched = 0;
  const refreshKeys = () => {
    fetched += 1;
    return Promise.resolve(answers.shift() ?? []);
  };
  const keys = keepKeysFresh({ refreshKeys }, (client) => told.push(client));
  await jest.advanceTimersByTimeAsync(0);
  expect([fetched, keys.missing(), told]).toEqual([1, ['north'], ['north']]);
  await jest.advanceTimersByTimeAsync(30_000);
  expect([fetched, keys.missing()]).toEqual([2, []]);
  await jest.advanceTimersByTimeAsync(479_000);
  expect(fetched).toBe(2);
  await jest.advanceTimersByTimeAsync(1000);
  expect(fetched).toBe(3);
  keys.stop();
  await jest.advanceTimersByTimeAsync(10_000_000);
  expect(fetched).toBe(3);
});
