/** Text of the record stays text on the card, whatever it tries to be; and no record breaks the service. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FhirResource } from 'fhir/r4.js';
import MarkdownIt from 'markdown-it';
import { responseSchema } from '../../../../src/cds-hooks/response.js';
import { answerTo, draftOrder } from '../../../support/hook-answer.js';
import { FINDING, icd, level, observed, patient, subject } from '../../../support/record.js';

const markdown = new MarkdownIt({ html: true, linkify: true });
const FORBIDDEN = new Set(['link_open', 'image', 'html_inline', 'html_block', 'fence', 'code_block']);

function markupIn(detail: string): readonly string[] {
  return markdown
    .parse(detail, {})
    .flatMap((token) => [token, ...(token.children ?? [])])
    .map(({ type }) => type)
    .filter((type) => FORBIDDEN.has(type));
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '![x](https://evil.example/p.png)',
  '[click](javascript:alert(1))',
  'www.evil.example',
  'https://evil.example/?q=1',
  '``` \n# heading',
  '`` ` ``',
  '\u202egnp.exe',
  'a\n\n<b>b</b>',
  '| a | b |\n|---|---|',
  '\ud800 lone',
];

const recordWith = (text: string): readonly FhirResource[] => [
  icd('S32.010A', {
    onsetDateTime: '2026-11-05',
    code: {
      coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'S32.010A', display: text }],
      text,
    },
  }),
  observed(
    'retropulsion',
    { valueBoolean: true },
    { ...level('L1'), code: { coding: [{ system: FINDING, code: 'retropulsion' }], text } },
  ),
  { ...observed('pain-score', { valueString: '8/10' }), id: text.slice(0, 20) },
  { resourceType: 'AllergyIntolerance', id: 'a1', patient: subject, code: { text: `PMMA ${text}` } },
];

describe('text of the record', () => {
  test.each(HOSTILE)('%j is shown as text', (text) => {
    const { cards } = answerTo(recordWith(text));
    expect(cards).toHaveLength(1);
    expect(markupIn(cards[0]?.detail ?? '')).toEqual([]);
  });

  test('is shown as text whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const { detail = '', summary } of answerTo(recordWith(text)).cards) {
          expect(markupIn(detail)).toEqual([]);
          expect(detail.isWellFormed()).toBe(true);
          expect(summary.length).toBeLessThan(140);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a record of any shape', () => {
  const valid = [...recordWith('plain'), observed('neurological-deficit', { valueBoolean: false })];
  const elements = [
    'code',
    'subject',
    'bodySite',
    'clinicalStatus',
    'onsetDateTime',
    'valueBoolean',
    'valueQuantity',
    'component',
    'status',
    'id',
    'derivedFrom',
    'class',
    'series',
    'modality',
    'effectiveDateTime',
    'coding',
  ];

  test('gives a valid answer, never an exception', () => {
    const mutation = fc.record({
      index: fc.nat(valid.length - 1),
      element: fc.constantFrom(...elements),
      value: fc.option(fc.jsonValue(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const record = valid.map((resource) => ({ ...resource }));
        for (const { index, element, value } of mutations)
          Object.assign(record[index] ?? {}, { [element]: value });
        const { cards } = answerTo(record, { hook: 'order-select', orders: [draftOrder('Kyphoplasty L1')] });
        expect(responseSchema.safeParse({ cards }).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('with a type of this service and arbitrary members gives a valid answer', () => {
    const types = [
      'Patient',
      'Condition',
      'Observation',
      'ImagingStudy',
      'DiagnosticReport',
      'Procedure',
      'Encounter',
      'MedicationRequest',
      'AllergyIntolerance',
    ];
    const resource = fc.tuple(
      fc.constantFrom(...types),
      fc.dictionary(fc.constantFrom(...elements), fc.jsonValue()),
    );
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 5 }), (resources) => {
        const record = resources.map(
          ([resourceType, members]) => ({ ...members, resourceType }) as unknown as FhirResource,
        );
        const { cards } = answerTo([patient, ...record]);
        expect(responseSchema.safeParse({ cards }).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
