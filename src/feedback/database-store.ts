/**
 * The feedback store over the tables of the database.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../database/open-database.js';
import type { Tables } from '../database/tables.js';
import { markStale, settleStates } from './card-state.js';
import type { SealComment } from './comments.js';
import { actRow, cardRow, feedbackRow, suggestionRows } from './rows.js';
import type { FeedbackStore, GivenFeedback } from './store.js';

/** @param seal encrypts comments; without it they are not kept */
export function createFeedbackStore({ write, pseudonym }: Database, seal?: SealComment): FeedbackStore {
  return {
    rememberCards: async (cards) => {
      if (cards.length === 0) return;
      const suggestions = cards.flatMap(suggestionRows);
      await write(async (transaction) => {
        // A batch whose outcome was unclear is written again: what is there already stays.
        await transaction
          .insertInto('cards')
          .values(cards.map((card) => cardRow(card, pseudonym)))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        if (suggestions.length > 0) {
          await transaction
            .insertInto('suggestions')
            .values(suggestions)
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        }
        await markStale(
          transaction,
          cards.map(({ shownAt }) => shownAt.toISOString()),
        );
        // Another instance may have taken the answer before this one wrote the card.
        await settleStates(
          transaction,
          cards.map(({ record }) => record.cardUuid),
        );
      }, meetingFeedback);
    },

    rememberActs: async (acts) => {
      if (acts.length === 0) return;
      await write((transaction) =>
        transaction
          .insertInto('acts')
          .values(acts.map((act) => actRow(act, pseudonym)))
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    },

    addFeedback: async (given) => {
      if (given.length === 0) return;
      await write(async (transaction) => {
        const known = await knownCards(transaction, given);
        await transaction
          .insertInto('feedback')
          .values(given.map((one) => feedbackRow(one, isKnown(one, known), pseudonym, seal)))
          .execute();
        await settleStates(transaction, [...known.keys()]);
      }, meetingFeedback);
    },
  };
}

/** A card and the feedback on it that are written at the same moment must see each other. */
const meetingFeedback = { alone: true };

interface KnownCard {
  readonly service: string;
  readonly client: string | null;
}

/** A card is known to those alone who were shown it: the same service, asked by the same client. */
function isKnown(
  { feedback, service, client }: GivenFeedback,
  known: ReadonlyMap<string, KnownCard>,
): boolean {
  const card = known.get(feedback.card);
  return card?.service === service && card.client === client;
}

async function knownCards(
  tables: Kysely<Tables>,
  given: readonly GivenFeedback[],
): Promise<ReadonlyMap<string, KnownCard>> {
  const uuids = [...new Set(given.map(({ feedback }) => feedback.card))];
  const rows = await tables
    .selectFrom('cards')
    .select(['uuid', 'service', 'client'])
    .where('uuid', 'in', uuids)
    .execute();
  return new Map(rows.map(({ uuid, service, client }) => [uuid, { service, client }]));
}
