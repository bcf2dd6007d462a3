/** A standalone launch of the demonstration: whose record? */
import type { PageContent } from '../page/document.js';
import type { TryPatient } from './page.js';

export function choosePatientPage(
  patients: readonly TryPatient[],
  urlFor: (patientId: string) => string,
): PageContent {
  return {
    title: 'Choose a synthetic patient',
    main: (
      <>
        <h1>Whose record?</h1>
        <p class="lead">
          The review was opened without a chart. <strong class="synthetic">Synthetic patients</strong>
        </p>
        <ul class="whos">
          {patients.map(({ id, name, why }) => (
            <li key={id}>
              <a href={urlFor(id)}>{name}</a> {why}
            </li>
          ))}
        </ul>
      </>
    ),
  };
}
