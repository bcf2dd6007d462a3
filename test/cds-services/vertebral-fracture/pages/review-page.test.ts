/** The review of one patient: it says what the assessment says, shows what is not known, and keeps text of others text. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { parseHTML } from 'linkedom';
import { render } from 'preact-render-to-string';
import { assessRecord } from '../../../../cds-services/index.js';
import { textsIn } from '../../../../cds-services/vertebral-fracture/cards/texts/texts.js';
import { reviewPage } from '../../../../cds-services/vertebral-fracture/pages/review/review-page.js';
import { siteConfigurationSchema, siteOf } from '../../../../cds-services/vertebral-fracture/site.js';
import type { KeyData } from '../../../../src/cds-hooks/service.js';
import type { PageContent } from '../../../../src/web/page/document.js';
import { exampleNames } from '../../../../src/demo/synthetic-patients.js';

const configuration = siteConfigurationSchema.parse({});
const site = siteOf(configuration);

interface Expected {
  readonly asOf: string;
  readonly patient: { readonly id: string };
}

function fixture(name: string) {
  const read = (file: string): unknown =>
    JSON.parse(
      readFileSync(new URL(`../../../../fixtures/patients/${name}/${file}`, import.meta.url), 'utf8'),
    );
  const { entry = [] } = read('bundle.json') as Bundle;
  return {
    expected: read('expected.json') as Expected,
    resources: entry.flatMap(({ resource }) => (resource === undefined ? [] : [resource as FhirResource])),
  };
}

function reviewed(resources: readonly FhirResource[], expected: Expected, appContext?: string): PageContent {
  const data = new Map<string, KeyData>([
    ['all', { state: 'present', from: 'fhir-server', resources, complete: true }],
  ]);
  return reviewPage(
    {
      patientId: expected.patient.id,
      fhirServer: 'https://ehr.example.org/fhir',
      data,
      asOf: new Date(expected.asOf),
      ...(appContext !== undefined && { appContext }),
    },
    site,
  );
}

const documentOf = ({ main }: PageContent) =>
  parseHTML(`<html><body>${render(main as never)}</body></html>`).document;

test.each(exampleNames())('%s: each fracture is there with its outcome, row and decision path', (name) => {
  const { expected, resources } = fixture(name);
  const entries = resources.map((resource) => ({ resource }));
  const { fractures } = assessRecord(entries, expected.patient.id, Date.parse(expected.asOf), configuration);
  const document = documentOf(reviewed(resources, expected));
  const sections = [...document.querySelectorAll('.reviewed')];
  expect(sections).toHaveLength(fractures.length);
  fractures.forEach(({ fracture, rule, outcome, missing }, index) => {
    const section = sections[index];
    expect(section?.id).toBe(
      fracture.levels.length === 0 ? 'fracture-level-unknown' : `fracture-${fracture.levels.join('-')}`,
    );
    expect(section?.querySelector('h2')?.textContent).toContain(textsIn('en').outcomes[outcome]);
    expect(section?.textContent).toContain(`Row ${rule}`);
    expect(section?.querySelector('.path .deciding th')?.textContent).toBe(rule);
    expect(section?.querySelector('.would-decide') !== null).toBe(missing.length > 0);
  });
  expect(document.querySelector('.spine svg')?.getAttribute('aria-label')).toMatch(/^Spine from T1 to L5/);
});

test('known and unknown findings stand side by side, each known one with date and source', () => {
  const { expected, resources } = fixture('t6-l3-wedge-40-percent');
  const document = documentOf(reviewed(resources, expected));
  const section = document.getElementById('fracture-L3');
  const rows = [...(section?.querySelectorAll('.found tbody tr') ?? [])].map((row) => row.textContent);
  expect(rows).toContainEqual(
    expect.stringMatching(/^Height loss40 %.*2026-11-18.*DiagnosticReport\/report/),
  );
  expect(section?.querySelector('.not-known')?.textContent).toContain('canal compromise');
});

test('a value that is too old is told as such, not as unknown', () => {
  const { expected, resources } = fixture('3-1-pain-score-too-old');
  const patient = documentOf(reviewed(resources, expected)).getElementById('patient');
  const row = [...(patient?.querySelectorAll('tr') ?? [])].find((one) =>
    one.textContent.startsWith('Pain score'),
  );
  expect(row?.textContent).toContain('out of date');
  expect(patient?.querySelector('.not-known')?.textContent).not.toContain('pain score');
});

test('the sentence of the report is shown with the words that say it marked', () => {
  const { expected, resources } = fixture('t6-l3-wedge-40-percent');
  const document = documentOf(reviewed(resources, expected));
  const quotes = [...document.querySelectorAll('#fracture-L3 blockquote')];
  const loss = quotes.find((one) => one.querySelector('mark')?.textContent === 'about 40% loss of height');
  expect(loss?.textContent).toBe(
    'Acute wedge compression fracture of L3 with about 40% loss of height and STIR hyperintensity.',
  );
});

test('what the record says stays text, wherever it says it', () => {
  const { expected, resources } = fixture('t6-l3-wedge-40-percent');
  const hostile = '<img src=x onerror=alert(1)></script><script>alert(2)</script>';
  const changed = resources.map((resource) => {
    switch (resource.resourceType) {
      case 'DiagnosticReport':
        return {
          ...resource,
          conclusion: `Acute wedge ${hostile} fracture of L3 with 40% loss of height ${hostile}.`,
        };
      case 'Observation':
        return { ...resource, id: `${hostile}${resource.id ?? ''}` };
      default:
        return resource;
    }
  });
  const content = reviewed(changed, expected, hostile);
  const document = documentOf(content);
  expect(document.querySelectorAll('img, script')).toHaveLength(0);
  expect(document.querySelector('body')?.textContent).toContain('onerror=alert(1)');
});

describe('the fracture that the card was about', () => {
  const { expected, resources } = fixture('t6-l3-wedge-40-percent');
  const second: FhirResource = {
    resourceType: 'Condition',
    id: 'second',
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    subject: { reference: `Patient/${expected.patient.id}` },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'S32.010A' }] },
    onsetDateTime: '2026-11-10',
  };
  const sections = (appContext?: string) =>
    [...documentOf(reviewed([...resources, second], expected, appContext)).querySelectorAll('.reviewed')].map(
      ({ id }) => id,
    );

  test('comes first, otherwise they come from the top of the spine down', () => {
    const [upper, lower] = sections();
    expect(lower).toBe('fracture-L3');
    expect(sections('{"levels":["L3"]}')).toEqual([lower, upper]);
  });

  test.each(['', '{', '[]', '{"levels":"L3"}', '{"levels":["X9"]}'])(
    'is nobody’s guess when the context says %j',
    (appContext) => expect(sections(appContext)).toEqual(sections()),
  );
});

test('a record without a fracture says so', () => {
  const { expected, resources } = fixture('t6-l3-wedge-40-percent');
  const patient = resources.filter(({ resourceType }) => resourceType === 'Patient');
  expect(documentOf(reviewed(patient, expected)).querySelector('.review')?.textContent).toContain(
    'No vertebral fracture is recorded',
  );
});
