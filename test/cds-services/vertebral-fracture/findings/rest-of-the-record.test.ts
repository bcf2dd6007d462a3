/** Medicines, results, stays, allergies, procedures, images and examinations. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource, Observation } from 'fhir/r4.js';
import { fracture, fractureFindings, loss, patientFindings } from '../../../support/fresh-fracture.js';
import {
  coded,
  condition,
  FINDING,
  findingsOf,
  icd,
  level,
  observed,
  SNOMED,
  status,
  study,
  subject,
  valuesOf,
} from '../../../support/record.js';

describe('the rest of the record', () => {
  const medication = (text: string, authoredOn = '2026-11-02'): FhirResource => ({
    resourceType: 'MedicationRequest',
    id: `m-${text}`,
    status: 'active',
    intent: 'order',
    subject,
    authoredOn,
    medicationCodeableConcept: { text },
  });
  const pain = observed('pain-score', { valueInteger: 8 });

  test('therapy has failed when pain stays severe on an opioid or NSAID for 14 days', () => {
    expect(
      patientFindings(pain, medication('Tramadol 50 mg', '2026-11-06')).conservativeTherapyFailed?.value,
    ).toBe(true);
    expect(patientFindings(pain, medication('Tramadol 50 mg', '2026-11-07'))).not.toHaveProperty(
      'conservativeTherapyFailed',
    );
    expect(patientFindings(medication('Tramadol 50 mg'))).not.toHaveProperty('conservativeTherapyFailed');
    expect(patientFindings(pain, medication('Diclofenac gel'))).not.toHaveProperty(
      'conservativeTherapyFailed',
    );
  });

  test('anticoagulants are found by words and codes, thrombophilia is no coagulopathy', () => {
    expect(patientFindings(medication('Apixaban 5 mg tablet')).anticoagulated?.value).toBe(true);
    expect(patientFindings(icd('Z79.01')).anticoagulated?.value).toBe(true);
    expect(patientFindings(icd('D68.51'))).not.toHaveProperty('coagulopathy');
    expect(patientFindings(icd('D69.6')).coagulopathy?.value).toBe(true);
  });

  test('an INR above 1.8 is a coagulopathy', () => {
    const inr = observed('inr', { valueQuantity: { value: 2.4, unit: '{INR}' } });
    expect(patientFindings(inr).coagulopathy?.value).toBe(true);
  });

  test('a stay in progress tells inpatient from outpatient', () => {
    const stay = (code: string): FhirResource => ({
      resourceType: 'Encounter',
      id: 'e1',
      status: 'in-progress',
      class: { code },
      subject,
    });
    expect(patientFindings(stay('IMP')).inpatient?.value).toBe(true);
    expect(patientFindings(stay('AMB')).inpatient?.value).toBe(false);
    expect(patientFindings(stay('HH'))).not.toHaveProperty('inpatient');
    const classless = { ...stay('IMP') };
    Reflect.deleteProperty(classless, 'class');
    expect(patientFindings(classless)).not.toHaveProperty('inpatient');
  });

  test('bone cement allergy is found by words, "no known allergies" denies it', () => {
    const allergy = (text: string): FhirResource => ({
      resourceType: 'AllergyIntolerance',
      id: 'a1',
      patient: subject,
      code: { text },
    });
    expect(patientFindings(allergy('Methacrylate')).cementAllergy?.value).toBe(true);
    expect(patientFindings(allergy('No known allergies')).cementAllergy?.value).toBe(false);
    expect(patientFindings(allergy('Penicillin'))).not.toHaveProperty('cementAllergy');
  });

  test('earlier cement counts at its own level only; without a level it is named', () => {
    const cement = (bodySite?: string): FhirResource => ({
      resourceType: 'Procedure',
      id: 'pr1',
      status: 'completed',
      subject,
      code: coded('http://www.ama-assn.org/go/cpt', '22514'),
      ...(bodySite !== undefined && { bodySite: [{ text: bodySite }] }),
    });
    expect(fractureFindings(cement('L1')).priorAugmentation?.value).toBe(true);
    expect(fractureFindings(cement('L3'))).not.toHaveProperty('priorAugmentation');
    expect(findingsOf([fracture, cement()]).augmentationWithoutLevel).toBe(true);
  });

  test('MR or CT of the spine since the fracture is imaging; a radiograph or another region is not', () => {
    const lumbar = {
      series: [{ uid: '1.2', modality: { code: 'MR' }, bodySite: { system: SNOMED, code: '122496007' } }],
    };
    const imaged = (...studies: FhirResource[]) => findingsOf([fracture, ...studies]).fractures[0]!.imaged;
    expect(imaged(study('MR', lumbar))).toBe(true);
    expect(imaged(study('CT', { description: 'CT lumbar spine' }))).toBe(true);
    expect(imaged(study('DX', { description: 'Lumbar spine' }))).toBeUndefined();
    expect(imaged(study('MR', { description: 'MRI brain' }))).toBeUndefined();
    expect(imaged(study('MR', { ...lumbar, started: '2026-10-01' }))).toBeUndefined();
    const bare = study('MR');
    expect(imaged(bare)).toBeUndefined();
    expect(imaged(bare, loss(40, { derivedFrom: [{ reference: `ImagingStudy/${bare.id ?? ''}` }] }))).toBe(
      true,
    );
  });

  test('no oedema on CT is not known; on MR it is', () => {
    const seenOn = (modality: string) => {
      const images = study(modality);
      const noOedema = observed(
        'marrow-oedema',
        { valueBoolean: false },
        { ...level('L1'), derivedFrom: [{ reference: `ImagingStudy/${images.id ?? ''}` }] },
      );
      return fractureFindings(images, noOedema).marrowOedema?.value;
    };
    expect(seenOn('CT')).toBeUndefined();
    expect(seenOn('MR')).toBe(false);
  });

  test('the oedema of an old report fades: it no longer counts after 84 days', () => {
    const old = icd('S32.010A', { onsetDateTime: '2026-07-01' });
    const oedema = observed(
      'marrow-oedema',
      { valueBoolean: true },
      { ...level('L1'), effectiveDateTime: '2026-08-01' },
    );
    expect(findingsOf([old, oedema]).fractures[0]!.findings).not.toHaveProperty('marrowOedema');
  });

  test('stability follows from a wedge with an intact posterior wall', () => {
    const osteoporotic = icd('M80.08XA');
    const wedge = observed('morphology', { valueString: 'wedge' }, level('L1'));
    const intact = observed('posterior-wall-disrupted', { valueBoolean: false }, level('L1'));
    const bent = observed('kyphosis-degrees', { valueQuantity: { value: 32, unit: 'deg' } }, level('L1'));
    const stabilityWith = (...more: FhirResource[]) =>
      findingsOf([osteoporotic, wedge, ...more]).fractures[0]!.findings.stability?.value;
    expect(stabilityWith(intact)).toBe('stable');
    expect(stabilityWith()).toBeUndefined();
    expect(stabilityWith(intact, bent)).toBeUndefined();
  });

  test.each([
    ['A3', { morphology: 'burst', stability: 'stable', posteriorWallDisrupted: true }],
    ['A4', { morphology: 'burst', posteriorWallDisrupted: true }],
    ['B2', { stability: 'unstable' }],
    ['C', { morphology: 'translation', stability: 'unstable' }],
  ])('AO type %s', (type, values) => {
    const found = findingsOf([icd('M80.08XA'), observed('ao-type', { valueString: type }, level('L1'))]);
    expect(valuesOf(found.fractures[0]!.findings)).toMatchObject(values);
  });

  test('the site own code is read before anything else', () => {
    const local = { ...observed('x', { valueInteger: 45 }, level('L1')), code: coded('urn:site', 'VHL') };
    const found = findingsOf([fracture, local], new Map([['urn:site|VHL', 'heightLossPercent']]));
    expect(valuesOf(found.fractures[0]!.findings)).toMatchObject({ heightLossPercent: { min: 45, max: 45 } });
  });

  test('two onsets of one fracture leave its age as open as they are', () => {
    const { findings } = findingsOf([
      icd('S32.010A', { onsetDateTime: '2026-09-01' }),
      icd('S32.010D', { onsetDateTime: '2026-11-10' }),
    ]).fractures[0]!;
    expect(findings.ageDays).toMatchObject({ value: { min: 13, max: 83 }, conflict: true });
    expect(findings).not.toHaveProperty('acuity');
  });

  test('partial onset dates give a span of ages', () => {
    const vague = icd('S32.010A', { onsetDateTime: '2026-10' });
    expect(valuesOf(findingsOf([vague]).fractures[0]!.findings)).toMatchObject({
      ageDays: { min: 23, max: 53 },
    });
    expect(
      findingsOf([icd('S32.010A', { recordedDate: '2026-11-20' })]).fractures[0]!.findings,
    ).not.toHaveProperty('ageDays');
  });

  test('a healed diagnosis is healed', () => {
    const healed = condition(coded(SNOMED, '42942008'), {
      bodySite: [{ text: 'L1' }],
      clinicalStatus: status('resolved'),
    });
    expect(valuesOf(findingsOf([healed]).fractures[0]!.findings)).toMatchObject({ acuity: 'healed' });
  });

  test.each([
    ['Neurologically intact', false],
    ['normal', false],
    ['No focal deficit', false],
    ['Weakness of the left leg', true],
    ['Intact except for weakness of hip flexion', true],
    ['not intact', undefined],
    ['Limited by pain, grossly normal', undefined],
    ['possible deficit', undefined],
    ['not examined', undefined],
  ])('a neurological examination recorded as "%s" says deficit: %s', (words, value) => {
    const examination = {
      ...observed('x', { valueString: words }),
      code: { text: 'Neurological examination' },
    };
    expect(patientFindings(examination).neurologicalDeficit?.value).toBe(value);
  });

  test('an interpretation stands in for a value that is missing, not for one that is unclear', () => {
    const positive = { interpretation: [{ coding: [{ code: 'POS' }] }] };
    const retropulsion = (value: Partial<Observation>) =>
      fractureFindings(observed('retropulsion', { ...value, ...positive }, level('L1'))).retropulsion?.value;
    expect(retropulsion({})).toBe(true);
    expect(retropulsion({ valueString: 'unclear' })).toBeUndefined();
  });

  test('coded conclusions of a report name fractures and findings, a report that is not final leaves them unconfirmed', () => {
    const report = (status: 'final' | 'preliminary'): FhirResource => ({
      resourceType: 'DiagnosticReport',
      id: 'r1',
      status,
      code: { text: 'CT lumbar spine' },
      subject,
      effectiveDateTime: '2026-11-20',
      conclusionCode: [
        { ...coded(SNOMED, '42942008'), text: 'Compression fracture of L2' },
        { ...coded(FINDING, 'retropulsion'), text: 'Retropulsion at L2' },
      ],
    });
    expect(findingsOf([report('final')]).fractures).toMatchObject([
      {
        levels: ['L2'],
        conditions: ['DiagnosticReport/r1'],
        unconfirmed: false,
        findings: { retropulsion: { value: true } },
      },
    ]);
    expect(findingsOf([report('preliminary')]).fractures).toMatchObject([
      { levels: ['L2'], unconfirmed: true },
    ]);
  });

  test.each<[string, string, unknown]>([
    ['Vertebral body height loss', '40 %', { heightLossPercent: { min: 40, max: 40 } }],
    ['Bone marrow edema', 'present', { marrowOedema: true }],
    ['Posterior wall integrity', 'yes', { posteriorWallDisrupted: false }],
    ['Retropulsion of bone fragment', 'absent', { retropulsion: false }],
    ['Spinal canal compromise', '20 %', { canalCompromisePercent: { min: 20, max: 20 } }],
    ['Kyphotic angle (Cobb)', '14', { kyphosisDegrees: { min: 14, max: 14 } }],
    ['Fracture stability', 'stable', { stability: 'stable' }],
  ])('an uncoded observation "%s: %s" is read by its words', (words, value, values) => {
    const found = findingsOf([
      icd('M80.08XA', { bodySite: [{ text: 'L1' }] }),
      { ...observed('x', { valueString: value }, level('L1')), code: { text: words } },
    ]);
    expect(valuesOf(found.fractures[0]!.findings)).toMatchObject(values as object);
  });

  test.each<[string, string]>([
    ['Disc height loss', '40 %'],
    ['Soft tissue oedema', 'present'],
    ['T-score forearm', '-3'],
    ['Visual acuity', 'acute'],
  ])('an uncoded observation "%s" is about something else', (words, value) => {
    const other = { ...observed('x', { valueString: value }, level('L1')), code: { text: words } };
    expect(Object.keys(findingsOf([icd('M80.08XA'), other]).fractures[0]!.findings)).toEqual(['aetiology']);
    expect(findingsOf([icd('M80.08XA'), other]).patientFindings).not.toHaveProperty(
      'boneMineralDensityTScore',
    );
  });
});
