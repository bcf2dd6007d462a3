/**
 * What the registration of an EHR vendor asks for, filled in. The questions are those of stored copies of the vendors'
 * pages; a site checks them against its own forms.
 */
import type { PrefetchEntry, RegisteredService, Scope } from './registered.js';

export interface VendorForm {
  readonly vendor: string;
  readonly basis: string;
  readonly answers: readonly { readonly question: string; readonly answer: readonly string[] }[];
}

export interface FormParts {
  readonly publicUrl: string;
  readonly discoveryUrl: string;
  readonly services: readonly RegisteredService[];
  readonly prefetch: readonly PrefetchEntry[];
  readonly scopes: readonly Scope[];
  readonly links: readonly { readonly url: string; readonly what: string }[];
}

const TO_FILL = 'to be filled in by the site';

export function vendorForms(parts: FormParts): readonly VendorForm[] {
  return [epic(parts), oracleHealth(parts)];
}

function epic({ services, prefetch, links, publicUrl }: FormParts): VendorForm {
  return {
    vendor: 'Epic',
    basis: 'After the steps of a stored copy of the Epic on FHIR pages; the site enters prefetch by hand.',
    answers: [
      { question: 'Client id, production and non-production', answer: [TO_FILL] },
      {
        question: 'Endpoint (must match exactly)',
        answer: services.map(({ hook, url }) => `${hook}: ${url}`),
      },
      {
        question: 'Native trigger and criteria',
        answer: services.map(({ hook }) => `${hook}: ${EPIC_TRIGGERS[hook] ?? TO_FILL}`),
      },
      { question: 'Prefetch', answer: prefetch.map(({ key, query }) => `${key}: ${query}`) },
      { question: 'JWT algorithm', answer: ['RS384 (the default of Epic) or ES384'] },
      { question: 'JWT aud', answer: ['the endpoint, exactly as above'] },
      { question: 'JWT iss', answer: [`FHIR endpoint of the organization: ${TO_FILL} ("issuer")`] },
      { question: 'JWT sub', answer: [`client id: ${TO_FILL} ("subject")`] },
      { question: 'JWT jku', answer: [`${TO_FILL} ("jwks": {"url": …})`] },
      { question: 'FHIR version of the app registration', answer: ['R4'] },
      { question: 'SMART links', answer: links.map(({ url, what }) => `${url} (${what})`) },
      {
        question: 'Feedback',
        answer: [
          'immediate, to <endpoint>/feedback; override reasons come with each card, or are mapped from the list below',
        ],
      },
      {
        question: 'Codes of suggested orders',
        answer: ['preference-list or order-set items: fill in the order codes below ("orderCodes")'],
      },
      {
        question: 'Our CONFIG_FILE',
        answer: ['a client with "profile": "epic"', `see ${publicUrl}/self-test`],
      },
    ],
  };
}

const EPIC_TRIGGERS: Readonly<Partial<Record<string, string>>> = {
  'patient-view': 'opening the chart, for patients with a vertebral fracture on the problem list',
  'order-select': 'selecting an order for the spine, an analgesic or a brace',
  'order-sign': 'signing orders',
};

function oracleHealth({ discoveryUrl, services, scopes, links }: FormParts): VendorForm {
  return {
    vendor: 'Oracle Health (Cerner)',
    basis:
      'After a draft page of 2021: patient-view only, enabled per domain and role. Ask what holds today.',
    answers: [
      { question: 'Hook', answer: services.map(({ hook }) => hook) },
      { question: 'Title', answer: services.map(({ title }) => title) },
      { question: 'FHIR server queried', answer: [`${TO_FILL} ("fhirServers")`] },
      { question: 'Service URL', answer: [discoveryUrl, ...services.map(({ url }) => url)] },
      { question: 'Description', answer: services.slice(0, 1).map(({ description }) => description) },
      { question: 'E-mail of the owner', answer: [TO_FILL] },
      { question: 'Tenants', answer: [`${TO_FILL} ("tenants")`] },
      { question: 'FHIR scopes', answer: scopes.map(({ v1 }) => v1) },
      { question: 'Allowed links', answer: links.map(({ url }) => url) },
      {
        question: 'SMART app launch URLs',
        answer: links.filter(({ url }) => url.endsWith('/review/launch')).map(({ url }) => url),
      },
      { question: 'Our CONFIG_FILE', answer: ['a client with "profile": "oracle-health" and "tenants"'] },
    ],
  };
}
