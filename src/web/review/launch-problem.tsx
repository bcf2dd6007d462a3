/** Why the fracture review can't be shown, and what to do: for the clinician, and for IT beside them. */
import type { PageContent } from '../page/document.js';

export type LaunchProblem =
  | 'no-server'
  | 'not-registered'
  | 'no-smart'
  | 'refused'
  | 'token-refused'
  | 'no-patient'
  | 'not-begun'
  | 'no-data';

const TEXTS: Readonly<Record<LaunchProblem, readonly [string, string]>> = {
  'no-server': [
    'The launch names no FHIR server.',
    'Open the review from the EHR, or name the server: /review/launch?iss=<FHIR base>.',
  ],
  'not-registered': [
    'The review is not registered with this FHIR server.',
    'IT: add the server to reviewApps in CONFIG_FILE, with the client id registered there.',
  ],
  'no-smart': [
    'The FHIR server did not answer its SMART configuration.',
    'Try again. IT: see that <FHIR base>/.well-known/smart-configuration answers, and that this service may reach it.',
  ],
  refused: [
    'The authorization server did not let the review in.',
    'Open it from the EHR again; ask IT if it stays so.',
  ],
  'token-refused': [
    'The authorization server gave no access token.',
    'Open it from the EHR again. IT: compare client id, secret and redirect address (PUBLIC_URL/review) with the registration.',
  ],
  'no-patient': [
    'The launch names no patient.',
    'Open it from a chart. IT: the registration has to allow the scope launch or launch/patient.',
  ],
  'not-begun': [
    'This launch was not begun in this browser, or too long ago.',
    'Open the review from the EHR again. A page that was reloaded has to be opened anew: nothing of a patient is kept here.',
  ],
  'no-data': [
    'The patient’s record could not be read.',
    'Open it from the EHR again. IT: the token has to allow reading Patient and Condition.',
  ],
};

export function launchProblemPage(problem: LaunchProblem): PageContent {
  const [what, todo] = TEXTS[problem];
  return {
    title: 'The fracture review can’t be shown',
    main: (
      <>
        <h1>The fracture review can’t be shown</h1>
        <p class="note">{what}</p>
        <p>{todo}</p>
      </>
    ),
  };
}
