import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConceptMap } from 'fhir/r4.js';
import { assessRecord, createServices, siteConfigurationSchema } from '../../../cds-services/index.js';
import { loadSiteConfiguration } from '../../../src/config/site-configuration.js';
import { faultsOf } from '../../support/fhir-validation.js';
import { AS_OF, icd, level, patient, PATIENT, study, subject } from '../../support/record.js';

const local = 'http://hospital.example/observations';
const FINDING = 'https://vertebral-cds.org/fhir/CodeSystem/finding';

type Element = NonNullable<NonNullable<ConceptMap['group']>[number]>['element'][number];

function conceptMap(...element: readonly Element[]): ConceptMap {
  return {
    resourceType: 'ConceptMap',
    id: 'local-observations',
    status: 'active',
    group: [{ source: local, target: FINDING, element: [...element] }],
  };
}
const height: Element = { code: 'HL', target: [{ code: 'height-loss-percent', equivalence: 'equivalent' }] };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'map-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(configuration: object) {
  const path = join(folder, 'site.json');
  writeFileSync(path, JSON.stringify(configuration));
  return loadSiteConfiguration(path, siteConfigurationSchema);
}
function problemOf(configuration: object): string {
  const site = load(configuration);
  return site.ok ? 'none' : site.problem.replace(/^CONFIG_FILE \S+: /, '');
}

describe('a concept map', () => {
  const map = conceptMap(
    height,
    { code: 'OED', target: [{ code: 'marrow-oedema', equivalence: 'wider' }] },
    { code: 'OTHER', target: [{ equivalence: 'unmatched' }] },
    { code: 'NOTHING' },
  );

  test('that is FHIR R4 is taken as it is, and what it maps is observed and asked for', () => {
    expect(faultsOf(map)).toEqual([]);
    const site = load({ findingConceptMap: map });
    if (!site.ok) throw new Error(site.problem);
    const { services } = site.configuration;
    const observation = {
      resourceType: 'Observation' as const,
      id: 'o1',
      status: 'final' as const,
      subject,
      code: { coding: [{ system: local, code: 'HL' }] },
      valueQuantity: { value: 40, unit: '%' },
      effectiveDateTime: '2026-11-20',
      ...level('L1'),
    };
    const entries = [patient, icd('S32.010A'), study('MR'), observation].map((resource) => ({ resource }));
    const { fractures } = assessRecord(entries, PATIENT, AS_OF, services);
    expect(fractures[0]?.fracture.findings.heightLossPercent?.value).toEqual({ min: 40, max: 40 });
    const [service] = createServices(services);
    expect(service?.prefetch.measurements?.query).toContain(`,${local}|HL,${local}|OED`);
    expect(service?.prefetch.measurements?.query).not.toContain('OTHER');
  });

  test('stands beside localCodes, but not for the same code', () => {
    const localCodes = [{ system: local, code: 'PAIN', finding: 'pain-score' }];
    expect(load({ findingConceptMap: map, localCodes })).toMatchObject({ ok: true });
    const twice = [{ system: local, code: 'HL', finding: 'pain-score' }];
    expect(problemOf({ findingConceptMap: map, localCodes: twice })).toBe(
      'localCodes[0].code is in findingConceptMap too: name it in one place',
    );
  });

  const wrong: readonly (readonly [string, object, string])[] = [
    [
      'a target that is no finding',
      conceptMap(height, { code: 'X', target: [{ code: 'heightloss', equivalence: 'equal' }] }),
      'findingConceptMap.group[0].element[1].target[0].code "heightloss" is no finding code: see GET /fhir/CodeSystem/finding',
    ],
    [
      'a mapping too loose to be a finding',
      conceptMap({ code: 'X', target: [{ code: 'stability', equivalence: 'relatedto' }] }),
      'findingConceptMap.group[0].element[0].target[0].equivalence "relatedto" is not enough: a value under this code might not be one of the finding',
    ],
    [
      'a code with two meanings',
      conceptMap(height, { code: 'HL', target: [{ code: 'pain-score', equivalence: 'equal' }] }),
      'findingConceptMap.group[0].element[1].target[0].code "pain-score" contradicts "height-loss-percent", which the same code is mapped to',
    ],
    [
      'a condition on the mapping',
      conceptMap({
        code: 'X',
        target: [
          { code: 'stability', equivalence: 'equal', dependsOn: [{ property: 'http://x', value: 'y' }] },
        ],
      }),
      'findingConceptMap.group[0].element[0].target[0].dependsOn is not supported: a code has to mean its finding by itself',
    ],
    [
      'another target system',
      { ...conceptMap(height), group: [{ source: local, target: 'http://loinc.org', element: [height] }] },
      `findingConceptMap.group[0].target must be "${FINDING}"`,
    ],
    [
      'a rule for codes that are not named',
      {
        ...conceptMap(height),
        group: [
          {
            source: local,
            target: FINDING,
            element: [height],
            unmapped: { mode: 'fixed', code: 'stability' },
          },
        ],
      },
      'findingConceptMap.group[0].unmapped is not supported: a code that is not named stands for no finding',
    ],
    [
      'no groups',
      { resourceType: 'ConceptMap', status: 'active' },
      'findingConceptMap.group must be an array of groups',
    ],
    [
      'another resource',
      { ...conceptMap(height), resourceType: 'ValueSet' },
      'findingConceptMap.resourceType must be "ConceptMap"',
    ],
  ];
  test.each(wrong)('with %s is refused at start, with the path', (_what, findingConceptMap, problem) => {
    expect(problemOf({ findingConceptMap })).toBe(problem);
  });
});

describe('an extension of value sets', () => {
  test.each([
    [
      'an unknown set',
      { valueSet: 'fractures', from: 'http://x/vs' },
      /^valueSetExtensions\[0\]\.valueSet must be one of active-infection, /,
    ],
    [
      'a set whose codes say more than membership',
      { valueSet: 'vertebral-fracture', from: 'http://x/vs' },
      /valueSet must be one of/,
    ],
    [
      'no address',
      { valueSet: 'opioid', from: 'opioids' },
      /^valueSetExtensions\[0\]\.from must be the address of a value set/,
    ],
    [
      'descendants where there are no concepts',
      { valueSet: 'opioid', from: 'snomed-descendants' },
      /lists no SNOMED CT concept/,
    ],
  ])('with %s is refused at start, with the path', (_what, extension, problem) => {
    expect(problemOf({ valueSetExtensions: [extension] })).toMatch(problem);
  });
});
