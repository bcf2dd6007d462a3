import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../../cds-services/vertebral-fracture/findings/catalogue.js';
import {
  observedValue,
  type ValueHolder,
} from '../../../../cds-services/vertebral-fracture/findings/observed-value.js';
import { coded, SNOMED } from '../../../support/record.js';

const at = (value: number) => ({ min: value, max: value });

describe('a percentage', () => {
  const read = (holder: ValueHolder) => observedValue(holder, catalogue.heightLossPercent.value);
  test.each<[string, ValueHolder, unknown]>([
    ['40 %', { valueQuantity: { value: 40, unit: '%' } }, at(40)],
    ['40 without unit', { valueQuantity: { value: 40 } }, at(40)],
    ['40 in UCUM', { valueQuantity: { value: 40, unit: 'percent', code: '%' } }, at(40)],
    ['0.4 as a plain ratio', { valueQuantity: { value: 0.4, code: '1' } }, at(40)],
    [
      'less than 20',
      { valueQuantity: { value: 20, comparator: '<', unit: '%' } },
      { min: 0, max: 20, maxExclusive: true },
    ],
    [
      'more than 80',
      { valueQuantity: { value: 80, comparator: '>', unit: '%' } },
      { min: 80, max: 100, minExclusive: true },
    ],
    ['a range', { valueRange: { low: { value: 25 }, high: { value: 40 } } }, { min: 25, max: 40 }],
    ['an integer', { valueInteger: 40 }, at(40)],
    ['a ratio', { valueRatio: { numerator: { value: 2 }, denominator: { value: 5 } } }, at(40)],
    ['text', { valueString: '40%' }, at(40)],
    ['a span in text', { valueString: '25-40 %' }, { min: 25, max: 40 }],
    ['approximate text', { valueString: 'approximately 30 %' }, at(30)],
    ['more than, in text', { valueString: '>80%' }, { min: 80, max: 100, minExclusive: true }],
  ])('%s', (_, holder, value) => {
    expect(read(holder)).toEqual(value);
  });

  test.each<[string, ValueHolder]>([
    ['140 %', { valueQuantity: { value: 140, unit: '%' } }],
    ['-5 %', { valueQuantity: { value: -5, unit: '%' } }],
    ['millimetres', { valueQuantity: { value: 8, unit: 'mm' } }],
    ['a reversed range', { valueRange: { low: { value: 40 }, high: { value: 25 } } }],
    ['prose', { valueString: 'moderate' }],
    ['a boolean', { valueBoolean: true }],
    ['nothing', {}],
    ['a reason for its absence', { valueInteger: 40, dataAbsentReason: { text: 'unknown' } }],
    ['a ratio to nothing', { valueRatio: { numerator: { value: 1 }, denominator: { value: 0 } } }],
  ])('is not %s', (_, holder) => {
    expect(read(holder)).toBeUndefined();
  });
});

describe('yes or no', () => {
  const read = (holder: ValueHolder) => observedValue(holder, catalogue.retropulsion.value);
  test.each<[string, ValueHolder, boolean | undefined]>([
    ['true', { valueBoolean: true }, true],
    ['false', { valueBoolean: false }, false],
    ['present', { valueCodeableConcept: coded(SNOMED, '52101004') }, true],
    ['absent', { valueCodeableConcept: coded(SNOMED, '2667000') }, false],
    ['a coded no', { valueCodeableConcept: { coding: [{ code: 'N' }] } }, false],
    ['text yes', { valueString: 'Yes' }, true],
    ['text not seen', { valueString: 'not seen' }, false],
    ['unclear text', { valueString: 'possibly' }, undefined],
    ['no value', {}, undefined],
  ])('%s', (_, holder, value) => {
    expect(read(holder)).toBe(value);
  });
});

describe('a pain score', () => {
  const read = (holder: ValueHolder) => observedValue(holder, catalogue.painScore.value);
  test.each<[string, ValueHolder, unknown]>([
    ['8', { valueInteger: 8 }, at(8)],
    ['8/10', { valueString: '8/10' }, at(8)],
    ['8 of 10 as a ratio', { valueRatio: { numerator: { value: 8 }, denominator: { value: 10 } } }, at(8)],
    ['with any UCUM annotation as unit', { valueQuantity: { value: 8, code: '{NRS}' } }, at(8)],
    ['with a score unit', { valueQuantity: { value: 8, unit: '{score}' } }, at(8)],
    ['a LOINC answer', { valueCodeableConcept: coded('http://loinc.org', 'LA10140-4') }, at(8)],
    ['80 of 100 is not on this scale', { valueInteger: 80 }, undefined],
  ])('%s', (_, holder, value) => {
    expect(read(holder)).toEqual(value);
  });
});

describe('a choice', () => {
  test.each<[string, keyof typeof catalogue, ValueHolder, string | undefined]>([
    ['by text', 'morphology', { valueString: 'Wedge' }, 'wedge'],
    ['inside a phrase', 'morphology', { valueString: 'burst fracture, incomplete' }, 'burst'],
    ['by code', 'stability', { valueCodeableConcept: { coding: [{ code: 'unstable' }] } }, 'unstable'],
    ['unstable is not stable', 'stability', { valueString: 'unstable' }, 'unstable'],
    ['with spaces for hyphens', 'acuity', { valueString: 'Acute on chronic' }, 'acute-on-chronic'],
    ['an AO type', 'aoType', { valueString: 'A3' }, 'A3'],
    ['an OF type by number', 'ofType', { valueInteger: 4 }, '4'],
    ['an ESCC grade', 'epiduralCompressionGrade', { valueString: '1b' }, '1b'],
    ['denied', 'stability', { valueString: 'not stable' }, undefined],
    ['left open', 'morphology', { valueString: 'wedge or burst' }, undefined],
    ['doubted', 'acuity', { valueString: 'possibly acute' }, undefined],
    ['an unknown word', 'morphology', { valueString: 'odd' }, undefined],
  ])('%s', (_, finding, holder, value) => {
    expect(observedValue(holder, catalogue[finding].value)).toBe(value);
  });
});
