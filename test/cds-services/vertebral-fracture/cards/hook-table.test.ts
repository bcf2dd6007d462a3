/** The hook table, row by row, on the synthetic patients: what a clinician sees for every order and every outcome. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import {
  type SpokenOutcome,
  type Speech,
  speechFor,
  spokenOutcomes,
} from '../../../../cds-services/vertebral-fracture/cards/hook-table.js';
import {
  type OrderMeaning,
  orderMeanings,
} from '../../../../cds-services/vertebral-fracture/orders/order-meaning.js';
import type { Hook } from '../../../../src/cds-hooks/service.js';
import { answerTo, draftOrder } from '../../../support/hook-answer.js';
import { expectedOf, storedResourcesOf } from '../../../support/synthetic-patients.js';

/** One patient an outcome, two where the table tells them apart. */
const patients = {
  'kyphoplasty, on an anticoagulant': '2-2-anticoagulated',
  vertebroplasty: 't3-l3-more-than-80-percent',
  either: 't8-l3-genant-2',
  'either, height loss missing': '3-2-height-loss-missing',
  'referral, critical': '0-1-cauda-equina',
  'referral, warning': '2-5-retropulsion',
  'specialist review': '2-4-cement-allergy',
  'deferral, critical': '1-1-discitis',
  'deferral, warning': '2-1-inr-2-4',
  'medical, healed': '1-4-no-oedema',
  'medical, pain criteria not met': '3-3-therapy-not-tried',
  'missing data, severe pain': '3-1-cause-unknown',
};

const wordsOf: Readonly<Record<OrderMeaning, (level: string) => Partial<FhirResource>>> = {
  kyphoplasty: (level) => ({ code: { text: `Kyphoplasty ${level}` } }),
  vertebroplasty: (level) => ({ code: { text: `Vertebroplasty ${level}` } }),
  cement: (level) => ({
    code: {
      coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-pcs', code: '0QU03JZ' }],
      text: `Supplement ${level}`,
    },
  }),
  'spine-surgery': () => ({ code: { text: 'Lumbar spinal fusion' } }),
  'spine-referral': () => ({ code: { text: 'Referral to spine surgery' } }),
  'spine-imaging': () => ({ code: { text: 'MRI lumbar spine' } }),
  'bone-density': () => ({ code: { text: 'DXA' } }),
  brace: () => ({ code: { text: 'Lumbar brace' } }),
  physiotherapy: () => ({ code: { text: 'Physiotherapy' } }),
  opioid: () => ({ code: { text: 'Tramadol 50 mg' } }),
  analgesic: () => ({ code: { text: 'Paracetamol 1 g' } }),
  'bone-agent': () => ({ code: { text: 'Alendronate 70 mg' } }),
  unrelated: () => ({ code: { text: 'Complete blood count' } }),
};

function answerFor(hook: Hook, order: OrderMeaning, fixture: string) {
  const { patient, fractures, asOf } = expectedOf(fixture);
  const [level = ''] = fractures[0]?.levels ?? [];
  const draft = draftOrder('', {
    subject: { reference: `Patient/${patient.id}` },
    ...wordsOf[order](level),
  } as Partial<FhirResource>);
  return answerTo(storedResourcesOf(fixture), {
    hook,
    patientId: patient.id,
    asOf: Date.parse(`${asOf}T12:00:00Z`),
    orders: hook === 'patient-view' ? [] : [draft],
  });
}

/** The first letter of the indicator of each card; `-` for silence. */
const heard = (hook: Hook, order: OrderMeaning) =>
  Object.values(patients)
    .map((fixture) =>
      answerFor(hook, order, fixture)
        .cards.map(({ indicator }) => indicator.charAt(0))
        .join(''),
    )
    .map((letters) => (letters === '' ? '-' : letters))
    .join(' ');

describe(`what is heard for: ${Object.keys(patients).join('; ')}`, () => {
  test('when the chart is opened', () => {
    expect(heard('patient-view', 'unrelated')).toBe('i w i i c w w c - - - i');
  });

  const selecting: Readonly<Record<OrderMeaning, string>> = {
    kyphoplasty: 'i w i i c c w c w w i w',
    vertebroplasty: 'i i i i c c w c w w i w',
    cement: 'i i i i c c w c w w i w',
    'spine-surgery': 'i w i i c - - c - - i -',
    'spine-referral': 'i w i i c - - c - - - i',
    'spine-imaging': 'i w i i c w w c - - - i',
    'bone-density': '- - - - c - - c - - - -',
    brace: 'i w i i c w w c - - - i',
    physiotherapy: 'i w i i c w w c - - - i',
    opioid: 'i w i i c w w c - - - i',
    analgesic: 'i w i i c w w c - - - i',
    'bone-agent': '- - - - c - - c - - - -',
    unrelated: '- - - - c - - c - - - -',
  };
  test.each(orderMeanings)('while an order is selected: %s', (order) => {
    expect(heard('order-select', order)).toBe(selecting[order]);
  });

  const nothing = '- - - - - - - - - - - -';
  const danger = '- - - - c - - c - - - -';
  const signing: Readonly<Record<OrderMeaning, string>> = {
    kyphoplasty: '- w - i c c w c w w i w',
    vertebroplasty: 'i - - i c c w c w w i w',
    cement: '- - - i c c w c w w i w',
    'spine-surgery': nothing,
    'spine-referral': nothing,
    'spine-imaging': danger,
    'bone-density': nothing,
    brace: danger,
    physiotherapy: danger,
    opioid: danger,
    analgesic: danger,
    'bone-agent': nothing,
    unrelated: nothing,
  };
  test.each(orderMeanings)('before an order is signed: %s', (order) => {
    expect(heard('order-sign', order)).toBe(signing[order]);
  });
});

test('no danger is silent where cement is ordered, at either hook', () => {
  const cement: readonly OrderMeaning[] = ['kyphoplasty', 'vertebroplasty', 'cement'];
  const dangers: readonly SpokenOutcome[] = ['surgical-referral', 'specialist-review', 'defer'];
  for (const hook of ['order-select', 'order-sign'] as const) {
    for (const order of cement) {
      for (const outcome of dangers) expect(speechFor(hook, order, outcome)).toBe('contradict');
    }
  }
});

describe('docs/when-it-speaks.md', () => {
  const page = readFileSync(new URL('../../../../docs/when-it-speaks.md', import.meta.url), 'utf8');
  const cells = [...page.matchAll(/^\| `(.+?)` +\| (.+) \|$/gm)].map(([, order = '', row = '']) => [
    order,
    row.split('|').map((cell) => cell.trim()),
  ]);
  const rowsOf = (hook: Hook, orders: readonly OrderMeaning[]) =>
    orders.map((order) => [
      hook === 'patient-view' ? 'chart opened' : order,
      spokenOutcomes.map((outcome): Speech => speechFor(hook, order, outcome)),
    ]);

  test('prints the table as it is', () => {
    expect(
      cells.map(([order, row]) => [order, (row as string[]).map((cell) => cell.replaceAll(' ', '-'))]),
    ).toEqual([
      ...rowsOf('patient-view', ['unrelated']),
      ...rowsOf('order-select', orderMeanings),
      ...rowsOf('order-sign', orderMeanings),
    ]);
  });
});
