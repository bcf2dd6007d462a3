/** What the small EHR says to the service and to its FHIR server: the public interface, nothing else. */
import type { Card } from '../../cds-hooks/card.js';
import type { DraftOrder } from './draft-orders.js';

/** A service as discovery tells it. */
export interface Discovered {
  readonly id: string;
  readonly hook: string;
  readonly prefetch?: Readonly<Record<string, string>>;
}

export type ChartResource = Readonly<Record<string, unknown>> & { readonly resourceType: string };

/** Everything the templates of the services ask for about one patient, by key. */
export type Chart = Readonly<Record<string, unknown>>;

/** One request with its answer, for the reader beside the EHR. */
export interface Said {
  readonly what: string;
  readonly url: string;
  readonly status: number;
  readonly request?: unknown;
  readonly answer: unknown;
}

export interface Ehr {
  readonly services: readonly Discovered[];
  readonly chartOf: (patientId: string) => Promise<Chart>;
  readonly call: (call: HookCall) => Promise<readonly Card[]>;
  readonly tell: (service: string, feedback: object) => Promise<void>;
}

export interface HookCall {
  readonly hook: string;
  readonly patientId: string;
  readonly chart: Chart;
  readonly drafts: readonly DraftOrder[];
  /** Drafts that were selected just now; all of them when signing. */
  readonly selected: readonly DraftOrder[];
}

const user = 'Practitioner/demo';

/** Asks what services there are. @param onSaid hears every exchange but the reading of charts */
export async function connect(fhirBase: string, onSaid: (said: Said) => void): Promise<Ehr> {
  const { services } = (await fetched('/cds-services')).answer as {
    readonly services: readonly Discovered[];
  };
  const fhirServer = new URL(fhirBase, location.href).href;
  return {
    services,
    chartOf: (patientId) => readChart(services, fhirBase, patientId),
    call: async (call) => {
      const service = services.find(({ hook }) => hook === call.hook);
      if (service === undefined) return [];
      const said = await posted(
        `/cds-services/${service.id}`,
        call.hook,
        requestOf(call, service, fhirServer),
      );
      onSaid(said);
      const { cards = [] } = said.answer as { readonly cards?: readonly Card[] };
      return cards;
    },
    tell: async (service, feedback) => {
      onSaid(await posted(`/cds-services/${service}/feedback`, 'feedback', { feedback: [feedback] }));
    },
  };
}

function requestOf(
  { hook, patientId, chart, drafts, selected }: HookCall,
  service: Discovered,
  fhirServer: string,
): object {
  const keys = Object.keys(service.prefetch ?? {});
  return {
    hook,
    hookInstance: crypto.randomUUID(),
    fhirServer,
    context: {
      userId: user,
      patientId,
      ...(hook === 'order-select' && {
        selections: selected.map(({ resourceType, id }) => `${resourceType}/${id}`),
      }),
      ...(hook !== 'patient-view' && {
        draftOrders: {
          resourceType: 'Bundle',
          type: 'collection',
          entry: drafts.map((resource) => ({ resource })),
        },
      }),
    },
    prefetch: Object.fromEntries(keys.flatMap((key) => (key in chart ? [[key, chart[key]]] : []))),
  };
}

/** A key that can't be read is left out, as EHRs do. */
async function readChart(
  services: readonly Discovered[],
  fhirBase: string,
  patientId: string,
): Promise<Chart> {
  const templates = Object.assign({}, ...services.map(({ prefetch = {} }) => prefetch)) as Readonly<
    Record<string, string>
  >;
  const entries = Object.entries(templates).map(async ([key, template]) => {
    const query = template.replaceAll('{{context.patientId}}', encodeURIComponent(patientId));
    if (query.includes('{{')) return [];
    const { status, answer } = await fetched(`${fhirBase}/${query}`);
    return status === 200 ? [[key, answer] as const] : [];
  });
  return Object.fromEntries((await Promise.all(entries)).flat());
}

async function fetched(url: string): Promise<{ readonly status: number; readonly answer: unknown }> {
  const response = await fetch(url, { headers: { Accept: 'application/json, application/fhir+json' } });
  return { status: response.status, answer: await response.json() };
}

async function posted(url: string, what: string, request: object): Promise<Said> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  return { what, url, status: response.status, request, answer: await response.json() };
}
