/** The vertebral fracture service over HTTP with a real database and a clock that tests set. */
import { randomUUID } from 'node:crypto';
import type { FhirResource } from 'fhir/r4.js';
import { createServices, type SiteConfiguration } from '../../cds-services/index.js';
import { createAttention } from '../../src/attention/attention.js';
import { createHistory } from '../../src/attention/history.js';
import type { Card } from '../../src/cds-hooks/card.js';
import { responseSchema } from '../../src/cds-hooks/response.js';
import type { Hook } from '../../src/cds-hooks/service.js';
import type { Database } from '../../src/database/open-database.js';
import { createDecisionKeeper } from '../../src/decisions/decision-keeper.js';
import { createFeedbackStore } from '../../src/feedback/database-store.js';
import { createFeedbackIntake } from '../../src/feedback/intake.js';
import { everythingLive, type Rollout } from '../../src/rollout/rollout.js';
import { post, testApp } from './app.js';
import { opened } from './databases.js';
import { patient, PATIENT } from './record.js';

export interface Asked {
  readonly hook?: Hook;
  readonly orders?: readonly FhirResource[];
  readonly encounterId?: string;
  /** A fresh one for each call unless given. */
  readonly hookInstance?: string;
  readonly patientId?: string;
  readonly extension?: object;
}

export interface AttentiveApp {
  /** The cards of a call on these resources; the answer is checked against the standard. */
  readonly ask: (resources: readonly FhirResource[], asked?: Asked) => Promise<readonly Card[]>;
  /** Overrides a card, with the code of a reason where one is given. */
  readonly dismiss: (card: Card | undefined, reason?: Reason, at?: string) => Promise<void>;
  readonly accept: (card: Card | undefined) => Promise<void>;
  readonly database: Database;
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface Reason {
  readonly code: string;
  readonly system?: string;
}

export interface AttentiveParts {
  readonly now: () => Date;
  readonly site?: SiteConfiguration;
  readonly rollout?: () => Rollout;
  /** Makes reading what was shown before fail. */
  readonly isBlind?: () => boolean;
  /** The site agrees that decisions are kept. */
  readonly keepsDecisions?: boolean;
}

/** @param url of the database; several instances may share one */
export async function attentiveApp(
  url: string,
  {
    now,
    site = {},
    rollout = () => everythingLive,
    isBlind = () => false,
    keepsDecisions = false,
  }: AttentiveParts,
): Promise<AttentiveApp> {
  const database = await opened(url);
  const services = createServices(site);
  const feedback = createFeedbackIntake(createFeedbackStore(database), { delayMs: 5 });
  const decisions = keepsDecisions ? createDecisionKeeper(database, { delayMs: 5 }) : undefined;
  const history = createHistory(database, feedback.waitingCards);
  const { app } = testApp({
    services,
    feedback,
    decisions,
    clock: now,
    rollout,
    pseudonym: database.pseudonym,
    attention: createAttention({
      history: { of: (...asked) => (isBlind() ? Promise.resolve(undefined) : history.of(...asked)) },
      pseudonym: database.pseudonym,
      onUnread: () => undefined,
    }),
  });
  const uuidOf = (card: Card | undefined) => card?.uuid ?? '00000000-0000-4000-8000-000000000000';
  const send = async (entry: object) => {
    const { status } = await post(app, '/cds-services/vertebral-fracture-order-select/feedback', {
      feedback: [entry],
    });
    if (status !== 200) throw new Error(`feedback was answered ${status}`);
  };
  const serviceOf = new Map<string, string>();

  return {
    database,
    flush: async () => {
      await Promise.all([feedback.flush(), decisions?.flush()]);
    },
    ask: async (resources, asked = {}) => {
      const { hook = 'order-select', extension } = asked;
      const path = `/cds-services/vertebral-fracture-${hook}`;
      const prefetch = services.find((service) => service.hook === hook)?.prefetch ?? {};
      const { status, body } = await post(app, path, {
        hook,
        hookInstance: asked.hookInstance ?? randomUUID(),
        context: contextOf(hook, asked),
        prefetch: prefetchOf(resources, prefetch, asked.patientId ?? PATIENT),
        ...(extension !== undefined && { extension }),
      });
      const answer = responseSchema.safeParse(body);
      if (status !== 200 || !answer.success) throw new Error(`${status} ${JSON.stringify(body)}`);
      const { cards } = body as { readonly cards: readonly Card[] };
      for (const { uuid } of cards) serviceOf.set(uuid, path);
      return cards;
    },
    dismiss: async (card, reason, at = now().toISOString()) => {
      const path = serviceOf.get(uuidOf(card)) ?? '/cds-services/vertebral-fracture-order-select';
      const { status } = await post(app, `${path}/feedback`, {
        feedback: [
          {
            card: uuidOf(card),
            outcome: 'overridden',
            outcomeTimestamp: at,
            ...(reason !== undefined && { overrideReason: { reason } }),
          },
        ],
      });
      if (status !== 200) throw new Error(`feedback was answered ${status}`);
    },
    accept: (card) =>
      send({
        card: uuidOf(card),
        outcome: 'accepted',
        acceptedSuggestions: (card?.suggestions ?? []).slice(0, 1).map(({ uuid }) => ({ id: uuid })),
        outcomeTimestamp: now().toISOString(),
      }),
    close: async () => {
      await Promise.all([feedback.flush(), decisions?.flush()]);
      await database.close();
    },
  };
}

function contextOf(hook: Hook, { orders = [], encounterId, patientId = PATIENT }: Asked): object {
  const who = {
    patientId,
    userId: 'Practitioner/u1',
    ...(encounterId !== undefined && { encounterId }),
  };
  if (hook === 'patient-view') return who;
  const draftOrders = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: orders.map((resource) => ({ resource })),
  };
  const selections = orders.map(({ resourceType, id }) => `${resourceType}/${id ?? ''}`);
  return { ...who, draftOrders, ...(hook === 'order-select' && { selections }) };
}

function prefetchOf(
  resources: readonly FhirResource[],
  templates: Readonly<Record<string, { readonly query: string }>>,
  patientId: string,
): object {
  const all = resources.some(({ resourceType }) => resourceType === 'Patient')
    ? resources
    : [{ ...patient, id: patientId }, ...resources];
  const entries = Object.entries(templates).map(([key, { query }]): readonly [string, unknown] => {
    const [type = ''] = query.split(/[/?]/);
    const found = all.filter(({ resourceType }) => resourceType === type);
    if (key === 'patient') return [key, found[0] ?? null];
    const entry = found.map((resource) => ({ resource }));
    return [key, { resourceType: 'Bundle', type: 'searchset', entry }];
  });
  return Object.fromEntries(entries);
}
