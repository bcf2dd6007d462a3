import { describe, expect, test } from '@jest/globals';
import type { Exchange } from '../../src/fhir/exchange.js';
import type { BreakerReport } from '../../src/fhir/reader.js';
import { createServerGuards, type GuardSettings } from '../../src/fhir/server-guard.js';

const never = new AbortController().signal;
const settings: GuardSettings = { readsAtOnce: 2, readsWaiting: 2, failures: 3, halfOpenAfterMs: 60_000 };

const ending = (server: Exchange['server']): Exchange => ({ reading: { outcome: 'failed' }, server });
const ends = (server: Exchange['server']) => () => Promise.resolve(ending(server));

function guards(changes: Partial<GuardSettings> = {}, kept = 10) {
  const reports: BreakerReport[] = [];
  const guardOf = createServerGuards({ ...settings, ...changes }, (report) => reports.push(report), kept);
  return { guardOf, reports };
}

/** A request that ends when it is told to. */
function slow() {
  let finish: (exchange: Exchange) => void = () => undefined;
  const end = new Promise<Exchange>((resolve) => {
    finish = resolve;
  });
  let isRunning = false;
  return {
    request: () => {
      isRunning = true;
      return end;
    },
    finish: () => finish(ending('well')),
    get isRunning() {
      return isRunning;
    },
  };
}

describe('so many reads at once', () => {
  test('run, the next waits for its turn, others of another server do not', async () => {
    const { guardOf } = guards();
    const reads = [slow(), slow(), slow()];
    const running = reads.map(({ request }) => guardOf('a').run(request, never));
    expect(await guardOf('b').run(ends('well'), never)).toEqual(ending('well'));
    expect(reads.map(({ isRunning }) => isRunning)).toEqual([true, true, false]);
    reads[0]!.finish();
    await running[0];
    reads.forEach(({ finish }) => finish());
    expect(await Promise.all(running)).toEqual(reads.map(() => ending('well')));
  });

  test('and so many waiting; more are refused', async () => {
    const { guardOf } = guards();
    const reads = [slow(), slow(), slow(), slow()];
    const running = reads.map(({ request }) => guardOf('a').run(request, never));
    expect(await guardOf('a').run(ends('well'), never)).toBe('refused');
    reads.forEach(({ finish }) => finish());
    await Promise.all(running);
  });

  test('and one that waits is over at once when its time is, and never sent', async () => {
    const { guardOf } = guards();
    const reads = [slow(), slow(), slow()];
    const time = new AbortController();
    const running = reads.map(({ request }, index) =>
      guardOf('a').run(request, index === 2 ? time.signal : never),
    );
    time.abort();
    expect(await running[2]).toBe('over');
    reads.forEach(({ finish }) => finish());
    await Promise.all(running);
    expect(reads[2]!.isRunning).toBe(false);
    expect(await guardOf('a').run(ends('well'), time.signal)).toBe('over');
  });
});

describe('the breaker', () => {
  test('opens after so many failures in a row and lets no request through', async () => {
    const { guardOf, reports } = guards();
    for (let read = 0; read < 3; read += 1) await guardOf('a').run(ends('ill'), never);
    const after = slow();
    expect(await guardOf('a').run(after.request, never)).toBe('refused');
    expect(after.isRunning).toBe(false);
    expect(reports).toEqual([{ server: 'a', state: 'open' }]);
    expect(await guardOf('b').run(ends('well'), never)).toEqual(ending('well'));
  });

  test.each(['well', 'unclear'] as const)('stays closed when one of them ends %s', async (server) => {
    const { guardOf, reports } = guards();
    for (const one of ['ill', 'ill', server, 'ill', 'ill'] as const) {
      await guardOf('a').run(ends(one), never);
    }
    expect(reports).toEqual([]);
  });

  test.each([
    ['well', 'closed'],
    ['ill', 'open'],
    ['unclear', 'open'],
  ] as const)('tries one read after a while: when that ends %s it is %s', async (server, state) => {
    const { guardOf, reports } = guards({ halfOpenAfterMs: 0 });
    for (let read = 0; read < 3; read += 1) await guardOf('a').run(ends('ill'), never);
    expect(await guardOf('a').run(ends(server), never)).toEqual(ending(server));
    expect(reports.map((report) => report.state)).toEqual(['open', 'half-open', state]);
  });
});

test('the guards of the servers asked last are kept, those of others forgotten', async () => {
  const { guardOf } = guards({ failures: 1 }, 2);
  await guardOf('a').run(ends('ill'), never);
  guardOf('b');
  expect(await guardOf('a').run(ends('well'), never)).toBe('refused');
  guardOf('c');
  expect(await guardOf('a').run(ends('well'), never)).toBe('refused');
  guardOf('b');
  guardOf('c');
  expect(await guardOf('a').run(ends('well'), never)).toEqual(ending('well'));
});
