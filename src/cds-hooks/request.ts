/**
 * The request of a hook call, CDS Hooks 2.0.1 "Calling a CDS Service".
 * Strict in what a service needs, indifferent to everything else: unknown members and extensions are dropped,
 * resources stay as they came.
 */
import { z } from 'zod';
import { contexts } from './context.js';
import { fhirIdOf, isObject } from './fhir-value.js';
import { callOptions, type CallOptions } from './options.js';
import { parseWith, type Parsed } from './problem.js';
import type { Hook, HookContext } from './service.js';

export interface HookRequest {
  readonly hookInstance: string;
  readonly context: HookContext;
  readonly fhirServer?: string;
  /** Bearer token for `fhirServer`; lives for this call only and is never logged or stored. */
  readonly accessToken?: string;
  /** What the client sent under each prefetch key, unjudged. */
  readonly prefetch: ReadonlyMap<string, unknown>;
  /** What the client asks for in this call. */
  readonly options: CallOptions;
}

const fhirServer = z
  .string({ error: 'must be the base URL of a FHIR server' })
  .max(2048, { error: 'must not be longer than 2048 characters' })
  .refine(isBaseUrl, { error: 'must be an http(s) base URL without user name, query or fragment' });

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
  return isHttp && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

/** Scopes, subject and lifetime are the business of the authorization server: they are not looked at. */
const fhirAuthorization = z.object(
  {
    access_token: z
      .string({ error: 'must be a string' })
      .max(16_384, { error: 'must not be longer than 16384 characters' })
      .regex(/^[\x21-\x7e]+$/, { error: 'must be a bearer token of visible ASCII characters' }),
    token_type: z
      .string({ error: 'must be "Bearer"' })
      .regex(/^bearer$/i, { error: 'must be "Bearer"' })
      .nullish(),
    /** The patient the token is limited to. */
    patient: fhirIdOf('Patient').nullish(),
  },
  { error: 'must be an object with an access_token' },
);

const mostKeys = 100;

const prefetch = z
  .custom<Readonly<Record<string, unknown>>>(isObject, { error: 'must be an object of prefetch keys' })
  .refine((keys) => Object.keys(keys).length <= mostKeys, {
    error: `must not hold more than ${mostKeys} keys`,
  });

/** The body of a call, by hook. */
export const requestSchemas = {
  'patient-view': requestWith(contexts['patient-view']),
  'order-select': requestWith(contexts['order-select']),
  'order-sign': requestWith(contexts['order-sign']),
} satisfies Record<Hook, z.ZodType<HookRequest>>;

function requestWith(context: z.ZodType<HookContext>) {
  return z
    .object(
      {
        hookInstance: z.guid({ error: 'must be a UUID' }),
        context,
        fhirServer: fhirServer.nullish(),
        fhirAuthorization: fhirAuthorization.nullish(),
        prefetch: prefetch.nullish(),
        extension: z.unknown().optional(),
      },
      { error: 'must be a JSON object' },
    )
    .refine((request) => request.fhirAuthorization == null || request.fhirServer != null, {
      path: ['fhirServer'],
      error: 'is required when fhirAuthorization is given', // cds-r-1
    })
    .refine(
      ({ fhirAuthorization: authorization, context: { patientId } }) =>
        authorization?.patient == null || authorization.patient === patientId,
      {
        path: ['fhirAuthorization', 'patient'],
        error: 'must be the patient of the context: a token for another patient would read another chart',
      },
    )
    .transform((request): HookRequest => ({
      hookInstance: request.hookInstance,
      context: request.context,
      ...(request.fhirServer == null ? {} : { fhirServer: request.fhirServer }),
      ...(request.fhirAuthorization == null ? {} : { accessToken: request.fhirAuthorization.access_token }),
      prefetch: new Map(Object.entries(request.prefetch ?? {})),
      options: callOptions(request.extension),
    }));
}

/** The hook a body says it is for, when it says so. */
export function hookOf(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  return typeof body.hook === 'string' && body.hook !== '' ? body.hook : undefined;
}

/**
 * Checks the body of a call for one hook; that `hook` itself fits is the caller's to check, with `hookOf`.
 * A prefixed `patientId` ("Patient/x") comes out plain; `context.draftOrders` holds only entries with a resource.
 */
export function parseHookRequest(hook: Hook, body: unknown): Parsed<HookRequest> {
  return parseWith(requestSchemas[hook], body);
}
