import { describe, expect, test } from '@jest/globals';
import { parseFeedback } from '../../src/cds-hooks/feedback.js';

const accepted = {
  card: '4e0a3a1e-3283-4575-ab82-028d55fe2719',
  outcome: 'accepted',
  acceptedSuggestions: [{ id: 'e56e1945-20b3-4393-8503-a1a20fd73152' }],
  outcomeTimestamp: '2026-11-23T10:00:00Z',
};
const overridden = {
  card: accepted.card,
  outcome: 'overridden',
  outcomeTimestamp: '2026-11-23T11:00:00+01:00',
};

describe('feedback is accepted', () => {
  test('for suggestions taken', () => {
    expect(parseFeedback({ feedback: [accepted] })).toEqual({
      ok: true,
      value: [
        {
          card: accepted.card,
          outcome: 'accepted',
          acceptedSuggestions: ['e56e1945-20b3-4393-8503-a1a20fd73152'],
          outcomeTimestamp: '2026-11-23T10:00:00.000Z',
        },
      ],
    });
  });

  const reasons: readonly [string, unknown, unknown][] = [
    ['without any reason', undefined, { hasComment: false }],
    ['with null for a reason', null, { hasComment: false }],
    ['with a code only', { reason: { code: 'x' } }, { reason: { code: 'x' }, hasComment: false }],
    [
      'with a Coding without display',
      { reason: { code: 'x', system: 'http://s' } },
      { reason: { code: 'x', system: 'http://s' } },
    ],
    [
      'with a comment, for the store to seal or to drop',
      { userComment: 'Mrs Smith' },
      { hasComment: true, comment: 'Mrs Smith' },
    ],
  ];
  test.each(reasons)('for a card overridden %s', (_, overrideReason, expected) => {
    const parsed = parseFeedback({ feedback: [{ ...overridden, overrideReason }] });
    expect(parsed).toMatchObject({ ok: true, value: [{ outcome: 'overridden', ...Object(expected) }] });
  });

  test('in one body for several cards, repeats included', () => {
    const parsed = parseFeedback({ feedback: [accepted, accepted, overridden] });
    expect(parsed.ok && parsed.value.length).toBe(3);
  });

  test('with its time brought to UTC', () => {
    expect(parseFeedback({ feedback: [overridden] })).toMatchObject({
      value: [{ outcomeTimestamp: '2026-11-23T10:00:00.000Z' }],
    });
  });
});

describe('feedback is refused, naming the path,', () => {
  const rows: readonly [string, unknown, string][] = [
    ['for a bare object', accepted, 'feedback'],
    ['for an array', [accepted], ''],
    ['for an empty list', { feedback: [] }, 'feedback'],
    ['without a card', { feedback: [{ ...accepted, card: undefined }] }, 'feedback[0].card'],
    ['with an unknown outcome', { feedback: [{ ...accepted, outcome: 'ignored' }] }, 'feedback[0].outcome'],
    ['for an entry that is no object', { feedback: [accepted, 3] }, 'feedback[1]'],
    [
      'with suggestion ids as strings',
      { feedback: [{ ...accepted, acceptedSuggestions: ['x'] }] },
      'feedback[0].acceptedSuggestions[0]',
    ],
    [
      'accepted without saying what',
      { feedback: [{ ...accepted, acceptedSuggestions: undefined }] },
      'feedback[0].acceptedSuggestions',
    ],
    [
      'without a time',
      { feedback: [{ ...accepted, outcomeTimestamp: undefined }] },
      'feedback[0].outcomeTimestamp',
    ],
    [
      'with a time of no zone',
      { feedback: [{ ...accepted, outcomeTimestamp: '2026-11-23T10:00:00' }] },
      'feedback[0].outcomeTimestamp',
    ],
    [
      'with a reason without code',
      { feedback: [{ ...overridden, overrideReason: { reason: { display: 'x' } } }] },
      'feedback[0].overrideReason.reason.code',
    ],
  ];
  test.each(rows)('%s', (_, body, path) => {
    const parsed = parseFeedback(body);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toEqual([path]);
  });
});
