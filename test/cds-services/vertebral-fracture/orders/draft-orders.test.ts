/** What is being ordered, where, and for whom: by the site's codes, public codes or words, in R4 and in STU3. */
import { describe, expect, test } from '@jest/globals';
import type { Bundle, Resource } from 'fhir/r4.js';
import { draftOrders } from '../../../../cds-services/vertebral-fracture/orders/draft-orders.js';
import type { OrderMeaning } from '../../../../cds-services/vertebral-fracture/orders/order-meaning.js';
import { siteOf, type SiteConfiguration } from '../../../../cds-services/vertebral-fracture/site.js';

const CPT = 'http://www.ama-assn.org/go/cpt';
const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

function read(resource: object, site: SiteConfiguration = {}) {
  const entry = [{ resource: { id: 'd1', ...resource } as never }];
  const bundle: Bundle = { resourceType: 'Bundle', type: 'collection', entry };
  return draftOrders(
    { hook: 'order-sign', patientId: 'p1', userId: 'Practitioner/1', draftOrders: bundle },
    (reference) => reference?.reference,
    siteOf(site),
  ).all;
}
const service = (code: object, more: object = {}): object => ({
  resourceType: 'ServiceRequest',
  code,
  ...more,
});
const text = (words: string) => service({ text: words });
const coded = (system: string, code: string) => service({ coding: [{ system, code }] });

describe('what an order is', () => {
  test.each<[string, object, OrderMeaning]>([
    ['CPT 22513', coded(CPT, '22513'), 'kyphoplasty'],
    ['CPT 22511', coded(CPT, '22511'), 'vertebroplasty'],
    ['SNOMED CT 426243004', coded(SNOMED, '426243004'), 'kyphoplasty'],
    ['SNOMED CT 401226007', coded(SNOMED, '401226007'), 'vertebroplasty'],
    ['SNOMED CT 55705006, spinal arthrodesis', coded(SNOMED, '55705006'), 'spine-surgery'],
    ['LOINC 30679-5, MR lumbar spine', coded(LOINC, '30679-5'), 'spine-imaging'],
    ['LOINC 38269-7, DEXA study', coded(LOINC, '38269-7'), 'bone-density'],
    ['SNOMED CT 312681000, bone density scan', coded(SNOMED, '312681000'), 'bone-density'],
    ['the OID form of CPT', coded('urn:oid:2.16.840.1.113883.6.12', '22514'), 'kyphoplasty'],
    ['words', text('Balloon Kyphoplasty L1'), 'kyphoplasty'],
    ['words for surgery', text('L1-L3 posterior spinal fusion'), 'spine-surgery'],
    ['words for a referral', text('Ambulatory referral to Neurosurgery'), 'spine-referral'],
    ['a consultation about an operation', text('Spine surgery consult re: vertebroplasty'), 'spine-referral'],
    ['an orthopaedic spine clinic', text('Orthopedic Spine Clinic appointment'), 'spine-referral'],
    ['surgery elsewhere', text('General surgery consult'), 'unrelated'],
    ['imaging', text('MRI thoracic spine w/o contrast'), 'spine-imaging'],
    ['imaging elsewhere', text('MRI brain'), 'unrelated'],
    ['a DXA of the spine', text('DXA lumbar spine and hip'), 'bone-density'],
    ['a brace', text('TLSO brace'), 'brace'],
    ['physiotherapy', text('Physical therapy evaluation'), 'physiotherapy'],
    ['a blood count', text('Complete blood count'), 'unrelated'],
  ])('%s', (_, resource, meaning) => {
    expect(read(resource).map((order) => order.meaning)).toEqual([meaning]);
  });

  test.each<[string, object, OrderMeaning]>([
    [
      'an opioid by RxNorm',
      { medicationCodeableConcept: { coding: [{ system: RXNORM, code: '7804' }] } },
      'opioid',
    ],
    ['an opioid by name', { medicationCodeableConcept: { text: 'oxyCODONE 5 mg tablet' } }, 'opioid'],
    ['an NSAID', { medicationCodeableConcept: { text: 'Ibuprofen 400 mg' } }, 'analgesic'],
    ['paracetamol', { medicationCodeableConcept: { text: 'Paracetamol 1 g' } }, 'analgesic'],
    ['a bone agent', { medicationCodeableConcept: { text: 'Denosumab 60 mg' } }, 'bone-agent'],
    [
      'a contained medication',
      {
        contained: [{ resourceType: 'Medication', id: 'm', code: { text: 'Tramadol' } }],
        medicationReference: { reference: '#m' },
      },
      'opioid',
    ],
  ])('a MedicationRequest for %s', (_, members, meaning) => {
    expect(read({ resourceType: 'MedicationRequest', ...members }).map((one) => one.meaning)).toEqual([
      meaning,
    ]);
  });

  test('the STU3 forms are read: ProcedureRequest and ReferralRequest', () => {
    const procedure = { resourceType: 'ProcedureRequest', code: { text: 'Vertebroplasty L2' } };
    expect(read(procedure)).toMatchObject([
      { meaning: 'vertebroplasty', levels: ['L2'], reference: 'ProcedureRequest/d1' },
    ]);
    const referral = {
      resourceType: 'ReferralRequest',
      serviceRequested: [{ text: 'Consultation' }],
      specialty: { text: 'Neurosurgery' },
    };
    expect(read(referral)).toMatchObject([{ meaning: 'spine-referral' }]);
  });

  test("the site's own code wins over words", () => {
    const site = { orderCodes: { brace: [{ system: 'urn:site', code: 'B7' }] } };
    const order = service({ coding: [{ system: 'urn:site', code: 'B7' }], text: 'MRI spine' });
    expect(read(order, site)).toMatchObject([{ meaning: 'brace' }]);
  });
});

describe('where it is meant', () => {
  test.each<[string, object, object]>([
    [
      'a body site by code',
      { bodySite: [{ coding: [{ system: SNOMED, code: '66794005' }] }] },
      { levels: ['L1'] },
    ],
    ['a body site in words', { bodySite: [{ text: 'T12 vertebra' }] }, { levels: ['T12'] }],
    [
      'the body site before the text',
      { bodySite: [{ text: 'L2' }], code: { text: 'Kyphoplasty L1' } },
      { levels: ['L2'] },
    ],
    ['the text', { code: { text: 'Kyphoplasty T11 and T12' } }, { levels: ['T11', 'T12'] }],
    ['a CPT number for the thoracic spine', coded(CPT, '22513'), { levels: [], region: 'thoracic' }],
    ['a CPT number for the lumbar spine', coded(CPT, '22511'), { levels: [], region: 'lumbar' }],
    ['words for a region', { code: { text: 'Lumbar vertebroplasty' } }, { levels: [], region: 'lumbar' }],
    [
      'the side',
      { code: { text: 'Kyphoplasty L3' }, bodySite: [{ text: 'L3 left pedicle' }] },
      { levels: ['L3'], side: 'left' },
    ],
    ['both sides', { code: { text: 'Bilateral kyphoplasty L3' } }, { levels: ['L3'], side: 'both sides' }],
  ])('%s', (_, members, place) => {
    const [order] = read({ resourceType: 'ServiceRequest', ...members });
    expect(order).toMatchObject(place);
  });

  test.each(['Thoracolumbar kyphoplasty', 'Kyphoplasty, thoracic or lumbar spine', 'Kyphoplasty'])(
    '"%s" names no region',
    (words) => {
      expect(read(text(words))[0]?.region).toBeUndefined();
    },
  );
});

describe('an order is not judged', () => {
  const kyphoplasty: Partial<Resource> & object = service({ text: 'Kyphoplasty L1' });
  test.each<[string, object]>([
    ['for another patient', { subject: { reference: 'Patient/p2' } }],
    ['not to do something', { doNotPerform: true }],
    ['taken back', { status: 'revoked' }],
    ['entered in error', { status: 'entered-in-error' }],
    ['malformed', { bodySite: 'L1' }],
  ])('%s', (_, members) => {
    expect(read({ ...kyphoplasty, ...members })).toEqual([]);
  });

  test('while it is not selected, but it is known', () => {
    const entry = ['a', 'b'].map((id) => ({ resource: { ...kyphoplasty, id } as never }));
    const orders = draftOrders(
      {
        hook: 'order-select',
        patientId: 'p1',
        userId: 'Practitioner/1',
        selections: ['ServiceRequest/b'],
        draftOrders: { resourceType: 'Bundle', type: 'collection', entry },
      },
      (reference) => reference?.reference,
      siteOf({}),
    );
    expect(orders.judged.map(({ reference }) => reference)).toEqual(['ServiceRequest/b']);
    expect(orders.all).toHaveLength(2);
  });
});
