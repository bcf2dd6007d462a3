/**
 * What a CDS service is to this server: the seam between the wing that speaks HTTP and the wing that knows medicine.
 */
import type { Bundle, FhirResource } from 'fhir/r4.js';
import type { Card, Extension, Indicator } from './card.js';
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
  readonly context: HookContext;
  /** FHIR base of the calling EHR, when it named one. */
  readonly fhirServer?: string;
  readonly data: ReadonlyMap<string, KeyData>;
  /** The moment the call is judged at. */
  readonly asOf: Date;
  /** Makes the uuid of a card or suggestion. */
  readonly newId: () => string;
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
}

export interface HookAnswer {
  readonly cards: readonly Card[];
  readonly records: readonly CardRecord[];
  /** Resources of another patient that came with the call; they were left out. */
  readonly ofOtherPatients: number;
  /** Goes beside `cards` in the response. */
  readonly extension?: Extension;
}

export interface CdsService {
  readonly id: string;
  readonly hook: Hook;
  readonly title: string;
  readonly description: string;
  readonly usageRequirements?: string;
  readonly prefetch: Readonly<Record<string, PrefetchTemplate>>;
  /** Pure: the same call gives the same answer (apart from the uuids of `newId`). */
  readonly evaluate: (call: HookCall) => HookAnswer;
}
