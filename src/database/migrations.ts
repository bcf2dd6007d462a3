/**
 * The steps that bring a database to the tables of this version. A step that has been released is never changed.
 */
import { sql, type Kysely, type Migration } from 'kysely';
import type { Engine } from './engine.js';

export const migrationsFor = (kind: Engine['kind']): Readonly<Record<string, Migration>> => ({
  '0001-cards-and-feedback': { up: (db) => cardsAndFeedback(db, kind) },
  '0002-clients-audit-tokens': { up: clientsAuditTokens },
  '0003-attention-and-shadow': { up: attentionAndShadow },
  '0004-state-of-cards': { up: stateOfCards },
  '0005-decisions': { up: decisions },
});

/** Names of all steps, in their order. */
export const migrationNames: readonly string[] = Object.keys(migrationsFor('sqlite'));

async function cardsAndFeedback(db: Kysely<unknown>, kind: Engine['kind']): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('installation')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();

  await schema
    .createTable('cards')
    .addColumn('uuid', 'text', (column) => column.primaryKey())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('hook', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('knowledge_version', 'text', (column) => column.notNull())
    .addColumn('indicator', 'text', (column) => column.notNull())
    .addColumn('levels', 'text', (column) => column.notNull())
    .addColumn('missing', 'text', (column) => column.notNull())
    .addColumn('client', 'text')
    .addColumn('patient_hash', 'text')
    .addColumn('user_hash', 'text')
    .addColumn('shown_at', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('cards_by_time').on('cards').columns(['shown_at', 'service']).execute();
  await schema.createIndex('cards_by_patient').on('cards').columns(['patient_hash', 'shown_at']).execute();

  await schema
    .createTable('suggestions')
    .addColumn('uuid', 'text', (column) => column.primaryKey())
    .addColumn('card_uuid', 'text', (column) => column.notNull().references('cards.uuid').onDelete('cascade'))
    .addColumn('label', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('suggestions_by_card').on('suggestions').column('card_uuid').execute();

  await schema
    .createTable('feedback')
    .addColumn('id', kind === 'sqlite' ? 'integer' : 'bigserial', (column) =>
      kind === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey(),
    )
    .addColumn('card_uuid', 'text', (column) => column.notNull()) // no foreign key: unknown cards are kept as well
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) =>
      column.notNull().check(sql`outcome in ('accepted', 'overridden')`),
    )
    .addColumn('accepted_suggestions', 'text', (column) => column.notNull())
    .addColumn('reason_system', 'text')
    .addColumn('reason_code', 'text')
    .addColumn('reason_display', 'text')
    .addColumn('has_comment', 'integer', (column) => column.notNull())
    .addColumn('outcome_timestamp', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('card_known', 'integer', (column) => column.notNull())
    .execute();
  await schema.createIndex('feedback_by_card').on('feedback').column('card_uuid').execute();
  await schema.createIndex('feedback_by_time').on('feedback').column('received_at').execute();
}

async function clientsAuditTokens({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('feedback').addColumn('client', 'text').execute();

  await schema
    .createTable('audit')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('recorded_at', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('previous_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('audit_by_time').on('audit').column('recorded_at').execute();
  await schema
    .createTable('audit_checkpoints')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('purged_at', 'text', (column) => column.notNull())
    .addColumn('seal', 'text')
    .execute();

  await schema
    .createTable('seen_tokens')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('seen_tokens_by_expiry').on('seen_tokens').column('expires_at').execute();
}

async function attentionAndShadow({ schema }: Kysely<unknown>): Promise<void> {
  for (const name of ['fingerprint', 'encounter_hash', 'instance_hash']) {
    await schema.alterTable('cards').addColumn(name, 'text').execute();
  }
  await schema
    .alterTable('cards')
    .addColumn('rules', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await schema
    .alterTable('cards')
    .addColumn('mode', 'text', (column) => column.notNull().defaultTo('live'))
    .execute();

  await schema
    .createTable('acts')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('patient_hash', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('levels', 'text', (column) => column.notNull())
    .addColumn('happened_on', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('acts_by_patient').on('acts').columns(['patient_hash', 'happened_on']).execute();
  await schema.createIndex('acts_by_time').on('acts').column('seen_at').execute();
}

async function stateOfCards(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  for (const name of ['state', 'answered_at', 'state_reason_system', 'state_reason_code']) {
    await schema.alterTable('cards').addColumn(name, 'text').execute();
  }
  await schema.alterTable('cards').addColumn('act_seconds', 'integer').execute();
  await schema.alterTable('feedback').addColumn('comment', 'text').execute();
  await schema
    .alterTable('cards')
    .addColumn('is_repeat', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();

  await schema
    .createTable('card_days')
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('hook', 'text', (column) => column.notNull())
    .addColumn('client', 'text')
    .addColumn('knowledge_version', 'text', (column) => column.notNull())
    .addColumn('shown', 'integer', (column) => column.notNull())
    .addColumn('accepted', 'integer', (column) => column.notNull())
    .addColumn('overridden', 'integer', (column) => column.notNull())
    .addColumn('act_seconds', 'bigint', (column) => column.notNull())
    .addColumn('repeats', 'integer', (column) => column.notNull())
    .execute();
  await schema.createIndex('card_days_by_day').on('card_days').column('day').execute();
  await schema
    .createTable('card_day_reasons')
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('system', 'text')
    .addColumn('code', 'text')
    .addColumn('cards', 'integer', (column) => column.notNull())
    .execute();
  await schema.createIndex('card_day_reasons_by_day').on('card_day_reasons').column('day').execute();
  await schema
    .createTable('card_day_missing')
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('missing', 'text', (column) => column.notNull())
    .addColumn('cards', 'integer', (column) => column.notNull())
    .execute();
  await schema.createIndex('card_day_missing_by_day').on('card_day_missing').column('day').execute();
  await schema
    .createTable('stale_days')
    .addColumn('day', 'text', (column) => column.primaryKey())
    .execute();
  await sql`insert into stale_days (day) select distinct substr(shown_at, 1, 10) from cards`.execute(db);
}

async function decisions({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('decisions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('decisions_by_month').on('decisions').column('month').execute();
}
