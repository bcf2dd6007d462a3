/**
 * A week on the wards: patients, chart openings, orders, signatures, dismissals and new imaging, by a fixed seed, on two
 * instances that share one database. Beside every answer it works out what a memory of its own would have said.
 */
import { createServices } from '../../cds-services/index.js';
import { createAttention, type Attention } from '../../src/attention/attention.js';
import { createHistory } from '../../src/attention/history.js';
import { noOptions } from '../../src/cds-hooks/options.js';
import { clientProfile } from '../../src/cds-hooks/profiles.js';
import type { CardRecord, CdsService, Hook, HookContext, KeyData } from '../../src/cds-hooks/service.js';
import {
  asOfToday,
  exampleNames,
  examplePatient,
  type ExamplePatient,
} from '../../src/demo/synthetic-patients.js';
import { openDatabase, type Database } from '../../src/database/open-database.js';
import { createFeedbackStore } from '../../src/feedback/database-store.js';
import { createFeedbackIntake, type FeedbackIntake } from '../../src/feedback/intake.js';
import { type Random, seeded } from './random.js';

export interface WeekOptions {
  readonly seed: number;
  readonly patients: number;
  /** Path of the database that both instances use. */
  readonly file: string;
}

export interface HookFigures {
  readonly calls: number;
  readonly cards: number;
  /** Cards there would have been without a memory. */
  readonly withoutMemory: number;
  readonly critical: number;
}

export interface Week {
  readonly byHook: Readonly<Record<Hook, HookFigures>>;
  readonly dismissals: number;
  /** Cards shown while a dismissal of the very same card held, critical ones before a signature aside. */
  readonly repeatsOfDismissed: number;
  /** Cards shown twice in one encounter at one kind of moment. */
  readonly repeatsInEncounter: number;
  /** Critical cards held back before a signature, or never shown to anybody although they applied. */
  readonly criticalLost: number;
}

interface Instance {
  readonly database: Database;
  readonly feedback: FeedbackIntake;
  readonly attention: Attention;
}

const CLIENT = 'ward';
const MONDAY = Date.parse('2026-11-23T07:00:00Z');
const HOUR = 3_600_000;
const DAYS = 5;
/** One kind of order each, as wards write them; the level is added to cement. */
const ORDERS = [
  'Kyphoplasty',
  'Vertebroplasty',
  'MRI lumbar spine',
  'Lumbar brace',
  'Physiotherapy',
  'Tramadol 50 mg',
  'Referral to spine surgery',
  'Complete blood count',
  'Chest x-ray',
  'Paracetamol 1 g',
  'Basic metabolic panel',
  'DXA',
];
const REASONS = [undefined, 'patient-refuses', 'snooze-1-month', 'snooze-3-months', 'snooze-12-months'];
const SYSTEM = 'https://vertebral-cds.org/fhir/CodeSystem/override-reason';

export async function simulateWeek({ seed, patients, file }: WeekOptions): Promise<Week> {
  const random = seeded(seed);
  const instances = [await instance(file), await instance(file)] as const;
  const services = new Map(createServices({}).map((service) => [service.hook, service]));
  const ward = admitted(patients, random);
  const ledger = createLedger();

  for (let day = 0; day < DAYS; day += 1) {
    for (const patient of ward) {
      const today = new Date(MONDAY + day * 24 * HOUR).toISOString().slice(0, 10);
      const record = asOfToday(patient.example, today);
      const resources = random.chance(0.06) ? withNewImaging(record, random) : record.resources;
      for (const visit of visitsOf(day, patient, random)) {
        await call(visit, resources);
      }
    }
  }
  await Promise.all(instances.map(close));
  return ledger.week();

  async function call(visit: Visit, resources: ExamplePatient['resources']): Promise<void> {
    const service = services.get(visit.hook);
    if (service === undefined) throw new Error(`no service for ${visit.hook}`);
    const here = instances[random.below(2)] ?? instances[0];
    const now = new Date(visit.at);
    const context = contextOf(visit);
    const hookInstance = `${visit.at}-${visit.patientId}-${visit.hook}`;
    const answer = service.evaluate({
      hookInstance,
      profile: clientProfile('generic'),
      options: noOptions,
      context,
      data: dataOf(service, resources),
      asOf: now,
      newId: () => random.uuid(),
    });
    const said = { client: CLIENT, context, hookInstance, now };
    const spoken = await here.attention(answer, said, service);
    ledger.heard(visit, answer.records.slice(0, answer.mostCards), spoken.records);
    const { patientId, userId, encounterId } = context;
    here.feedback.rememberCards(
      spoken.records.map((record) => ({
        record,
        service: service.id,
        hook: visit.hook,
        client: CLIENT,
        patientId,
        userId,
        encounterId,
        hookInstance,
        shownAt: now,
        mode: 'live',
        isRepeat: false,
      })),
    );
    await here.feedback.flush();
    for (const record of spoken.records) {
      if (random.chance(0.45)) await dismiss(visit, service, record);
    }
  }

  /** Answered minutes later, at whichever instance the load balancer picks. */
  async function dismiss(visit: Visit, service: CdsService, record: CardRecord): Promise<void> {
    const there = instances[random.below(2)] ?? instances[0];
    const code = random.pick(REASONS);
    const at = new Date(visit.at + random.below(5) * 60_000);
    await there.feedback.addFeedback([
      {
        service: service.id,
        client: CLIENT,
        receivedAt: at,
        feedback: {
          card: record.cardUuid,
          outcome: 'overridden',
          hasComment: false,
          outcomeTimestamp: at.toISOString(),
          ...(code !== undefined && { reason: { system: SYSTEM, code } }),
        },
      },
    ]);
    ledger.dismissed(visit, record);
  }
}

async function instance(file: string): Promise<Instance> {
  const opened = await openDatabase(`file:${file}`);
  if (!opened.ok) throw new Error(opened.problem);
  const { database } = opened;
  const feedback = createFeedbackIntake(createFeedbackStore(database));
  const attention = createAttention({
    history: createHistory(database, feedback.waitingCards),
    pseudonym: database.pseudonym,
    onUnread: () => {
      throw new Error('the history could not be read');
    },
  });
  return { database, feedback, attention };
}

async function close({ feedback, database }: Instance): Promise<void> {
  await feedback.flush();
  await database.close();
}

interface Admitted {
  readonly example: ExamplePatient;
  readonly level: string;
}

/** The synthetic patients in turn, each with an id of its own. */
function admitted(count: number, random: Random): readonly Admitted[] {
  const names = exampleNames();
  return Array.from({ length: count }, (_, index) => {
    const found = examplePatient(names[index % names.length] ?? '');
    const id = `sim-${index}`;
    const json = JSON.stringify(found.resources)
      .replaceAll(`"Patient/${found.id}"`, `"Patient/${id}"`)
      .replaceAll(`"id":"${found.id}"`, `"id":"${id}"`);
    const resources = JSON.parse(json) as ExamplePatient['resources'];
    return { example: { ...found, id, resources }, level: random.pick(['L3', 'L1', 'T12', '']) };
  });
}

interface Visit {
  readonly hook: Hook;
  readonly at: number;
  readonly patientId: string;
  readonly encounterId: string;
  readonly orders: readonly string[];
}

/** Two or three chart openings, one or two order entries with changes of mind, a signature for most. */
function visitsOf(day: number, { example, level }: Admitted, random: Random): readonly Visit[] {
  const patientId = example.id;
  const encounterId = `stay-${patientId}-${Math.floor(day / 3)}`;
  let at = MONDAY + day * 24 * HOUR + random.below(60) * 60_000;
  const visit = (hook: Hook, orders: readonly string[] = []): Visit => {
    at += (5 + random.below(40)) * 60_000;
    return { hook, at, patientId, encounterId, orders };
  };
  const visits: Visit[] = [];
  for (let opened = 0; opened < 2 + random.below(2); opened += 1) visits.push(visit('patient-view'));
  for (let entered = 0; entered < 1 + random.below(2); entered += 1) {
    const order = random.pick(ORDERS);
    const text = order.endsWith('plasty') ? `${order} ${level}`.trim() : order;
    visits.push(visit('order-select', [text]));
    if (random.chance(0.3)) visits.push(visit('order-select', [text, random.pick(ORDERS)]));
    if (random.chance(0.8)) visits.push(visit('order-sign', [text]));
  }
  return visits;
}

function contextOf({ hook, patientId, encounterId, orders }: Visit): HookContext {
  const who = { patientId, encounterId, userId: 'Practitioner/surgeon' };
  if (hook === 'patient-view') return { hook, ...who };
  const entry = orders.map((text, index) => ({
    resource: {
      resourceType: 'ServiceRequest' as const,
      id: `draft-${index}`,
      status: 'draft' as const,
      intent: 'order' as const,
      subject: { reference: `Patient/${patientId}` },
      code: { text },
    },
  }));
  const draftOrders = { resourceType: 'Bundle' as const, type: 'collection' as const, entry };
  if (hook === 'order-sign') return { hook, ...who, draftOrders };
  return { hook, ...who, draftOrders, selections: orders.map((_, index) => `ServiceRequest/draft-${index}`) };
}

function dataOf(service: CdsService, resources: ExamplePatient['resources']): ReadonlyMap<string, KeyData> {
  return new Map(
    Object.entries(service.prefetch).map(([key, { query }]): [string, KeyData] => {
      const type = query.split(/[/?]/)[0];
      const found = resources.filter(({ resourceType }) => resourceType === type);
      if (found.length === 0) return [key, { state: 'none', from: 'prefetch' }];
      return [key, { state: 'present', from: 'prefetch', complete: true, resources: found as never }];
    }),
  );
}

/** A follow-up examination: the vertebra has lost more height. */
function withNewImaging({ resources }: ExamplePatient, random: Random): ExamplePatient['resources'] {
  const loss = 10 + random.below(85);
  return resources.map((resource) =>
    JSON.stringify(resource.code ?? '').includes('height-loss')
      ? { ...resource, valueQuantity: { value: loss, unit: '%' } }
      : resource,
  );
}

/** Keeps its own account of what was shown and dismissed, in plain maps. */
function createLedger() {
  const hooks: readonly Hook[] = ['patient-view', 'order-select', 'order-sign'];
  const figures = new Map(hooks.map((hook) => [hook, { calls: 0, cards: 0, withoutMemory: 0, critical: 0 }]));
  const asleep = new Set<string>();
  const shown = new Set<string>();
  const everShown = new Set<string>();
  const count = { dismissals: 0, repeatsOfDismissed: 0, repeatsInEncounter: 0, criticalLost: 0 };
  const mark = ({ patientId }: Visit, { outcome, fingerprint }: CardRecord) =>
    `${patientId} ${outcome} ${fingerprint}`;

  return {
    heard: (visit: Visit, due: readonly CardRecord[], said: readonly CardRecord[]): void => {
      const figure = figures.get(visit.hook);
      if (figure === undefined) return;
      const isSigning = visit.hook === 'order-sign';
      figure.calls += 1;
      figure.cards += said.length;
      figure.withoutMemory += due.length;
      figure.critical += said.filter(({ indicator }) => indicator === 'critical').length;
      for (const record of said) {
        const isGuard = isSigning && record.isGuard;
        const moment = `${mark(visit, record)} ${visit.encounterId} ${String(isSigning)}`;
        if (asleep.has(mark(visit, record)) && !isGuard) count.repeatsOfDismissed += 1;
        if (shown.has(moment) && !isGuard) count.repeatsInEncounter += 1;
        shown.add(moment);
        everShown.add(mark(visit, record));
      }
      for (const record of due) {
        if (record.indicator !== 'critical' || said.includes(record)) continue;
        const isKnown = everShown.has(mark(visit, record));
        if (isSigning || !isKnown) count.criticalLost += 1;
      }
    },
    /** Every snooze outlasts the week. */
    dismissed: (visit: Visit, record: CardRecord): void => {
      count.dismissals += 1;
      asleep.add(mark(visit, record));
    },
    week: (): Week => ({
      ...count,
      byHook: Object.fromEntries(figures) as Record<Hook, HookFigures>,
    }),
  };
}
