/** What else could be done, and why it is not the first choice. */
import type { Decision } from './decide.js';
import type { Outcome } from './outcome.js';

export interface Alternative {
  readonly id:
    | 'medical'
    | 'vertebroplasty-simpler'
    | 'surgery-severe-deformity'
    | 'surgery-too-flat'
    | 'surgery-first'
    | 'kyphoplasty-in-bursts'
    | 'kyphoplasty-no-room';
  readonly outcome: Outcome;
  readonly why: string;
}

const MEDICAL: Alternative = {
  id: 'medical',
  outcome: 'medical-management',
  why: 'Rated appropriate in every osteoporotic scenario of the NASS AUC 2025; cement in 7 of 144.',
};

/** Alternatives to a decision; none beside a danger. Sources: article S10, S14; KAVIAR 2014; NASS AUC 2025. */
export function alternativesTo({
  outcome,
  rule,
}: Pick<Decision, 'outcome' | 'rule'>): readonly Alternative[] {
  switch (outcome) {
    case 'kyphoplasty':
      return [
        {
          id: 'vertebroplasty-simpler',
          outcome: 'vertebroplasty',
          why: 'Simpler, quicker and cheaper; pain and disability were similar in KAVIAR, leakage was more frequent.',
        },
        MEDICAL,
      ];
    case 'vertebroplasty':
      return [
        rule === 'T1'
          ? {
              id: 'surgery-severe-deformity',
              outcome: 'surgical-referral',
              why: 'Severe deformity; guidelines and the article differ.',
            }
          : {
              id: 'surgery-too-flat',
              outcome: 'surgical-referral',
              why: 'A vertebra this flat is a technical limit for cement.',
            },
        {
          id: rule === 'T1' ? 'kyphoplasty-in-bursts' : 'kyphoplasty-no-room',
          outcome: 'kyphoplasty',
          why:
            rule === 'T1'
              ? 'The published series of burst fractures used kyphoplasty.'
              : 'Little room for a balloon above 80 % height loss.',
        },
        MEDICAL,
      ];
    case 'kyphoplasty-or-vertebroplasty':
      return rule === 'T2'
        ? [
            {
              id: 'surgery-first',
              outcome: 'surgical-referral',
              why: 'A surgical opinion comes first in a burst fracture.',
            },
            MEDICAL,
          ]
        : [MEDICAL];
    case 'medical-management':
    case 'surgical-referral':
    case 'defer':
    case 'specialist-review':
    case 'insufficient-data':
    case 'not-applicable':
      return [];
  }
}
