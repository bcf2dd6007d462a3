import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import {
  coded,
  condition,
  findingsOf,
  ICD,
  icd,
  level,
  observed,
  SNOMED,
  status,
  valuesOf,
} from '../../../support/record.js';

const heightLossAt = (name: string, percent = 40) =>
  observed('height-loss-percent', { valueQuantity: { value: percent, unit: '%' } }, level(name));
const levelsIn = (resources: readonly FhirResource[]) =>
  findingsOf(resources).fractures.map((fracture) => fracture.levels);

describe('a fracture is recognised', () => {
  test.each<[string, FhirResource]>([
    ['ICD-10-CM with a dot', icd('S32.010A')],
    ['ICD-10-CM without a dot', icd('S32010A')],
    ['ICD-10-CM in lower case', icd('s32.010a')],
    ['ICD-10-CM by its OID', condition(coded('urn:oid:2.16.840.1.113883.6.90', 'S32.010A'))],
    [
      'SNOMED CT with a body site',
      condition(coded(SNOMED, '42942008'), { bodySite: [coded(SNOMED, '66794005')] }),
    ],
    ['text only', condition({ text: 'Compression fracture of L1' })],
    ['text in the display', condition({ coding: [{ display: 'Wedge fracture of first lumbar vertebra' }] })],
    ['an image alone: height loss of 20 %', heightLossAt('L1', 20)],
    ['an image alone: a fracture shape', observed('morphology', { valueString: 'wedge' }, level('L1'))],
    ['RadElement presence', observed('fracture-presence', { valueBoolean: true }, level('L1'))],
  ])('from %s', (_, resource) => {
    expect(levelsIn([resource])).toEqual([['L1']]);
  });

  test.each<[string, FhirResource]>([
    ['a fracture of a transverse process', condition(coded(SNOMED, '207960001'))],
    ['a suspicion', condition({ text: 'Suspected compression fracture L1' })],
    ['a history in words', condition({ text: 'History of vertebral fracture' })],
    ['height loss below 20 % alone', heightLossAt('L1', 15)],
    ['an empty coding', condition({ coding: [{}] })],
    ['an ICD code without its system', condition({ coding: [{ code: 'S32.010A' }] })],
    ['ICD-10-CM of another bone', icd('S72.001A')],
  ])('but not from %s', (_, resource) => {
    expect(levelsIn([resource])).toEqual([]);
  });
});

describe('the level', () => {
  test.each<[string, readonly FhirResource[], readonly (readonly string[])[]]>([
    ['is named by imaging for a code without one', [icd('M80.08XA'), heightLossAt('L1')], [['L1']]],
    ['is not known without imaging', [icd('M80.08XA')], [[]]],
    [
      'is not named by an image that only denies something there',
      [icd('M80.08XA'), observed('marrow-oedema', { valueBoolean: false }, level('L1'))],
      [[]],
    ],
    ['narrows a pair', [icd('S22.080A'), heightLossAt('T12')], [['T12']]],
    ['stays a pair without imaging', [icd('S22.080A')], [['T11', 'T12']]],
    [
      'stays a pair when imaging shows another level',
      [icd('S22.080A'), heightLossAt('L3')],
      [['T11', 'T12'], ['L3']],
    ],
    ['is taken from imaging in the region of the code', [icd('M48.56XA'), heightLossAt('L3')], [['L3']]],
    ['is not taken from another region', [icd('M48.56XA'), heightLossAt('T8')], [['T8'], []]],
    ['joins two records of one vertebra', [icd('M80.08XA'), icd('S32.010A')], [['L1']]],
    ['of a British D12 is T12', [condition({ text: 'Wedge fracture D12' })], [['T12']]],
    [
      'is open where the body site and the text name different vertebrae',
      [condition({ text: 'Compression fracture L1' }, { bodySite: [{ text: 'L2' }] })],
      [['L1', 'L2']],
    ],
    [
      'is open where the body site and the code name different vertebrae',
      [icd('S32.010A', { bodySite: [{ text: 'L2' }] })],
      [['L1', 'L2']],
    ],
    [
      'of such a contradiction is settled by imaging',
      [icd('S32.010A', { bodySite: [{ text: 'L2' }] }), heightLossAt('L2')],
      [['L2']],
    ],
    [
      'of a pair code stays a pair although its text spells out both',
      [
        condition({
          coding: [
            { system: ICD, code: 'S22.080A', display: 'Wedge compression fracture of T11-T12 vertebra' },
          ],
        }),
      ],
      [['T11', 'T12']],
    ],
    [
      'of a pair code is the one its text names',
      [condition({ coding: [{ system: ICD, code: 'S22.080A' }], text: 'Compression fracture T12' })],
      [['T12']],
    ],
    [
      'of one diagnosis may be two vertebrae',
      [condition({ text: 'Compression fractures of T8 and L3' })],
      [['T8'], ['L3']],
    ],
    [
      'of a new code does not join an old, resolved one',
      [icd('M80.08XA'), icd('S22.060A', { clinicalStatus: status('resolved') })],
      [['T7', 'T8'], []],
    ],
  ])('%s', (_, resources, levels) => {
    expect(levelsIn(resources)).toEqual(levels);
  });

  test('of a cervical fracture is outside what the service advises on', () => {
    expect(findingsOf([icd('M48.52XA')]).fractures).toMatchObject([{ levels: [], outsideScope: true }]);
  });
});

describe('a reading without a vertebra', () => {
  const oedema = observed('marrow-oedema', { valueBoolean: true });

  test('belongs to the only fracture', () => {
    expect(valuesOf(findingsOf([icd('S32.010A'), oedema]).fractures[0]!.findings)).toMatchObject({
      marrowOedema: true,
    });
  });

  test('belongs to the only active fracture beside a healed one', () => {
    const { fractures } = findingsOf([
      icd('S32.010A'),
      icd('S22.010A', { clinicalStatus: status('resolved') }),
      oedema,
    ]);
    expect(fractures.map(({ levels, findings }) => [levels, findings.marrowOedema?.value])).toEqual([
      [['T1'], undefined],
      [['L1'], true],
    ]);
  });

  test('is not given to either of two, and is named', () => {
    const { fractures, notUsed } = findingsOf([icd('S32.010A'), icd('S32.030A'), oedema]);
    expect(fractures.map(({ findings }) => findings.marrowOedema)).toEqual([undefined, undefined]);
    expect(notUsed).toEqual([{ resource: `Observation/${oedema.id ?? ''}`, reason: 'ambiguous-vertebra' }]);
  });

  test('belongs to the fracture it says it is about', () => {
    const l1 = icd('S32.010A');
    const about = { ...oedema, focus: [{ reference: `Condition/${l1.id ?? ''}` }] };
    const { fractures } = findingsOf([l1, icd('S32.030A'), about]);
    expect(fractures.map(({ findings }) => findings.marrowOedema?.value)).toEqual([true, undefined]);
  });
});

describe('what a code says of the fracture', () => {
  test.each([
    ['S32.010A', { aetiology: 'traumatic', morphology: 'wedge', stability: 'stable' }],
    ['S32.011A', { aetiology: 'traumatic', morphology: 'burst', stability: 'stable' }],
    ['S32.012A', { aetiology: 'traumatic', morphology: 'burst', stability: 'unstable' }],
    ['S32.018A', { aetiology: 'traumatic' }],
    ['S32.019A', { aetiology: 'traumatic' }],
    ['M80.08XA', { aetiology: 'osteoporotic' }],
    ['M84.58XA', { aetiology: 'malignant' }],
    ['M48.56XA', {}],
  ])('%s', (code, values) => {
    expect(valuesOf(findingsOf([icd(code)]).fractures[0]!.findings)).toEqual(values);
  });

  test('an unspecific code with known osteoporosis is osteoporotic, with a spinal malignancy malignant', () => {
    const aetiologyWith = (...others: FhirResource[]) =>
      findingsOf([icd('M48.56XA'), ...others]).fractures[0]!.findings.aetiology?.value;
    expect(aetiologyWith(icd('M81.0'))).toBe('osteoporotic');
    expect(aetiologyWith(icd('C79.51'))).toBe('malignant');
    expect(aetiologyWith(icd('M81.0'), icd('C79.51'))).toBe('malignant');
  });

  test('contradicting causes are mixed and marked', () => {
    expect(findingsOf([icd('M80.08XA'), icd('S32.010A')]).fractures[0]!.findings.aetiology).toMatchObject({
      value: 'mixed',
      conflict: true,
    });
    expect(findingsOf([icd('M80.08XA'), icd('C79.51')]).fractures[0]!.findings.aetiology).toMatchObject({
      value: 'mixed',
      conflict: true,
    });
  });
});
