/**
 * What Prometheus is told. Every label has a closed or bounded set of values: nothing that a request holds can become a
 * new series or be read from one.
 */
import { Registry, collectDefaultMetrics } from 'prom-client';
import { queryKind } from '../cds-hooks/prefetch-template.js';
import type { CdsService } from '../cds-hooks/service.js';
import type { BreakerReport, ReadReport } from '../fhir/reader.js';
import {
  closed,
  firstPairs,
  gapReasons,
  indicators,
  other,
  readOutcomes,
  statuses,
  unwritten,
  type Unwritten,
} from './label-values.js';
import { metricsIn } from './metric-families.js';
import type { Product } from './product.js';
import { routes, type RequestLine } from './request-line.js';
import { serverNames, type ServerName } from './server-names.js';

export interface Metrics {
  readonly request: (line: RequestLine) => void;
  readonly fhirRead: (read: ReadReport) => void;
  readonly breaker: (change: BreakerReport) => void;
  /** The name under which a FHIR base is counted: its URL when it is registered. */
  readonly serverLabel: (server: string) => ServerName;
  /** Rows that were lost or are being tried again; lines of the log that were lost. */
  readonly notWritten: (what: Unwritten, count: number) => void;
  readonly ready: (isReady: boolean) => void;
  /** Everything in the text format of Prometheus. */
  readonly render: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

export interface MetricsParts {
  readonly product: Product;
  /** Version of what the services decide by. */
  readonly knowledgeVersion?: string | undefined;
  /** Ids of the registered clients. */
  readonly clients: readonly string[];
  /** URLs of the registered FHIR bases. */
  readonly fhirServers: readonly string[];
  readonly services: readonly CdsService[];
  /** Codes for which a token is refused. */
  readonly refusals: readonly string[];
}

/** Pairs of outcome and rule come from the services themselves; this many of them, and no more. */
const mostPairs = 200;

const breakerValues = { closed: 0, 'half-open': 0.5, open: 1 } as const;

export function createMetrics(parts: MetricsParts): Metrics {
  const { product, knowledgeVersion = '', clients, fhirServers, services, refusals } = parts;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'vertebral_cds_' });
  const { counter, histogram, gauge } = metricsIn(registry);

  const clientLabel = closed(['trial', ...clients]);
  const serverLabel = serverNames(fhirServers);
  const hookLabel = closed(services.map(({ hook }) => hook));
  const keyLabel = closed(services.flatMap(({ prefetch }) => Object.keys(prefetch)));
  const typeLabel = closed(resourceTypes(services));
  const routeLabel = closed(routes);
  const statusLabel = closed(statuses);
  const refusalLabel = closed(refusals);
  const gapLabel = closed(gapReasons);
  const readLabel = closed(readOutcomes);
  const indicatorLabel = closed(indicators);
  const unwrittenLabel = closed(unwritten);
  const cardLabels = firstPairs(mostPairs);

  const requests = counter('requests_total', 'Requests answered.', ['route', 'status']);
  const calls = counter('hook_calls_total', 'Hook calls answered.', ['hook', 'client', 'status']);
  const duration = histogram(
    'hook_call_seconds',
    'Time from the arrival of a hook call to its answer.',
    ['hook'],
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2, 5],
  );
  const cards = counter('cards_total', 'Cards given.', ['outcome', 'rule', 'indicator']);
  const silent = counter('calls_without_cards_total', 'Hook calls with nothing to say.', ['hook', 'client']);
  const unavailable = counter('data_unavailable_total', 'Prefetch keys not to be had, or not whole.', [
    'client',
    'key',
    'reason',
  ]);
  const otherPatients = counter('other_patient_resources_total', 'Resources of another patient left out.', [
    'client',
  ]);
  const refused = counter('tokens_refused_total', 'Requests without a valid token.', ['client', 'reason']);
  const limited = counter('rate_limited_total', 'Requests refused because the client sent too many.', [
    'client',
  ]);
  const feedback = counter('feedback_total', 'Feedback entries stored.', ['client', 'outcome']);
  const reads = counter('fhir_reads_total', 'Reads from FHIR servers.', [
    'client',
    'server',
    'resource_type',
    'outcome',
  ]);
  const readTime = histogram(
    'fhir_read_seconds',
    'Time of a read, attempts and waits included.',
    ['client', 'server'],
    [0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 5],
  );
  const retries = counter('fhir_retries_total', 'Reads tried again because the server was busy.', ['server']);
  const breakers = gauge(
    'breaker_open',
    '1 while a FHIR server is left alone after failures, 0.5 while one read tries it, else 0.',
    ['server'],
  );
  const lost = counter('not_written_total', 'Rows and log lines that could not be written.', ['what']);
  const readiness = gauge('ready', '1 when the service is ready.', []);
  gauge('build_info', 'What is running.', ['version', 'knowledge_version']).set(
    { version: product.version, knowledge_version: knowledgeVersion },
    1,
  );

  // An alert on an increase sees the first one only if there was a zero before it.
  for (const server of fhirServers) breakers.set({ server: serverLabel(server) }, 0);
  for (const client of clients) otherPatients.inc({ client }, 0);
  for (const what of unwritten) lost.inc({ what }, 0);
  for (const route of ['call', 'feedback']) {
    for (const status of [500, 503]) requests.inc({ route, status }, 0);
  }

  function countCards({ outcomes = [], rules = [], indicators: given = [] }: RequestLine): void {
    outcomes.forEach((one, index) => {
      const [outcome, rule] = cardLabels(one, rules[index] ?? other);
      cards.inc({ outcome, rule, indicator: indicatorLabel(given[index]) });
    });
  }

  function countFeedback(client: string, entries: number, accepted: number): void {
    if (accepted > 0) feedback.inc({ client, outcome: 'accepted' }, accepted);
    if (entries > accepted) feedback.inc({ client, outcome: 'overridden' }, entries - accepted);
  }

  return {
    request: (line) => {
      const client = clientLabel(line.client);
      const status = statusLabel(line.status);
      requests.inc({ route: routeLabel(line.route), status });
      if (line.refusal !== undefined) refused.inc({ client, reason: refusalLabel(line.refusal) });
      if (line.failure === 'too-many-calls') limited.inc({ client });
      if (line.otherPatients !== undefined) otherPatients.inc({ client }, line.otherPatients);
      if (line.feedback !== undefined) countFeedback(client, line.feedback, line.accepted ?? 0);
      for (const [key, reason] of Object.entries(line.gaps ?? {})) {
        unavailable.inc({ client, key: keyLabel(key), reason: gapLabel(reason) });
      }
      countCards(line);
      if (line.hook === undefined) return;
      const hook = hookLabel(line.hook);
      calls.inc({ hook, client, status });
      if (line.cards === 0) silent.inc({ hook, client });
      duration.observe({ hook }, line.ms / 1000);
    },
    fhirRead: (read) => {
      const [client, server] = [clientLabel(read.client), serverLabel(read.server)];
      const resource_type = typeLabel(read.resourceType);
      reads.inc({ client, server, resource_type, outcome: readLabel(read.outcome) });
      readTime.observe({ client, server }, read.ms / 1000);
      if (read.attempts > 1) retries.inc({ server }, read.attempts - 1);
    },
    breaker: ({ server, state }) => breakers.set({ server: serverLabel(server) }, breakerValues[state]),
    serverLabel,
    notWritten: (what, count) => lost.inc({ what: unwrittenLabel(what) }, count),
    ready: (isReady) => readiness.set(isReady ? 1 : 0),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

function resourceTypes(services: readonly CdsService[]): readonly string[] {
  const queries = services.flatMap(({ prefetch }) => Object.values(prefetch).map(({ query }) => query));
  return queries.map((query) => queryKind(query).resourceType);
}
