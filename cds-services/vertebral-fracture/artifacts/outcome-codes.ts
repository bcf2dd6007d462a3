/** The outcomes of the decision as codes: the topic of a card names one of them. */
import type { CodeSystemConcept, Coding } from 'fhir/r4.js';
import { canonicalOf } from '../canonical.js';
import type { Outcome } from '../decision/outcome.js';
import { codesWithValueSet } from './coded-concepts.js';

interface Meaning {
  readonly display: string;
  readonly definition: string;
}

const MEANINGS: Readonly<Record<Outcome, Meaning>> = {
  kyphoplasty: {
    display: 'Kyphoplasty',
    definition: 'Balloon kyphoplasty is favoured: there is height to restore, or a risk of further collapse.',
  },
  vertebroplasty: {
    display: 'Vertebroplasty',
    definition: 'Vertebroplasty is favoured: complete collapse, or a burst fracture with severe deformity.',
  },
  'kyphoplasty-or-vertebroplasty': {
    display: 'Kyphoplasty or vertebroplasty',
    definition: 'Either procedure suits; the surgeon chooses.',
  },
  'surgical-referral': {
    display: 'Referral to spine surgery',
    definition:
      'A surgical opinion before any cement: neurological deficit, instability, compression or retropulsion.',
  },
  'medical-management': {
    display: 'Medical management',
    definition: 'Without cement for now: healed, not painful enough, or pain from elsewhere.',
  },
  defer: {
    display: 'Defer',
    definition: 'Nothing of this now: an infection, a pregnancy or impaired coagulation comes first.',
  },
  'specialist-review': {
    display: 'Specialist review',
    definition: 'A decision of several disciplines: tumour, repeat at the same level, allergy, many levels.',
  },
  'insufficient-data': {
    display: 'Insufficient data',
    definition: 'A fact that decides is not known; the card names it and what it would change.',
  },
  'not-applicable': {
    display: 'Not applicable',
    definition: 'Outside what this service advises on (age, cervical or sacral level): no card.',
  },
};

const SYSTEM = canonicalOf('CodeSystem', 'outcome');

/** CodeSystem and ValueSet of the outcomes. */
export const outcomeCodes = codesWithValueSet(
  {
    id: 'outcome',
    name: 'Outcome',
    title: 'Outcomes of the vertebral fracture decision',
    description: 'What the decision table may come to for one fractured vertebra.',
  },
  Object.entries(MEANINGS).map(([code, { display, definition }]): CodeSystemConcept => ({
    code,
    display,
    definition,
  })),
);

export function outcomeCoding(outcome: Outcome): Coding {
  return { system: SYSTEM, code: outcome, display: MEANINGS[outcome].display };
}
