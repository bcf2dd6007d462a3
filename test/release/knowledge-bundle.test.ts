/** The one file of a release, dist/vertebral-cds-knowledge.json, as a FHIR server meets it that loads it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Bundle, CapabilityStatement, FhirResource, Library, PlanDefinition } from 'fhir/r4.js';
import { knowledgeVersion } from '../../cds-services/vertebral-fracture/policy.js';
import { prefetchTemplates } from '../../cds-services/vertebral-fracture/prefetch.js';
import { siteOf } from '../../cds-services/vertebral-fracture/site.js';
import { faultsOf } from '../support/fhir-validation.js';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');

const bundle = JSON.parse(text('dist/vertebral-cds-knowledge.json')) as Bundle<FhirResource>;
const resources = (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
/** By canonical address: what a server finds. */
const found = new Map(
  resources.flatMap((resource) =>
    'url' in resource && resource.url !== undefined ? [[resource.url, resource] as const] : [],
  ),
);
const OURS = 'https://vertebral-cds.org/fhir/';

interface Named {
  /** Where it stands, by members and indexes. */
  readonly place: string;
  readonly value: string;
}
function textsIn(value: unknown, place: string): readonly Named[] {
  if (typeof value === 'string') return [{ place, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, `${place}.${name}`));
}
const everyText = resources.flatMap((resource) =>
  textsIn(resource, `${resource.resourceType}/${resource.id ?? ''}`),
);

function one<Type extends FhirResource['resourceType']>(type: Type, id: string) {
  const resource = resources.find((candidate) => candidate.resourceType === type && candidate.id === id);
  if (resource === undefined) throw new Error(`no ${type}/${id}`);
  return resource as Extract<FhirResource, { resourceType: Type }>;
}

test('the validators find nothing, in the Bundle as a whole', () => {
  expect(faultsOf(bundle)).toEqual([]);
});

test('it puts every resource under its own id, and the address of each entry is the canonical one', () => {
  expect(bundle.type).toBe('transaction');
  for (const { fullUrl, request, resource } of bundle.entry ?? []) {
    const path = `${resource?.resourceType ?? ''}/${resource?.id ?? ''}`;
    expect(request).toEqual({ method: 'PUT', url: path });
    expect(fullUrl).toBe(`${OURS}${path}`);
    expect(found.get(fullUrl ?? '')).toBe(resource);
  }
});

test('it holds everything that is to be published', () => {
  const count = new Map<string, number>();
  for (const { resourceType } of resources) count.set(resourceType, (count.get(resourceType) ?? 0) + 1);
  expect(Object.fromEntries(count)).toMatchObject({
    ActivityDefinition: 4,
    CapabilityStatement: 1,
    Library: 2,
    PlanDefinition: 1,
  });
  for (const id of ['outcome', 'finding', 'override-reason']) {
    one('CodeSystem', id);
    one('ValueSet', id);
  }
});

test('every canonical of ours is found in it, in the version that is named', () => {
  const canonicals = everyText.filter(({ value }) => value.startsWith(OURS));
  expect(canonicals.length).toBeGreaterThan(200);
  const lost = canonicals.filter(({ value }) => {
    const [url = '', version] = value.split('|');
    const target = found.get(url);
    if (target === undefined) return true;
    return version !== undefined && (!('version' in target) || target.version !== version);
  });
  expect(lost).toEqual([]);
});

test('every reference resolves: there is none that leads out of it', () => {
  expect(
    everyText.filter(({ place }) => place.endsWith('.reference') && !place.includes('.expression.')),
  ).toEqual([]);
});

test('every version in it is that of the knowledge, and the package is never behind the knowledge it carries', () => {
  const versions = resources.map((resource) => ('version' in resource ? resource.version : undefined));
  expect(new Set(versions)).toEqual(new Set([knowledgeVersion]));
  const { version } = JSON.parse(text('package.json')) as { readonly version: string };
  expect(version.localeCompare(knowledgeVersion, 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
});

test('the CapabilityStatement names the types that are in it', () => {
  const { rest }: CapabilityStatement = one('CapabilityStatement', 'published-knowledge');
  const types = new Set(resources.map(({ resourceType }) => resourceType));
  expect(rest?.[0]?.resource?.map(({ type }) => type)).toEqual([...types].sort());
  expect(rest?.[0]?.resource?.[0]?.searchParam?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['url', 'version', 'name', 'status']),
  );
});

describe('the library of the decision', () => {
  const library: Library = one('Library', 'VertebralFractureDecision');
  const content = new Map(
    (library.content ?? []).map(({ contentType, data }) => [
      contentType,
      Buffer.from(data ?? '', 'base64').toString('utf8'),
    ]),
  );

  test('carries the CQL, and ELM of it that has every definition the plan asks for', () => {
    expect(content.get('text/cql')).toBe(
      text('cds-services/vertebral-fracture/cql/VertebralFractureDecision.cql'),
    );
    const { library: elm } = JSON.parse(content.get('application/elm+json') ?? '{}') as {
      readonly library: {
        readonly identifier: object;
        readonly statements: { readonly def: readonly { readonly name: string }[] };
      };
    };
    expect(elm.identifier).toEqual({ id: library.name, version: library.version });
    const defined = new Set(elm.statements.def.map(({ name }) => name));
    const plan: PlanDefinition = one('PlanDefinition', 'vertebral-fracture');
    const asked = (plan.action?.[0]?.action ?? []).flatMap(({ condition = [] }) =>
      condition.map(({ expression }) => expression?.expression ?? 'none'),
    );
    expect(asked.length).toBeGreaterThanOrEqual(34);
    expect(asked.filter((name) => !defined.has(name))).toEqual([]);
  });

  test('needs what the service is sent: the prefetch', () => {
    expect(library.dataRequirement?.map(({ id }) => id)).toEqual(Object.keys(prefetchTemplates(siteOf({}))));
  });
});

describe('what the profiles of Clinical Practice Guidelines 2.0.0 ask for beyond R4', () => {
  const profiled = resources.filter(({ meta }) => meta?.profile?.some((url) => url.includes('/uv/cpg/')));

  test('all of plan, activities and libraries follow some', () => {
    expect(profiled.map(({ resourceType }) => resourceType).sort()).toEqual(
      resources
        .map(({ resourceType }) => resourceType)
        .filter((type) => ['ActivityDefinition', 'Library', 'PlanDefinition'].includes(type))
        .sort(),
    );
  });

  test.each(profiled.map((resource) => [`${resource.resourceType}/${resource.id ?? ''}`, resource] as const))(
    '%s: a capability for each profile, title, date, and a display for each related artifact',
    (_name, resource) => {
      const { extension = [], title, date, relatedArtifact = [] } = resource as PlanDefinition;
      const capabilities = extension
        .filter(({ url }) => url === 'http://hl7.org/fhir/StructureDefinition/cqf-knowledgeCapability')
        .map(({ valueCode }) => valueCode ?? '');
      const profiles = resource.meta?.profile ?? [];
      for (const capability of ['shareable', 'computable', 'publishable']) {
        const isClaimed = profiles.some((url) => url.includes(`/cpg-${capability}`));
        expect([capability, capabilities.includes(capability)]).toEqual([capability, isClaimed]);
      }
      expect([title, date]).toEqual([expect.any(String), expect.any(String)]);
      for (const { display } of relatedArtifact) expect(display).toMatch(/./);
    },
  );

  test.each(resources.filter(({ resourceType }) => resourceType === 'ActivityDefinition'))(
    'the activity $id proposes a CPG service request',
    (resource) => {
      expect(resource).toMatchObject({
        kind: 'ServiceRequest',
        profile: 'http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-servicerequest',
        intent: 'proposal',
        doNotPerform: false,
      });
    },
  );

  test('the plan is one rule with actions', () => {
    const { type, action = [] }: PlanDefinition = one('PlanDefinition', 'vertebral-fracture');
    expect(type?.coding).toEqual([
      { system: 'http://terminology.hl7.org/CodeSystem/plan-definition-type', code: 'eca-rule' },
    ]);
    expect(action.length).toBeGreaterThan(0);
  });
});
