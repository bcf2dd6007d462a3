/**
 * Everything hospital IT needs to register this installation with an EHR, as plain data: from the services, the
 * configuration and the public address, so that it can't say anything else than what runs.
 */
import type { ConfigurationOption } from '../../cds-hooks/options.js';
import { queryKind } from '../../cds-hooks/prefetch-template.js';
import type { CdsService, OfferedReason } from '../../cds-hooks/service.js';
import type { ServerConfiguration } from '../../config/server-configuration.js';
import type { Product } from '../../operations/product.js';
import type { RegistrationFacts } from '../page/service-pages.js';
import { conformanceStatement, type ConformanceRun, type ConformanceStatement } from './conformance.js';
import { type Kept, keptFor } from './data-kept.js';
import type { PrefetchEntry, RegisteredService, Scope } from './registered.js';
import { type VendorForm, vendorForms } from './vendor-forms.js';

export interface RegistrationParts {
  readonly product: Product;
  readonly knowledgeVersion: string | undefined;
  /** The base that clients call, without a slash at the end. */
  readonly publicUrl: string;
  readonly services: readonly CdsService[];
  readonly facts: RegistrationFacts;
  readonly configuration: Pick<
    ServerConfiguration,
    'budgetMs' | 'fhirBudgetMs' | 'bodyLimitBytes' | 'retentionDays' | 'decisionRecords'
  >;
  /** Whether anybody may call: a trial. */
  readonly isTrial: boolean;
  readonly areCommentsKept: boolean;
  /** The latest run of the tests, where this installation has one. */
  readonly conformanceRun: ConformanceRun | undefined;
}

export interface Registration {
  readonly product: Product;
  readonly knowledgeVersion?: string;
  readonly standard: string;
  readonly isTrial: boolean;
  readonly publicUrl: string;
  readonly discoveryUrl: string;
  readonly healthUrls: readonly string[];
  readonly services: readonly RegisteredService[];
  readonly prefetch: readonly PrefetchEntry[];
  readonly scopes: readonly Scope[];
  readonly token: readonly { readonly member: string; readonly rule: string }[];
  readonly links: readonly { readonly url: string; readonly what: string }[];
  readonly topics: RegistrationFacts['topics'];
  readonly overrideReasons: readonly OfferedReason[];
  readonly orderKinds: RegistrationFacts['orderKinds'];
  readonly options: readonly ConfigurationOption[];
  readonly timing: {
    readonly budgetMs: number;
    readonly fhirBudgetMs: number;
    readonly bodyLimitBytes: number;
  };
  readonly kept: readonly Kept[];
  readonly forms: readonly VendorForm[];
  readonly conformance: ConformanceStatement;
}

export function registrationOf(parts: RegistrationParts): Registration {
  const { product, knowledgeVersion, publicUrl, facts, configuration, isTrial } = parts;
  const { budgetMs, fhirBudgetMs, bodyLimitBytes, retentionDays } = configuration;
  const services = parts.services.map((service) => registered(service, publicUrl));
  const prefetch = prefetchOf(parts.services);
  const scopes = scopesOf(prefetch);
  const links = [
    { url: `${publicUrl}/review/launch`, what: 'SMART launch of the fracture review' },
    { url: `${publicUrl}/knowledge`, what: 'the rows and sources that a card names' },
  ];
  const discoveryUrl = `${publicUrl}/cds-services`;
  return {
    product,
    ...(knowledgeVersion !== undefined && { knowledgeVersion }),
    standard: 'CDS Hooks 2.0.1, FHIR R4',
    isTrial,
    publicUrl,
    discoveryUrl,
    healthUrls: [`${publicUrl}/health/live`, `${publicUrl}/health/ready`],
    services,
    prefetch,
    scopes,
    token: TOKEN_RULES,
    links,
    topics: facts.topics,
    overrideReasons: distinct(
      parts.services.flatMap(({ overrideReasons = [] }) => overrideReasons),
      ({ system, code }) => `${system}|${code}`,
    ),
    orderKinds: facts.orderKinds,
    options: distinct(
      parts.services.flatMap(({ options = [] }) => options),
      ({ code }) => code,
    ),
    timing: { budgetMs, fhirBudgetMs, bodyLimitBytes },
    kept: keptFor(retentionDays, {
      areCommentsKept: parts.areCommentsKept,
      areDecisionsKept: configuration.decisionRecords !== undefined,
    }),
    forms: vendorForms({ publicUrl, discoveryUrl, services, prefetch, scopes, links }),
    conformance: conformanceStatement(parts.conformanceRun),
  };
}

function registered(service: CdsService, publicUrl: string): RegisteredService {
  const { id, hook, title, description } = service;
  const url = `${publicUrl}/cds-services/${id}`;
  return { id, hook, title, description, url, feedbackUrl: `${url}/feedback` };
}

/** The templates of all services; those that share a key share the rest. */
function prefetchOf(services: readonly CdsService[]): readonly PrefetchEntry[] {
  const entries = services.flatMap(({ prefetch }) =>
    Object.entries(prefetch).map(([key, { query, purpose, required }]) => ({
      key,
      query,
      purpose,
      required,
    })),
  );
  return distinct(entries, ({ key, query }) => `${key} ${query}`);
}

function scopesOf(prefetch: readonly PrefetchEntry[]): readonly Scope[] {
  const types = new Set(prefetch.map(({ query }) => queryKind(query).resourceType));
  return [...types].map((resourceType) => ({
    resourceType,
    v1: `patient/${resourceType}.read`,
    v2: `patient/${resourceType}.rs`,
    why: prefetch
      .filter(({ query }) => queryKind(query).resourceType === resourceType)
      .map(({ purpose }) => purpose),
  }));
}

function distinct<One>(all: readonly One[], keyOf: (one: One) => string): readonly One[] {
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

/** As the authenticator checks it; in full in docs/registering-a-client.md. */
const TOKEN_RULES: Registration['token'] = [
  { member: 'Authorization', rule: 'Bearer and the JWT, on discovery, calls and feedback' },
  { member: 'alg', rule: 'ES384 or RS384; the registered key decides' },
  { member: 'typ', rule: 'JWT' },
  { member: 'kid', rule: 'one of the keys registered for the client' },
  { member: 'jku', rule: 'may be left out; otherwise exactly the registered URL: no other is fetched' },
  { member: 'iss', rule: 'exactly the issuer registered for the client' },
  { member: 'aud', rule: 'exactly the URL that is called, as listed under Services' },
  { member: 'iat, exp', rule: 'seconds; at most an hour apart unless set otherwise for the client' },
  { member: 'jti', rule: 'another one for each request: a token works once' },
  { member: 'tenant, sub', rule: 'checked where the client is registered with them' },
];
