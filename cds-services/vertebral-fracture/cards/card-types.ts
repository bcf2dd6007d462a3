/** The kinds of cards a client may switch off in a call, and how discovery names them. */
import {
  type CallOptions,
  type ConfigurationOption,
  maxCardsOption,
} from '../../../src/cds-hooks/options.js';
import type { Hook } from '../../../src/cds-hooks/service.js';
import type { Outcome } from '../decision/outcome.js';
import { MOST_CARDS } from './hook-table.js';

type CardType = 'augmentation' | 'referral' | 'deferral' | 'medical-management' | 'missing-data';

const TYPE_OF: Readonly<Record<Outcome, CardType>> = {
  kyphoplasty: 'augmentation',
  vertebroplasty: 'augmentation',
  'kyphoplasty-or-vertebroplasty': 'augmentation',
  'surgical-referral': 'referral',
  'specialist-review': 'referral',
  defer: 'deferral',
  'medical-management': 'medical-management',
  'insufficient-data': 'missing-data',
  'not-applicable': 'missing-data',
};

const DESCRIPTIONS: Readonly<Record<CardType, { readonly name: string; readonly description: string }>> = {
  augmentation: {
    name: 'Kyphoplasty and vertebroplasty',
    description: 'Cards that favour kyphoplasty, vertebroplasty or either.',
  },
  referral: {
    name: 'Referral',
    description: 'Cards that advise referral to spine surgery or review by specialists.',
  },
  deferral: {
    name: 'Deferral',
    description: 'Cards that name a contraindication to cement for the time being.',
  },
  'medical-management': {
    name: 'Medical management',
    description: 'Cards that advise medical management first.',
  },
  'missing-data': {
    name: 'Missing data',
    description: 'Cards that say what is missing, or that an order fits no recorded fracture.',
  },
};

/** Options of the service for a hook, as discovery names them. */
export function optionsOf(hook: Hook): readonly ConfigurationOption[] {
  const types = (Object.entries(DESCRIPTIONS) as [CardType, (typeof DESCRIPTIONS)[CardType]][]).map(
    ([code, { name, description }]): ConfigurationOption => ({
      code,
      type: 'boolean',
      name,
      description,
      default: true,
    }),
  );
  return [maxCardsOption(MOST_CARDS[hook]), ...types];
}

/** True when the client has switched off cards of this kind for this call. */
export function isSwitchedOff(outcome: Outcome, { off }: CallOptions): boolean {
  return off.has(TYPE_OF[outcome]);
}
