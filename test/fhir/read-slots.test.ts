import { expect, test } from '@jest/globals';
import { createReadSlots } from '../../src/fhir/read-slots.js';

const never = new AbortController().signal;

test('a read waits until another of the same origin is done', async () => {
  const slots = createReadSlots(1);
  const order: string[] = [];
  const leave = await slots.enter('a', never);
  const second = slots.enter('a', never).then((leaveSecond) => {
    order.push('second');
    leaveSecond?.();
  });
  (await slots.enter('b', never))?.();
  order.push('first');
  leave?.();
  await second;
  expect(order).toEqual(['first', 'second']);
});

test('a read that waits gives up when its time is over and takes no slot', async () => {
  const slots = createReadSlots(1);
  const leave = await slots.enter('a', never);
  const impatient = new AbortController();
  const waiting = slots.enter('a', impatient.signal);
  impatient.abort();
  expect(await waiting).toBeUndefined();
  expect(await slots.enter('a', impatient.signal)).toBeUndefined();
  leave?.();
  expect(await slots.enter('a', never)).toBeDefined();
});
