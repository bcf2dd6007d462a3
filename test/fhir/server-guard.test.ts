import { describe, expect, test } from '@jest/globals';
import type { Exchange } from '../../src/fhir/exchange.js';
import type { BreakerReport } from '../../src/fhir/reader.js';
import { createServerGuards, type GuardSettings, type Send } from '../../src/fhir/server-guard.js';

const never = new AbortController().signal;
/** A read of one request. */
const one = (request: () => Promise<Exchange>) => (send: Send) => send(request);
const settings: GuardSettings = { readsAtOnce: 2, readsWaiting: 2, failures: 3, halfOpenAfterMs: 60_000 };

const ending = (server: Exchange['server']): Exchange => ({ reading: { outcome: 'failed' }, server });
const ends = (server: Exchange['server']) => one(() => Promise.resolve(ending(server)));

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
    finish: (server: Exchange['server'] = 'well') => finish(ending(server)),
    get isRunning() {
      return isRunning;
    },
  };
}

describe('so many reads at once', () => {
  test('run, the next waits for its turn, others of another server do not', async () => {
    const { guardOf } = guards();
    const reads = [slow(), slow(), slow()];
    const running = reads.map(({ request }) => guardOf('a').run(one(request), never));
    expect(await guardOf('b').run(ends('well'), never)).toEqual(ending('well'));
    expect(reads.map(({ isRunning }) => isRunning)).toEqual([true, true, false]);
    reads[0]!.finish();
    await running[0];
    reads.forEach((read) => read.finish());
    expect(await Promise.all(running)).toEqual(reads.map(() => ending('well')));
  });

  test('and so many waiting; more are refused', async () => {
    const { guardOf } = guards();
    const reads = [slow(), slow(), slow(), slow()];
    const running = reads.map(({ request }) => guardOf('a').run(one(request), never));
    expect(await guardOf('a').run(ends('well'), never)).toEqual(ending('unclear'));
    reads.forEach((read) => read.finish());
    await Promise.all(running);
  });

  test('and one that waits is over at once when its time is, and never sent', async () => {
    const { guardOf } = guards();
    const reads = [slow(), slow(), slow()];
    const time = new AbortController();
    const running = reads.map(({ request }, index) =>
      guardOf('a').run(one(request), index === 2 ? time.signal : never),
    );
    time.abort();
    expect(await running[2]).toBe('over');
    reads.forEach((read) => read.finish());
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
    expect(await guardOf('a').run(one(after.request), never)).toBe('refused');
    expect(after.isRunning).toBe(false);
    expect(reports).toEqual([{ server: 'a', state: 'open' }]);
    expect(await guardOf('b').run(ends('well'), never)).toEqual(ending('well'));
  });

  test.each(['well', 'unclear'] as const)('stays closed when one of them ends %s', async (server) => {
    const { guardOf, reports } = guards();
    for (const verdict of ['ill', 'ill', server, 'ill', 'ill'] as const) {
      await guardOf('a').run(ends(verdict), never);
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

test('a read of several requests counts once, as its last one', async () => {
  const { guardOf, reports } = guards();
  const verdicts = (last: Exchange['server']) => async (send: Send) => {
    await send(() => Promise.resolve(ending('ill')));
    await send(() => Promise.resolve(ending('ill')));
    return send(() => Promise.resolve(ending(last)));
  };
  await guardOf('a').run(verdicts('ill'), never);
  await guardOf('a').run(verdicts('ill'), never);
  await guardOf('a').run(verdicts('well'), never);
  expect(reports).toEqual([]);
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
