import { describe, expect, test } from '@jest/globals';
import { createFeedbackIntake, type IntakeOptions } from '../../src/feedback/intake.js';
import type { FeedbackStore, ShownCard } from '../../src/feedback/store.js';

const card = (uuid: string): ShownCard => ({
  record: {
    cardUuid: uuid,
    outcome: 'o',
    rule: 'r',
    knowledgeVersion: '1',
    indicator: 'info',
    levels: [],
    missing: [],
    rules: ['T6'],
    fingerprint: 'f',
    isGuard: false,
    suggestions: [],
  },
  service: 's',
  client: 'north',
  hook: 'patient-view',
  patientId: 'p',
  userId: 'Practitioner/u',
  encounterId: undefined,
  hookInstance: 'i',
  mode: 'live',
  isRepeat: false,
  shownAt: new Date(0),
});
const given = {
  service: 's',
  client: 'north',
  feedback: { card: 'a', outcome: 'overridden', hasComment: false, outcomeTimestamp: '2026-11-23T10:00:00Z' },
  receivedAt: new Date(0),
} as const;

/** A store that writes down what it was asked to do; `broken` makes writes fail. */
function recording(options: IntakeOptions = {}) {
  const done: string[] = [];
  const trouble: unknown[] = [];
  const state = { broken: false };
  const store: FeedbackStore = {
    rememberCards: (cards) => {
      if (state.broken) return Promise.reject(new Error('disk full'));
      done.push(...cards.map(({ record }) => record.cardUuid));
      return Promise.resolve();
    },
    rememberActs: () => Promise.resolve(),
    addFeedback: (entries) => {
      if (state.broken) return Promise.reject(new Error('disk full'));
      done.push(...entries.map(({ feedback }) => `feedback on ${feedback.card}`));
      return Promise.resolve();
    },
  };
  const intake = createFeedbackIntake(store, {
    delayMs: 60_000,
    onTrouble: (one) => trouble.push(one),
    ...options,
  });
  return { done, trouble, state, intake };
}

describe('cards', () => {
  test('wait for their turn, and are written before feedback', async () => {
    const { done, intake } = recording();
    intake.rememberCards([card('a'), card('b')]);
    expect(done).toEqual([]);
    expect(await intake.addFeedback([given])).toBe(true);
    expect(done).toEqual(['a', 'b', 'feedback on a']);
  });

  test('are written by themselves after a moment', async () => {
    const written = new Promise<number>((resolve) => {
      const store: FeedbackStore = {
        rememberCards: (cards) => {
          resolve(cards.length);
          return Promise.resolve();
        },
        rememberActs: () => Promise.resolve(),
        addFeedback: () => Promise.resolve(),
      };
      createFeedbackIntake(store, { delayMs: 1 }).rememberCards([card('a')]);
    });
    expect(await written).toBe(1);
  });

  test('are written when the server stops', async () => {
    const { done, intake } = recording();
    intake.rememberCards([card('a')]);
    await intake.flush();
    expect(done).toEqual(['a']);
  });

  test('are written in batches, in order', async () => {
    const { done, intake } = recording();
    const uuids = Array.from({ length: 501 }, (_, index) => String(index));
    intake.rememberCards(uuids.map(card));
    await intake.flush();
    expect(done).toEqual(uuids);
  });

  test('that could not be written are tried again', async () => {
    const { done, trouble, state, intake } = recording();
    state.broken = true;
    intake.rememberCards([card('a')]);
    expect(await intake.addFeedback([given])).toBe(false);
    expect(trouble).toEqual([
      { event: 'cards-not-written', count: 1 },
      { event: 'feedback-not-written', count: 1 },
    ]);
    state.broken = false;
    await intake.addFeedback([given]);
    expect(done).toEqual(['a', 'feedback on a']);
  });

  test('beyond the limit of the queue are left out, and that is told', async () => {
    const { done, trouble, intake } = recording({ queueLimit: 2 });
    intake.rememberCards([card('a'), card('b'), card('c')]);
    intake.rememberCards([card('d')]);
    await intake.flush();
    expect(done).toEqual(['a', 'b']);
    expect(trouble).toEqual([
      { event: 'cards-lost', count: 1 },
      { event: 'cards-lost', count: 1 },
    ]);
  });
});
