/** The page of the small EHR: what it is and whom it knows; the EHR itself is its script. */
import type { PageContent } from '../page/document.js';

export const tryPath = '/try';

export interface TryPatient {
  readonly id: string;
  /** Name of the synthetic patient, which begins with the row of the table it shows. */
  readonly name: string;
  readonly why: string;
}

/** What the script starts from. */
export interface TryData {
  readonly patients: readonly TryPatient[];
  /** FHIR base of the synthetic patients, relative to the page. */
  readonly fhirBase: string;
}

export function tryPage(patients: readonly TryPatient[]): PageContent {
  const data: TryData = { patients, fhirBase: '/demo/fhir' };
  return {
    title: 'Try it: a small EHR with synthetic patients',
    path: tryPath,
    script: 'try',
    data,
    main: (
      <>
        <h1>Try it</h1>
        <p class="lead">
          A small EHR. Open a chart, draft an order, sign it: each step calls the service as an EHR would, and
          its cards appear. <strong class="synthetic">Synthetic patients</strong>
        </p>
        <div id="ehr">
          <noscript>
            <p class="note">
              The EHR on this page needs JavaScript. Without it, the same call works from a shell:
            </p>
          </noscript>
          <details>
            <summary>From a shell instead</summary>
            <pre tabIndex={0}>
              <code>
                {
                  "npx vertebral-cds example t6-l3-wedge-40-percent | curl -s http://127.0.0.1:3000/cds-services/vertebral-fracture-order-select -H 'Content-Type: application/json' -d @-"
                }
              </code>
            </pre>
          </details>
          <h2>The patients</h2>
          <ul class="whos">
            {patients.map(({ id, name, why }) => (
              <li key={id}>
                <b>{name}</b> {why}
              </li>
            ))}
          </ul>
        </div>
      </>
    ),
  };
}
