/**
 * `npm run bench:steps`: what each step of a call takes by itself, in this process, for bodies of three sizes: median of
 * many calls, each about another patient. JSON.parse alone stands beside them.
 */
import { randomUUID } from 'node:crypto';
import type * as BuiltServices from '../cds-services/index.js';
import type * as BuiltCards from '../cds-services/vertebral-fracture/cards/cards.js';
import type * as BuiltTexts from '../cds-services/vertebral-fracture/cards/texts/texts.js';
import type * as BuiltAssess from '../cds-services/vertebral-fracture/decision/assess.js';
import type * as BuiltGather from '../cds-services/vertebral-fracture/findings/gather.js';
import type * as BuiltPatientRecord from '../cds-services/vertebral-fracture/findings/patient-record.js';
import type * as BuiltDraftOrders from '../cds-services/vertebral-fracture/orders/draft-orders.js';
import type * as BuiltStandingOrders from '../cds-services/vertebral-fracture/orders/standing-orders.js';
import type * as BuiltSite from '../cds-services/vertebral-fracture/site.js';
import type * as BuiltProfiles from '../src/cds-hooks/profiles.js';
import type * as BuiltRequest from '../src/cds-hooks/request.js';
import type * as BuiltDeadline from '../src/fhir/deadline.js';
import type * as BuiltPrefetch from '../src/fhir/prefetch.js';
import type * as BuiltJson from '../src/http/json.js';
import { built } from './built.js';
import { bodies, sizes } from './http/bodies.js';
import { median, report, type ResultRow, rounded } from './results.js';

const { createServices, siteConfigurationSchema } =
  await built<typeof BuiltServices>('cds-services/index.js');
const { cardsFor } = await built<typeof BuiltCards>('cds-services/vertebral-fracture/cards/cards.js');
const { textsIn } = await built<typeof BuiltTexts>('cds-services/vertebral-fracture/cards/texts/texts.js');
const { assess } = await built<typeof BuiltAssess>('cds-services/vertebral-fracture/decision/assess.js');
const { gatherFindings } = await built<typeof BuiltGather>(
  'cds-services/vertebral-fracture/findings/gather.js',
);
const { patientRecord } = await built<typeof BuiltPatientRecord>(
  'cds-services/vertebral-fracture/findings/patient-record.js',
);
const { draftOrders } = await built<typeof BuiltDraftOrders>(
  'cds-services/vertebral-fracture/orders/draft-orders.js',
);
const { standingOrders } = await built<typeof BuiltStandingOrders>(
  'cds-services/vertebral-fracture/orders/standing-orders.js',
);
const { siteOf } = await built<typeof BuiltSite>('cds-services/vertebral-fracture/site.js');
const { clientProfile } = await built<typeof BuiltProfiles>('src/cds-hooks/profiles.js');
const { parseHookRequest } = await built<typeof BuiltRequest>('src/cds-hooks/request.js');
const { startDeadline } = await built<typeof BuiltDeadline>('src/fhir/deadline.js');
const { resolvePrefetch } = await built<typeof BuiltPrefetch>('src/fhir/prefetch.js');
const { parseJson } = await built<typeof BuiltJson>('src/http/json.js');

const configuration = siteConfigurationSchema.parse({});
const site = siteOf(configuration);
const texts = textsIn(site.language);
const profile = clientProfile('generic');
const service = createServices(configuration).find(({ hook }) => hook === 'order-select');
if (service === undefined) throw new Error('no order-select service');
const { prefetch, evaluate } = service;

const limits = { depth: 64, values: 200_000 };
const unread = { get: () => Promise.reject(new Error('nothing is read from a FHIR server here')) };

const rows: ResultRow[] = [];
for (const [size, bytes] of Object.entries(sizes)) rows.push(await stepsOf(size, bytes));
report('steps', rows);

async function stepsOf(size: string, bytes: number): Promise<ResultRow> {
  const next = bodies(bytes);
  const calls = bytes > 1e6 ? 60 : bytes > 1e5 ? 600 : 4000;
  const times = new Map<string, number[]>();
  for (let made = 0; made < calls; made += 1) await oneCall(next(), times);
  const row: Record<string, string | number> = { body: size };
  for (const [step, all] of times) {
    // The first third warms up.
    row[`${step} ms`] = rounded(median(all.slice(Math.floor(all.length / 3))), 3);
  }
  return row;
}

async function oneCall(bytes: Buffer, times: Map<string, number[]>): Promise<void> {
  function timed<Result>(step: string, work: () => Result): Result {
    const begun = performance.now();
    const result = work();
    const all = times.get(step) ?? [];
    all.push(performance.now() - begun);
    times.set(step, all);
    return result;
  }
  timed('JSON.parse', () => JSON.parse(bytes.toString('utf8')) as unknown);
  const json = timed('JSON, checked', () => parseJson(bytes, limits));
  if (!json.ok) throw new Error(json.failure);
  const parsed = timed('envelope', () => parseHookRequest('order-select', json.value));
  if (!parsed.ok) throw new Error('not a request');
  const { context, hookInstance, options, prefetch: prefetched } = parsed.value;
  const deadline = startDeadline(1000);
  const begun = performance.now();
  const data = await resolvePrefetch({
    templates: prefetch,
    context,
    prefetched,
    source: 'not-provided',
    reader: unread,
    deadline,
    pageLimit: 10,
  });
  times.set('prefetch', [...(times.get('prefetch') ?? []), performance.now() - begun]);
  deadline.end();
  const asOf = new Date();
  const given = [...data.values()].flatMap((one) => (one.state === 'present' ? one.resources : []));
  const entries = given.map((resource) => ({ resource }));
  const { patientId } = context;
  const record = timed('record', () => patientRecord({ entries, patientId, asOf: asOf.getTime() }));
  // All but the last step read the same texts: what is remembered of them would spare the first reading.
  const findings = timed('findings', () => gatherFindings(record, site.policy));
  const orders = draftOrders(context, record.keyOf, site);
  const standing = standingOrders(record, site);
  timed('decision and cards', () =>
    cardsFor(assess(findings, site.policy), {
      hook: 'order-select',
      profile,
      options,
      patientId,
      encounterId: context.encounterId,
      orders,
      standing,
      isInformed: false,
      gaps: [],
      isRecordComplete: true,
      site,
      texts,
      pages: {},
      newId: randomUUID,
    }),
  );
  timed('evaluate, texts known', () =>
    evaluate({ hookInstance, profile, options, context, data, pages: {}, asOf, newId: randomUUID }),
  );
}
