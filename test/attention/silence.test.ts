/** When a card is said again: the rules of docs/when-it-speaks.md, "Not twice", by a clock that is set. */
import { describe, expect, test } from '@jest/globals';
import {
  type Answer,
  type Moment,
  type ShownBefore,
  silenceOf,
  wakesAt,
} from '../../src/attention/silence.js';

const system = 'https://vertebral-cds.org/fhir/CodeSystem/override-reason';
const reasons = [1, 3, 6, 12].map((months) => ({
  system,
  code: months === 1 ? 'snooze-1-month' : `snooze-${months}-months`,
  snoozeMonths: months,
}));
const dismissedAt = new Date('2026-01-31T10:00:00Z');
const overridden = (code?: string, from: string | null = system): Answer => ({
  kind: 'overridden',
  at: dismissedAt,
  reason: code === undefined ? undefined : { system: from, code },
});

const shown = (more: Partial<ShownBefore> = {}): ShownBefore => ({
  outcome: 'kyphoplasty',
  fingerprint: 'f1',
  hook: 'order-select',
  encounter: 'e1',
  hookInstance: 'i1',
  answer: undefined,
  ...more,
});
const card = (isGuard = false, fingerprint = 'f1') => ({
  record: { outcome: 'kyphoplasty', isGuard },
  fingerprint,
});
const moment = (more: Partial<Moment> = {}): Moment => ({
  hook: 'order-select',
  encounter: 'e2',
  hookInstance: 'i2',
  now: new Date('2026-02-01T00:00:00Z'),
  ...more,
});

describe('a card that was dismissed sleeps', () => {
  test.each<[string, Answer, string]>([
    ['30 days without a reason', overridden(), '2026-03-02T10:00:00.000Z'],
    ['30 days for a reason that says no time', overridden('patient-refuses'), '2026-03-02T10:00:00.000Z'],
    [
      '30 days for a snooze of another code system',
      overridden('snooze-12-months', 'urn:x'),
      '2026-03-02T10:00:00.000Z',
    ],
    ['a month, to its last day', overridden('snooze-1-month'), '2026-02-28T10:00:00.000Z'],
    ['three months', overridden('snooze-3-months'), '2026-04-30T10:00:00.000Z'],
    ['six months', overridden('snooze-6-months'), '2026-07-31T10:00:00.000Z'],
    ['twelve months', overridden('snooze-12-months'), '2027-01-31T10:00:00.000Z'],
    [
      'as long where the client left out the system',
      overridden('snooze-12-months', null),
      '2027-01-31T10:00:00.000Z',
    ],
    ['30 days when it was accepted', { kind: 'accepted', at: dismissedAt }, '2026-03-02T10:00:00.000Z'],
  ])('%s, to the millisecond', (_, answer, wake) => {
    expect(wakesAt(answer, reasons).toISOString()).toBe(wake);
    const history = [shown({ answer })];
    const at = (ms: number) => moment({ now: new Date(Date.parse(wake) + ms) });
    expect(silenceOf(card(), history, at(-1), reasons)).toBe('asleep');
    expect(silenceOf(card(), history, at(0), reasons)).toBeUndefined();
  });

  test('but not when something decisive has changed, nor when it says something else', () => {
    const history = [shown({ answer: overridden('snooze-12-months') })];
    expect(silenceOf(card(false, 'f2'), history, moment(), reasons)).toBeUndefined();
    const other = { record: { outcome: 'surgical-referral', isGuard: false }, fingerprint: 'f1' };
    expect(silenceOf(other, history, moment(), reasons)).toBeUndefined();
  });

  test('but not before the signature when it is critical; while selecting it sleeps like any other', () => {
    const history = [shown({ answer: overridden('snooze-12-months') })];
    expect(silenceOf(card(true), history, moment({ hook: 'order-sign' }), reasons)).toBeUndefined();
    expect(silenceOf(card(true), history, moment(), reasons)).toBe('asleep');
    expect(silenceOf(card(false), history, moment({ hook: 'order-sign' }), reasons)).toBe('asleep');
  });
});

describe('a card that was shown and not answered', () => {
  test('is not shown again in the same encounter, but in the next', () => {
    expect(silenceOf(card(), [shown()], moment({ encounter: 'e1' }), reasons)).toBe('said-in-this-encounter');
    expect(silenceOf(card(), [shown()], moment({ encounter: 'e2' }), reasons)).toBeUndefined();
    expect(silenceOf(card(), [shown()], moment({ encounter: undefined }), reasons)).toBeUndefined();
  });

  test('is shown again to a retry of the same call', () => {
    const retry = moment({ encounter: 'e1', hookInstance: 'i1' });
    expect(silenceOf(card(), [shown()], retry, reasons)).toBeUndefined();
  });

  test('is asked once more before the signature, and not a third time', () => {
    const sign = moment({ encounter: 'e1', hook: 'order-sign' });
    expect(silenceOf(card(), [shown()], sign, reasons)).toBeUndefined();
    const signed = shown({ hook: 'order-sign', hookInstance: 'i9' });
    expect(silenceOf(card(), [shown(), signed], sign, reasons)).toBe('said-in-this-encounter');
    expect(silenceOf(card(true), [shown(), signed], sign, reasons)).toBeUndefined();
  });
});

test('the order in which the history is read does not matter', () => {
  const history = [
    shown({ answer: overridden('snooze-1-month') }),
    shown({ answer: overridden('snooze-12-months') }),
    shown({ encounter: 'e2', hookInstance: 'i3' }),
  ];
  const late = moment({ now: new Date('2026-12-01T00:00:00Z') });
  const answers = [history, [...history].reverse()].map((one) => silenceOf(card(), one, late, reasons));
  expect(answers).toEqual(['asleep', 'asleep']);
});
