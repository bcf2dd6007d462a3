/**
 * Options a client may set in a call, after the pattern of Da Vinci CRD ("Configuration Options"): named in discovery,
 * sent as an extension of the request, honoured when sent, never required, ignored when unknown.
 */
import { isObject } from './fhir-value.js';

export const DISCOVERY_EXTENSION = 'davinci-crd.configuration-options';
export const REQUEST_EXTENSION = 'davinci-crd.configuration';

export interface ConfigurationOption {
  readonly code: string;
  readonly type: 'boolean' | 'integer';
  readonly name: string;
  readonly description: string;
  readonly default: boolean | number;
}

/** How many cards at most: understood for every service. */
export const maxCardsOption = (most: number): ConfigurationOption => ({
  code: 'max-cards',
  type: 'integer',
  name: 'Maximum cards',
  description: 'The most cards to return; the most urgent ones are kept.',
  default: most,
});

/** What a call asks for; an option that is absent has its default. */
export interface CallOptions {
  /** Whole number from 0; absent for the default of the service. */
  readonly maxCards?: number;
  /** Kinds of cards switched off. */
  readonly off: ReadonlySet<string>;
}

export const noOptions: CallOptions = { off: new Set() };

/** Reads the options of a request's `extension`; anything of the wrong type is ignored. */
export function callOptions(extension: unknown): CallOptions {
  const given = isObject(extension) ? extension[REQUEST_EXTENSION] : undefined;
  if (!isObject(given)) return noOptions;
  const maxCards = given['max-cards'];
  const isCount = typeof maxCards === 'number' && Number.isInteger(maxCards) && maxCards >= 0;
  const off = Object.entries(given).flatMap(([code, value]) => (value === false ? [code] : []));
  return { ...(isCount && { maxCards }), off: new Set(off) };
}
