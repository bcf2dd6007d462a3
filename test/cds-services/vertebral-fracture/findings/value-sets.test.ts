/** Extended value sets: nothing shipped is lost, and what joins is read like what was there. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FhirResource } from 'fhir/r4.js';
import { assessRecord } from '../../../../cds-services/index.js';
import {
  everyListedCode,
  extendableSets,
  extendedValueSets,
  shippedValueSets,
  type ValueSetId,
} from '../../../../cds-services/vertebral-fracture/findings/value-sets.js';
import { valueSetFiles } from '../../../../cds-services/vertebral-fracture/knowledge.js';
import { AS_OF, coded, condition, ICD, patient, PATIENT, SNOMED, subject } from '../../../support/record.js';

const sets = [...valueSetFiles.keys()] as ValueSetId[];
const shippedCodes = sets.flatMap((set) => everyListedCode(set).map((code) => ({ set, code })));
const families = sets.flatMap((set) =>
  (valueSetFiles.get(set)?.compose.include ?? []).flatMap(({ filter = [] }) =>
    filter.map(({ value }) => ({ set, code: { system: ICD, code: `${value.replaceAll('.', '')}9` } })),
  ),
);

const anyCode = fc.record({
  system: fc.oneof(fc.constantFrom(SNOMED, ICD, 'urn:oid:2.16.840.1.113883.6.96'), fc.string()),
  code: fc.oneof(fc.string(), fc.constantFrom(...shippedCodes.map(({ code }) => code.code))),
});
const anyExtensions = fc
  .dictionary(fc.oneof(fc.constantFrom(...sets), fc.string()), fc.array(anyCode, { maxLength: 5 }), {
    maxKeys: 8,
  })
  .map((extensions) => new Map(Object.entries(extensions)));

describe('an extension, whatever a server sends,', () => {
  test('never removes a shipped code or family', () => {
    fc.assert(
      fc.property(anyExtensions, (extensions) => {
        const { isIn } = extendedValueSets(extensions);
        const lost = [...shippedCodes, ...families].filter(({ set, code }) => !isIn(set, code));
        expect(lost).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('adds to extendable sets what it names, and to no set anything else', () => {
    fc.assert(
      fc.property(anyExtensions, anyCode, (extensions, code) => {
        const concept = { coding: [code] };
        const extended = extendedValueSets(extensions);
        for (const set of sets) {
          const before = shippedValueSets.codeIn(set, concept) !== undefined;
          const after = extended.codeIn(set, concept) !== undefined;
          const isAdded = (extensions.get(set) ?? []).some(
            (one) =>
              extended.codeIn(set, { coding: [one] }) !== undefined &&
              one.code === code.code &&
              one.system === code.system,
          );
          const isOpen = extendableSets.some((open) => open === set);
          if (isAdded && isOpen) expect(after).toBe(true);
          if (!isOpen) expect(after).toBe(before);
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('a code of the server is recognised however an EHR writes its system and dots', () => {
  const { codeIn } = extendedValueSets(
    new Map([
      ['coagulopathy', [{ system: ICD, code: 'D75.82' }]],
      ['pregnancy', [{ system: SNOMED, code: '72892002' }]],
    ]),
  );
  expect(codeIn('coagulopathy', coded('urn:oid:2.16.840.1.113883.6.90', 'D7582'))).toBeDefined();
  expect(codeIn('coagulopathy', coded(ICD, 'D75.821'))).toBeUndefined();
  expect(codeIn('pregnancy', coded('urn:oid:2.16.840.1.113883.6.96', '72892002'))).toBeDefined();
});

describe('in a record', () => {
  const local = 'http://hospital.example/codes';
  const resources: readonly FhirResource[] = [
    patient,
    condition(coded(local, 'clotting')),
    condition(coded(local, 'leg-weakness'), { onsetDateTime: '2026-11-20' }),
    condition(coded(ICD, 'S32.010A'), { onsetDateTime: '2026-11-15' }),
    {
      resourceType: 'MedicationRequest',
      id: 'm1',
      status: 'active',
      intent: 'order',
      subject,
      authoredOn: '2026-11-01',
      medicationCodeableConcept: coded(local, 'warfarin-5-mg'),
    },
    {
      resourceType: 'Procedure',
      id: 'k1',
      status: 'completed',
      subject,
      performedDateTime: '2026-01-10',
      code: coded(local, 'cement'),
      bodySite: [{ text: 'L1' }],
    },
  ];
  const extensions = new Map([
    ['coagulopathy', [{ system: local, code: 'clotting' }]],
    ['suspected-neurological-deficit', [{ system: local, code: 'leg-weakness' }]],
    ['anticoagulant-or-antiplatelet', [{ system: local, code: 'warfarin-5-mg' }]],
    ['vertebroplasty', [{ system: local, code: 'cement' }]],
  ]);
  const assess = (extended?: typeof extensions) => {
    const entries = resources.map((resource) => ({ resource }));
    return assessRecord(entries, PATIENT, AS_OF, {}, extended);
  };

  test('diagnoses, medicines and procedures of local systems count once their sets are extended', () => {
    expect(assess().record.patientFindings).not.toHaveProperty('coagulopathy');
    const { record, fractures } = assess(extensions);
    expect(record.patientFindings).toMatchObject({
      coagulopathy: { value: true },
      suspectedNeurologicalDeficit: { value: true },
      anticoagulated: { value: true },
    });
    expect(fractures[0]?.fracture.findings).toMatchObject({ priorAugmentation: { value: true } });
  });
});
