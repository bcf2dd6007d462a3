/**
 * What a CDS service is to this server: the seam between the wing that speaks HTTP and the wing that knows medicine.
 */
import type { Bundle, FhirResource } from 'fhir/r4.js';
import type { Card, Extension, Indicator } from './card.js';
import type { CallOptions, ConfigurationOption } from './options.js';
import type { ClientProfile } from './profiles.js';

export type Hook = 'patient-view' | 'order-select' | 'order-sign';

/** One prefetch entry of a service, with the reason for which the data is asked. */
export interface PrefetchTemplate {
  /** Instance read or type search, with tokens such as `{{context.patientId}}`. */
  readonly query: string;
  /** One sentence for the registration pack: why the service needs this. */
  readonly purpose: string;
  /** Without required data no card can be given: the call is answered 412. */
  readonly required: boolean;
}

/** Why data under a key could not be had. */
export type Unavailable =
  | 'not-provided' // neither prefetched nor a FHIR server to ask
  | 'not-registered' // the client named a FHIR server that the site has not registered for it
  | 'client-failed' // the client sent an OperationOutcome instead of data
  | 'forbidden' // the FHIR server refused (401 or 403)
  | 'timeout' // not within the time of the call
  | 'failed'; // the FHIR server answered with an error or with something that is not FHIR

/** What became of one prefetch key. `none` means: asked, and there is no such data. */
export type KeyData =
  | {
      readonly state: 'present';
      readonly from: 'prefetch' | 'fhir-server';
      readonly resources: readonly FhirResource[];
      /** False when further pages exist that were not read. */
      readonly complete: boolean;
    }
  | { readonly state: 'none'; readonly from: 'prefetch' | 'fhir-server' }
  | { readonly state: 'unavailable'; readonly reason: Unavailable };

interface ContextBase {
  readonly patientId: string;
  readonly userId: string;
  readonly encounterId?: string;
}
export type HookContext =
  | (ContextBase & { readonly hook: 'patient-view' })
  | (ContextBase & {
      readonly hook: 'order-select';
      readonly selections: readonly string[];
      readonly draftOrders: Bundle;
    })
  | (ContextBase & { readonly hook: 'order-sign'; readonly draftOrders: Bundle });

/** A hook call as a service sees it: checked, with its data resolved. */
export interface HookCall {
  readonly hookInstance: string;
  /** How the calling client differs from the standard. */
  readonly profile: ClientProfile;
  /** What the client asks for in this call. */
  readonly options: CallOptions;
  readonly context: HookContext;
  /** FHIR base of the calling EHR, when it named one. */
  readonly fhirServer?: string;
  readonly data: ReadonlyMap<string, KeyData>;
  /** Pages of this server that cards may lead to. */
  readonly pages?: PageAddresses;
  /** The moment the call is judged at. */
  readonly asOf: Date;
  /** Makes the uuid of a card or suggestion. */
  readonly newId: () => string;
}

/** Absolute addresses; absent where there is no such page for the calling client. */
export interface PageAddresses {
  /** Launch of the SMART app that reviews one patient. */
  readonly review?: string;
  /** What the services decide by; a row is its fragment `row-<id>`. */
  readonly knowledge?: string;
}

/** What is remembered of a card when it goes out; holds no patient data. */
export interface CardRecord {
  readonly cardUuid: string;
  readonly outcome: string;
  readonly rule: string;
  readonly knowledgeVersion: string;
  readonly indicator: Indicator;
  readonly levels: readonly string[];
  readonly missing: readonly string[];
  readonly suggestions: readonly { readonly uuid: string; readonly label: string }[];
  /** Every rule that has a part in the card, the first one deciding. */
  readonly rules: readonly string[];
  /** What the card is about and what decides it, in one string without patient data: the same words, the same case. */
  readonly fingerprint: string;
  /** Said again as long as it holds, once more before the signature, whoever dismissed it. */
  readonly isGuard: boolean;
}

/** An order or a procedure that a service cares about, as a call showed it. */
export interface SeenAct {
  readonly kind: string;
  readonly state: 'signing' | 'ordered' | 'done';
  readonly levels: readonly string[];
  /** ISO day it was written, signed or done on. */
  readonly date: string;
}

export interface HookAnswer {
  /** Every card worth showing, the most urgent first. */
  readonly cards: readonly Card[];
  /** What is remembered of each card, in the same order. */
  readonly records: readonly CardRecord[];
  /** How many of the cards may go out. */
  readonly mostCards: number;
  /** What was ordered or done, to compare advice with. */
  readonly acts: readonly SeenAct[];
  /** What was decided and from which values, without anything that tells who it is about; as JSON, made when asked for. */
  readonly decision?: () => object;
  /** Resources of another patient that came with the call; they were left out. */
  readonly ofOtherPatients: number;
  /** Goes beside `cards` in the response. */
  readonly extension?: Extension;
}

export interface OfferedReason {
  readonly system: string;
  readonly code: string;
  readonly display: string;
  /** How long whoever gives it wants the card to be silent. */
  readonly snoozeMonths?: number;
}

export interface CdsService {
  readonly id: string;
  readonly hook: Hook;
  readonly title: string;
  readonly description: string;
  readonly usageRequirements?: string;
  readonly prefetch: Readonly<Record<string, PrefetchTemplate>>;
  /** What a client may set in a call. */
  readonly options?: readonly ConfigurationOption[];
  /** Every reason for overriding that its cards may offer. */
  readonly overrideReasons?: readonly OfferedReason[];
  /** What each of its rules is about, in a few words. */
  readonly rules?: Readonly<Record<string, string>>;
  /** Pure: the same call gives the same answer (apart from the uuids of `newId`). */
  readonly evaluate: (call: HookCall) => HookAnswer;
}
