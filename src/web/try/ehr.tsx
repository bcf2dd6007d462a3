/** The small EHR: choose a patient, read the chart, draft and sign orders; every step asks the service. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Card, Link, Suggestion } from '../../cds-hooks/card.js';
import { type Chart, connect, type Ehr as Connection, type HookCall, type Said } from './calls.js';
import { CardView, type Dismissal } from './card-view.js';
import { ChartView } from './chart-view.js';
import { accepted, type DraftOrder } from './draft-orders.js';
import { Exchanges } from './exchanges.js';
import { OrderEntry } from './order-entry.js';
import type { TryData } from './page.js';
import { PatientChoice } from './patient-choice.js';

/** An open chart. */
interface Visit {
  readonly patientId: string;
  readonly why: string;
  readonly chart: Chart;
  readonly drafts: readonly DraftOrder[];
  /** Cards of the last call, with the service that gave them. */
  readonly cards: readonly Card[];
  readonly service: string;
  /** What happened last, in a sentence. */
  readonly news: string;
}

export function Ehr({ data }: { readonly data: TryData }) {
  const [connection, setConnection] = useState<Connection>();
  const [problem, setProblem] = useState('');
  const [said, setSaid] = useState<readonly Said[]>([]);
  const [visit, setVisit] = useState<Visit>();
  const count = useRef(0);
  const newId = () => `draft-${(count.current += 1)}`;

  useEffect(() => {
    const hear = (one: Said) => setSaid((before) => [one, ...before].slice(0, 20));
    connect(data.fhirBase, hear).then(setConnection, () =>
      setProblem('The service does not answer: is it still running?'),
    );
  }, [data.fhirBase]);

  async function ask(before: Visit, hook: string, call: Pick<HookCall, 'drafts' | 'selected'>, news: string) {
    const cards = (await connection?.call({ hook, ...before, ...call })) ?? [];
    const service = connection?.services.find((one) => one.hook === hook)?.id ?? '';
    const what = cards.length === 0 ? `${news} No card: nothing to say now.` : news;
    setVisit({ ...before, drafts: call.drafts, cards, service, news: what });
  }

  async function open(patientId: string) {
    if (connection === undefined) return;
    const why = data.patients.find(({ id }) => id === patientId)?.why ?? '';
    const chart = await connection.chartOf(patientId);
    const opened: Visit = { patientId, why, chart, drafts: [], cards: [], service: '', news: '' };
    await ask(opened, 'patient-view', { drafts: [], selected: [] }, 'The chart is open.');
  }

  async function accept(card: Card, suggestion: Suggestion) {
    if (visit === undefined) return;
    const acceptance = { acceptedSuggestions: [{ id: suggestion.uuid }], outcome: 'accepted' };
    await connection?.tell(visit.service, { card: card.uuid, ...acceptance, outcomeTimestamp: now() });
    const drafts = accepted(visit.drafts, suggestion, newId);
    const cards = visit.cards.filter(({ uuid }) => uuid !== card.uuid);
    setVisit({ ...visit, drafts, cards, news: `Done: ${suggestion.label}.` });
  }

  async function dismiss(card: Card, { reason, comment }: Dismissal) {
    if (visit === undefined) return;
    const overrideReason = {
      ...(reason !== undefined && { reason: { code: reason.code, system: reason.system } }),
      ...(comment !== '' && { userComment: comment }),
    };
    await connection?.tell(visit.service, {
      card: card.uuid,
      outcome: 'overridden',
      ...(Object.keys(overrideReason).length > 0 && { overrideReason }),
      outcomeTimestamp: now(),
    });
    const cards = visit.cards.filter(({ uuid }) => uuid !== card.uuid);
    const news =
      'Dismissed. It stays silent for this patient until something decisive changes or its time is over.';
    setVisit({ ...visit, cards, news });
  }

  const guarded = (work: Promise<void>) => {
    work.then(
      () => setProblem(''),
      () => setProblem('The service did not answer this step: is it still running?'),
    );
  };

  return (
    <div class="ehr">
      <section aria-label="EHR">
        <PatientChoice
          patients={data.patients}
          isReady={connection !== undefined}
          onOpen={(id) => guarded(open(id))}
        />
        {problem !== '' && (
          <p class="note" role="alert">
            {problem}
          </p>
        )}
        {visit !== undefined && (
          <>
            <p class="soft">{visit.why}</p>
            <div aria-live="polite">
              <p>
                <em>{visit.news}</em>
              </p>
              {visit.cards.map((card) => (
                <CardView
                  key={card.uuid}
                  card={card}
                  actions={{
                    onAccept: (one, suggestion) => guarded(accept(one, suggestion)),
                    onDismiss: (one, dismissal) => guarded(dismiss(one, dismissal)),
                    onLaunch: (link) => launched(link, visit.patientId, data.fhirBase),
                  }}
                />
              ))}
            </div>
            <OrderEntry
              patientId={visit.patientId}
              drafts={visit.drafts}
              newId={newId}
              onDraft={(draft) => {
                const call = { drafts: [...visit.drafts, draft], selected: [draft] };
                guarded(ask(visit, 'order-select', call, 'The order is drafted.'));
              }}
              onRemove={(draft) =>
                setVisit({
                  ...visit,
                  drafts: visit.drafts.filter((one) => one !== draft),
                  news: 'The draft is removed.',
                })
              }
              onSign={() =>
                guarded(
                  ask(
                    visit,
                    'order-sign',
                    { drafts: visit.drafts, selected: visit.drafts },
                    'Asked before signing.',
                  ),
                )
              }
            />
            <details open>
              <summary>Chart</summary>
              <ChartView chart={visit.chart} />
            </details>
          </>
        )}
      </section>
      <section aria-label="On the wire" class="wire">
        <h2>On the wire</h2>
        <Exchanges said={said} />
      </section>
    </div>
  );
}

function now(): string {
  return new Date().toISOString();
}

/** An app is launched from the EHR with its FHIR server, the patient in its launch token, and the context of the card. */
function launched({ url, type, appContext }: Link, patientId: string, fhirBase: string): string {
  if (type === 'absolute') return url;
  const launch = new URL(url);
  launch.searchParams.set('iss', new URL(fhirBase, location.href).href);
  launch.searchParams.set('launch', btoa(JSON.stringify({ patient: patientId, appContext })));
  return launch.href;
}
