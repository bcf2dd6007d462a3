/** Reasons for overriding a card: our own codes, and the value set of all that cards offer. */
import type { CodeSystem, CodeSystemConcept, ValueSet, ValueSetComposeIncludeConcept } from 'fhir/r4.js';
import { canonicalOf } from '../canonical.js';
import { overrideReasons } from '../knowledge.js';
import { metadataOf } from './metadata.js';

const { own, snooze, hl7, hl7System } = overrideReasons;

const naming = {
  id: 'override-reason',
  name: 'OverrideReason',
  title: 'Reasons for overriding a card',
  description: 'Why somebody does not follow a card of this service, or does not want to see it for a while.',
};

interface Worded {
  readonly code: string;
  readonly display: { readonly en: string; readonly el: string };
}

function worded({ code, display }: Worded): CodeSystemConcept & ValueSetComposeIncludeConcept {
  return { code, display: display.en, designation: [{ language: 'el', value: display.el }] };
}

const codes: CodeSystem = {
  resourceType: 'CodeSystem',
  ...metadataOf('CodeSystem', naming),
  caseSensitive: true,
  content: 'complete',
  count: own.length + snooze.length,
  property: [
    { code: 'months', type: 'integer', description: 'For how many months the card is to be silent' },
    { code: 'outcome', type: 'string', description: 'An outcome whose cards offer this reason' },
  ],
  concept: [
    ...own.map((reason) => ({ ...worded(reason), property: offeredOn(reason.outcomes) })),
    ...snooze.map((reason) => ({
      ...worded(reason),
      property: [{ code: 'months', valueInteger: reason.months }, ...offeredOn(reason.outcomes)],
    })),
  ],
};

function offeredOn(outcomes: readonly string[]) {
  return outcomes.map((outcome) => ({ code: 'outcome', valueString: outcome }));
}

const offered: ValueSet = {
  resourceType: 'ValueSet',
  ...metadataOf('ValueSet', naming),
  description: `${naming.description} Displays of HL7 codes are the words of this project.`,
  compose: {
    include: [
      { system: canonicalOf('CodeSystem', naming.id) },
      { system: hl7System, concept: hl7.map(worded) },
    ],
  },
};

/** CodeSystem of our own reasons, ValueSet of all that are offered. */
export const overrideReasonCodes = [codes, offered] as const;
