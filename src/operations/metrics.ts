/**
 * What Prometheus is told. Every label has a closed set of values, known at start: nothing that a request holds can
 * become a new series or be read from one.
 */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { CdsService } from '../cds-hooks/service.js';
import type { RequestLine } from './log.js';
import type { Product } from './product.js';

export interface Metrics {
  readonly request: (line: RequestLine) => void;
  readonly fhirRead: (read: FhirReadSample) => void;
  readonly breaker: (change: {
    readonly server: string;
    readonly state: 'open' | 'half-open' | 'closed';
  }) => void;
  /** The name under which a FHIR base is counted: its URL when it is registered. */
  readonly serverLabel: (server: string) => string;
  /** Rows that were lost, or that are being tried again. */
  readonly notWritten: (what: string, count: number) => void;
  readonly ready: (isReady: boolean) => void;
  /** Everything in the text format of Prometheus. */
  readonly render: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

interface FhirReadSample {
  readonly client?: string;
  readonly server: string;
  readonly resourceType: string;
  readonly outcome: string;
  readonly ms: number;
  readonly attempts: number;
}

export interface MetricsParts {
  readonly product: Product;
  /** Ids of the registered clients. */
  readonly clients: readonly string[];
  /** URLs of the registered FHIR bases. */
  readonly fhirServers: readonly string[];
  readonly services: readonly CdsService[];
}

/** Outcomes and rules come from the services themselves; this many of each, and no more. */
const mostRules = 200;
const other = 'other';

export function createMetrics({ product, clients, fhirServers, services }: MetricsParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'vertebral_cds_' });
  const name = (text: string) => `vertebral_cds_${text}`;
  const registers = [registry];
  const counter = <Label extends string>(text: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: name(text), help, labelNames, registers });

  const clientLabel = closed(['trial', ...clients], other);
  const serverLabel = closed(fhirServers, 'trial');
  const typeLabel = closed(typesIn(services), other);
  const ruleLabel = growing(mostRules);
  const outcomeLabel = growing(mostRules);

  const requests = counter('requests_total', 'Requests answered.', ['route', 'status']);
  const calls = counter('hook_calls_total', 'Hook calls answered.', ['hook', 'client', 'status']);
  const duration = new Histogram({
    name: name('hook_call_seconds'),
    help: 'Time from the arrival of a hook call to its answer.',
    labelNames: ['hook'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2, 5],
    registers,
  });
  const cards = counter('cards_total', 'Cards given.', ['outcome', 'rule']);
  const unavailable = counter('data_unavailable_total', 'Prefetch keys that could not be had.', [
    'client',
    'reason',
  ]);
  const otherPatients = counter('other_patient_resources_total', 'Resources of another patient left out.', [
    'client',
  ]);
  const refused = counter('tokens_refused_total', 'Requests without a valid token.', ['client', 'reason']);
  const limited = counter('rate_limited_total', 'Requests refused because the client sent too many.', [
    'client',
  ]);
  const feedback = counter('feedback_total', 'Feedback entries stored.', ['client']);
  const reads = counter('fhir_reads_total', 'Reads from FHIR servers.', [
    'client',
    'server',
    'resource_type',
    'outcome',
  ]);
  const readTime = new Histogram({
    name: name('fhir_read_seconds'),
    help: 'Time of a read, attempts and waits included.',
    labelNames: ['client', 'server'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 5],
    registers,
  });
  const retries = counter('fhir_retries_total', 'Reads tried again because the server was busy.', ['server']);
  const breakers = new Gauge({
    name: name('breaker_open'),
    help: '1 while a FHIR server is left alone after failures, 0.5 while one read tries it, else 0.',
    labelNames: ['server'],
    registers,
  });
  const lost = counter('not_written_total', 'Rows that could not be written to the database.', ['what']);
  const readiness = new Gauge({ name: name('ready'), help: '1 when the service is ready.', registers });
  new Gauge({
    name: name('build_info'),
    help: 'What is running.',
    labelNames: ['version'],
    registers,
  }).set({ version: product.version }, 1);
  for (const server of fhirServers) breakers.set({ server: serverLabel(server) }, 0);

  return {
    request: (line) => {
      const client = clientLabel(line.client);
      requests.inc({ route: line.route, status: line.status });
      if (line.refusal !== undefined) refused.inc({ client, reason: line.refusal });
      if (line.failure === 'too-many-calls') limited.inc({ client });
      if (line.otherPatients !== undefined) otherPatients.inc({ client }, line.otherPatients);
      if (line.feedback !== undefined) feedback.inc({ client }, line.feedback);
      for (const [reason, count] of Object.entries(line.prefetch ?? {})) {
        if (reason !== 'present' && reason !== 'none') unavailable.inc({ client, reason }, count);
      }
      line.outcomes?.forEach((outcome, index) => {
        cards.inc({ outcome: outcomeLabel(outcome), rule: ruleLabel(line.rules?.[index] ?? other) });
      });
      if (line.hook === undefined) return;
      calls.inc({ hook: line.hook, client, status: line.status });
      duration.observe({ hook: line.hook }, line.ms / 1000);
    },
    fhirRead: ({ client: name, server: url, resourceType, outcome, ms, attempts }) => {
      const [client, server] = [clientLabel(name), serverLabel(url)];
      reads.inc({ client, server, resource_type: typeLabel(resourceType), outcome });
      readTime.observe({ client, server }, ms / 1000);
      if (attempts > 1) retries.inc({ server }, attempts - 1);
    },
    breaker: ({ server, state }) => {
      breakers.set({ server: serverLabel(server) }, breakerValues[state]);
    },
    serverLabel,
    notWritten: (what, count) => lost.inc({ what }, count),
    ready: (isReady) => readiness.set(isReady ? 1 : 0),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

const breakerValues = { closed: 0, 'half-open': 0.5, open: 1 } as const;

/** A label whose values are known at start. */
function closed(values: Iterable<string>, otherwise: string): (value: string | undefined) => string {
  const known = new Set(values);
  return (value) => (value !== undefined && known.has(value) ? value : otherwise);
}

/** A label whose values come from our own code, and which stops growing in case that is wrong. */
function growing(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return other;
    known.add(value);
    return value;
  };
}

function typesIn(services: readonly CdsService[]): ReadonlySet<string> {
  const queries = services.flatMap(({ prefetch }) => Object.values(prefetch).map(({ query }) => query));
  return new Set(queries.map((query) => query.split(/[/?]/, 1)[0] ?? other));
}
