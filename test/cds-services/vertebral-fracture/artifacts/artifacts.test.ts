/** The published definitions: valid, whole, and saying what the code does. */
import { describe, expect, test } from '@jest/globals';
import type { Library, PlanDefinition, ValueSet } from 'fhir/r4.js';
import { knowledgeArtifacts } from '../../../../cds-services/vertebral-fracture/artifacts/artifacts.js';
import { decisionTable } from '../../../../cds-services/vertebral-fracture/decision/decide.js';
import { findingCodes } from '../../../../cds-services/vertebral-fracture/findings/catalogue.js';
import {
  overrideReasons,
  snomedFractures,
  sources,
  valueSetFiles,
} from '../../../../cds-services/vertebral-fracture/knowledge.js';
import { knowledgeVersion, publishedPolicy } from '../../../../cds-services/vertebral-fracture/policy.js';
import { prefetchTemplates } from '../../../../cds-services/vertebral-fracture/prefetch.js';
import { siteOf } from '../../../../cds-services/vertebral-fracture/site.js';
import { faultsOf, profileFaults } from '../../../support/fhir-validation.js';

const logic = [
  { name: 'VertebralFractureDecision', cql: 'library VertebralFractureDecision', elm: '{"library":{}}' },
  { name: 'FHIRHelpers', elm: '{"library":{}}' },
];
const artifacts = knowledgeArtifacts(logic);
const named = artifacts.map(
  (artifact) => [`${artifact.resourceType}/${artifact.id ?? ''}`, artifact] as const,
);

function one<Type extends (typeof artifacts)[number]['resourceType']>(type: Type, id: string) {
  const found = artifacts.find((artifact) => artifact.resourceType === type && artifact.id === id);
  if (found === undefined) throw new Error(`no ${type}/${id}`);
  return found as Extract<(typeof artifacts)[number], { resourceType: Type }>;
}

describe('every definition', () => {
  test.each(named)('%s is valid FHIR R4', (_name, artifact) => {
    expect(faultsOf(artifact)).toEqual([]);
  });

  test.each(named)('%s carries address, version, date, publisher and licence', (_name, artifact) => {
    expect(artifact).toMatchObject({
      url: `https://vertebral-cds.org/fhir/${artifact.resourceType}/${artifact.id ?? ''}`,
      version: knowledgeVersion,
      date: publishedPolicy.date,
      status: 'active',
      publisher: 'vertebral-cds',
      description: expect.stringMatching(/./),
      copyright: expect.stringMatching(/./),
    });
  });

  const shareable = /^(ActivityDefinition|CodeSystem|Library|PlanDefinition|ValueSet)\//;
  test.each(named.filter(([name]) => shareable.test(name)))('%s is shareable by R4', (_name, artifact) => {
    expect(profileFaults(artifact, `shareable${artifact.resourceType.toLowerCase()}`)).toEqual([]);
  });

  test('has an address of its own', () => {
    const addresses = artifacts.map(({ url }) => url);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});

describe('the validators would find', () => {
  const plan = one('PlanDefinition', 'vertebral-fracture');
  const broken: readonly (readonly [string, object])[] = [
    ['an unknown status', { ...plan, status: 'good' }],
    ['a member that FHIR does not know', { ...plan, colour: 'red' }],
    [
      'a condition without a language',
      { ...plan, action: [{ condition: [{ kind: 'applicability', expression: { expression: 'X' } }] }] },
    ],
    ['a missing type of library', { ...one('Library', 'vertebral-fracture-policy'), type: undefined }],
    [
      'a filter by path and parameter at once',
      {
        ...one('Library', 'VertebralFractureDecision'),
        dataRequirement: [{ type: 'Patient', codeFilter: [{ path: 'code', searchParam: 'code' }] }],
      },
    ],
  ];
  test.each(broken)('%s', (_what, resource) => {
    expect(faultsOf(JSON.parse(JSON.stringify(resource)) as object)).not.toEqual([]);
  });
  test('a value set without a publisher, where it is to be shareable', () => {
    const unsigned = { ...one('ValueSet', 'inr'), publisher: undefined };
    expect(profileFaults(unsigned, 'shareablevalueset')).not.toEqual([]);
  });
});

describe('what the definitions name', () => {
  const ours = new Set(artifacts.flatMap(({ url, version }) => [url, `${url ?? ''}|${version ?? ''}`]));
  /** Defined by others, and known to whoever loads knowledge of this kind. */
  const elsewhere: readonly RegExp[] = [
    /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/(Extension|cqf-knowledgeCapability|cqf-fhirQueryPattern)$/,
    /^http:\/\/hl7\.org\/fhir\/uv\/cpg\/StructureDefinition\/cpg-[a-z]+$/,
    /^http:\/\/hl7\.org\/fhir\/(publication-status|resource-types)$/,
    /^http:\/\/hl7\.org\/fhir\/sid\/icd-10-(cm|pcs)$/,
    /^http:\/\/terminology\.hl7\.org\/CodeSystem\/(library-type|plan-definition-type|non-adherence-reason-codes)$/,
    /^http:\/\/(snomed\.info\/sct|loinc\.org|www\.ama-assn\.org\/go\/cpt|www\.nlm\.nih\.gov\/research\/umls\/rxnorm)$/,
  ];

  function addressesIn(value: unknown): readonly string[] {
    if (typeof value === 'string') return /^(https?|urn):/.test(value) ? [value] : [];
    if (typeof value !== 'object' || value === null) return [];
    return Object.values(value).flatMap(addressesIn);
  }

  test.each(named)(
    '%s: every address is found here, or is one of the well-known others',
    (_name, artifact) => {
      const open = addressesIn(artifact).filter(
        (address) => !ours.has(address) && !elsewhere.some((known) => known.test(address)),
      );
      expect(open).toEqual([]);
    },
  );

  test('nothing refers to a resource by a relative reference', () => {
    expect(JSON.stringify(artifacts)).not.toContain('"reference":"/');
    expect(JSON.stringify(artifacts)).not.toMatch(/"reference":"[A-Z]\w+\//);
  });
});

describe('the plan', () => {
  const plan: PlanDefinition = one('PlanDefinition', 'vertebral-fracture');
  const [decision] = plan.action ?? [];
  const rows = decision?.action ?? [];

  test('is an event-condition-action rule for the three hooks', () => {
    expect(plan.type?.coding?.[0]?.code).toBe('eca-rule');
    expect(decision?.trigger).toEqual(
      ['patient-view', 'order-select', 'order-sign'].map((name) => ({ type: 'named-event', name })),
    );
  });

  test('has an action for each row of the table, in its order', () => {
    expect(rows.map(({ prefix }) => prefix)).toEqual(decisionTable.map(({ id }) => id));
  });

  test.each(decisionTable.map((row) => [row.id, row] as const))(
    'row %s: condition, sources and outcome are those of the table',
    (id, row) => {
      const action = rows.find(({ prefix }) => prefix === id);
      expect(action?.title).toBe(row.condition);
      expect(action?.documentation?.map(({ label }) => label).sort()).toEqual([...row.sources].sort());
      const outcome = row.effect.kind === 'decide' ? row.effect.outcome : undefined;
      expect(action?.code?.[0]?.coding?.[0]?.code).toBe(outcome);
      expect(action?.condition?.[0]?.expression?.expression).toMatch(
        { decide: / decides$/, warn: / warns$/, 'go-on': / holds$/ }[row.effect.kind],
      );
    },
  );

  test('cites every source that a row, a threshold or a card names', () => {
    const labels = plan.relatedArtifact?.map(({ label }) => label) ?? [];
    expect(labels).toEqual(Object.keys(sources));
    const policy = Object.values(publishedPolicy.values).map(({ source }) => source);
    const used = [...decisionTable.flatMap((row) => row.sources), ...policy];
    expect(used.filter((source) => !labels.includes(source))).toEqual([]);
  });
});

describe('the libraries', () => {
  const library: Library = one('Library', 'VertebralFractureDecision');

  test('the data requirements are the prefetch templates, word for word and part by part', () => {
    const templates = Object.entries(prefetchTemplates(siteOf({})));
    const requirements = library.dataRequirement ?? [];
    expect(requirements.map(({ id, extension }) => [id, extension?.[0]?.valueString])).toEqual(
      templates.map(([key, { query }]) => [key, query]),
    );
    const rebuilt = requirements.map(({ type, codeFilter = [] }) =>
      [
        type,
        ...codeFilter.map(({ searchParam, code = [] }) => {
          const values = code.map((one) =>
            one.system === undefined ? one.code : `${one.system}|${one.code ?? ''}`,
          );
          return `${searchParam ?? ''}=${values.join(',')}`;
        }),
      ].join(' '),
    );
    expect(rebuilt).toEqual(
      templates.map(([, { query }]) =>
        query
          .replace('Patient/{{context.patientId}}', 'Patient')
          .replace('?patient={{context.patientId}}', '')
          .replaceAll('&', ' '),
      ),
    );
  });

  test('the thresholds are those of policy.json, as a file and as parameters', () => {
    const policy = one('Library', 'vertebral-fracture-policy');
    const [file] = policy.content ?? [];
    expect(JSON.parse(Buffer.from(file?.data ?? '', 'base64').toString())).toEqual(publishedPolicy);
    expect(policy.parameter?.map(({ name }) => name)).toEqual(Object.keys(publishedPolicy.values));
  });

  test('CQL and ELM are attached where there are any, and their inclusions are libraries too', () => {
    expect(library.content?.map(({ contentType }) => contentType)).toEqual([
      'text/cql',
      'application/elm+json',
    ]);
    expect(one('Library', 'FHIRHelpers').content).toHaveLength(1);
    const bare = knowledgeArtifacts([]).filter(({ resourceType }) => resourceType === 'Library');
    expect(bare.map((one) => ('content' in one ? one.content?.length : 0))).toEqual([1, 0]);
  });
});

describe('codes and value sets', () => {
  const codesOf = (id: string) => one('CodeSystem', id).concept?.map(({ code }) => code);

  test('hold every finding, every own reason, and every fracture concept', () => {
    expect(codesOf('finding')).toEqual(findingCodes);
    expect(codesOf('override-reason')).toEqual(
      [...overrideReasons.own, ...overrideReasons.snooze].map(({ code }) => code),
    );
    expect(codesOf('snomed-vertebral-fracture')).toEqual(snomedFractures.map(({ code }) => code));
  });

  test.each([...valueSetFiles])(
    '%s says of each code its system, its licence and how it was verified',
    (id, file) => {
      const set: ValueSet = one('ValueSet', id);
      expect(set.copyright).toBe(file.copyright);
      for (const include of set.compose?.include ?? []) {
        expect(include.system).toMatch(/^http:/);
        expect(include.extension?.[0]?.url).toBe(
          'https://vertebral-cds.org/fhir/StructureDefinition/verification',
        );
        expect(['V', 'V2']).toContain(include.extension?.[0]?.valueCode);
      }
    },
  );
});
