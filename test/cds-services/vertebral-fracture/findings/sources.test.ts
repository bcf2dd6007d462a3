/** Several sources on one finding: which one counts, what is too old, and what is never used. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource, Observation } from 'fhir/r4.js';
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

const fracture = icd('S32.010A', { onsetDateTime: '2026-11-01' });
const loss = (percent: number, more: Partial<Observation> = {}) =>
  observed(
    'height-loss-percent',
    { valueQuantity: { value: percent, unit: '%' } },
    { ...level('L1'), ...more },
  );
const genant = (grade: number, more: Partial<Observation> = {}) =>
  observed('genant-grade', { valueInteger: grade }, { ...level('L1'), ...more });
const fractureFindings = (...resources: readonly FhirResource[]) =>
  findingsOf([fracture, ...resources]).fractures[0]!.findings;
const patientFindings = (...resources: readonly FhirResource[]) =>
  findingsOf([fracture, ...resources]).patientFindings;

describe('of several sources', () => {
  test('final beats a newer preliminary one', () => {
    const { heightLossPercent } = fractureFindings(
      loss(40, { effectiveDateTime: '2026-11-18' }),
      loss(60, { effectiveDateTime: '2026-11-20', status: 'preliminary' }),
    );
    expect(heightLossPercent?.value).toEqual({ min: 40, max: 40 });
  });

  test('newer imaging beats older', () => {
    const { heightLossPercent } = fractureFindings(
      loss(30, { effectiveDateTime: '2026-11-10' }),
      loss(50, { effectiveDateTime: '2026-11-20' }),
    );
    expect(heightLossPercent).toMatchObject({ value: { min: 50, max: 50 } });
    expect(heightLossPercent).not.toHaveProperty('conflict');
  });

  test('a measured value beats a grade of the same day', () => {
    expect(fractureFindings(genant(2), loss(38)).heightLossPercent).toMatchObject({
      value: { min: 38, max: 38 },
    });
    expect(fractureFindings(genant(2), loss(38)).heightLossPercent).not.toHaveProperty('conflict');
  });

  test('a measured value outside the grade of the same day is a conflict', () => {
    expect(fractureFindings(genant(1), loss(70)).heightLossPercent).toMatchObject({ conflict: true });
  });

  test('two measurements of one day are not averaged: the span they cover, marked', () => {
    expect(fractureFindings(loss(60), loss(85)).heightLossPercent).toMatchObject({
      value: { min: 60, max: 85 },
      conflict: true,
    });
  });

  test('a contradiction about a danger counts as the danger, marked', () => {
    const yes = observed('retropulsion', { valueBoolean: true }, level('L1'));
    const no = observed('retropulsion', { valueBoolean: false }, level('L1'));
    expect(fractureFindings(yes, no).retropulsion).toMatchObject({ value: true, conflict: true });
  });

  test('a preliminary report can raise a danger that the final one denies', () => {
    const final = observed(
      'retropulsion',
      { valueBoolean: false },
      { ...level('L1'), effectiveDateTime: '2026-11-18' },
    );
    const newer = observed('retropulsion', { valueBoolean: true }, { ...level('L1'), status: 'preliminary' });
    expect(fractureFindings(final, newer).retropulsion).toMatchObject({ value: true, conflict: true });
  });

  test('an active diagnosis of a deficit stands against a normal examination, marked', () => {
    const intact = observed('neurological-deficit', { valueBoolean: false });
    const cauda = icd('G83.4', { onsetDateTime: '2026-11-10' });
    expect(patientFindings(intact, cauda).neurologicalDeficit).toMatchObject({ value: true, conflict: true });
  });

  test('a newer examination replaces an older one', () => {
    const before = observed(
      'neurological-deficit',
      { valueBoolean: true },
      { effectiveDateTime: '2026-11-10' },
    );
    const after = observed(
      'neurological-deficit',
      { valueBoolean: false },
      { effectiveDateTime: '2026-11-21' },
    );
    expect(patientFindings(before, after).neurologicalDeficit).toMatchObject({ value: false });
  });
});

describe('too old to count', () => {
  test.each<[string, Observation, string]>([
    [
      'a pain score of 15 days',
      observed('pain-score', { valueInteger: 8 }, { effectiveDateTime: '2026-11-08' }),
      'painScore',
    ],
    [
      'an INR of 31 days',
      observed('inr', { valueQuantity: { value: 1 } }, { effectiveDateTime: '2026-10-23' }),
      'inr',
    ],
    [
      'a platelet count without a date',
      observed(
        'platelet-count',
        { valueQuantity: { value: 200 } },
        { effectiveDateTime: undefined as unknown as string },
      ),
      'plateletCount',
    ],
    [
      'an examination before the fracture',
      observed('neurological-deficit', { valueBoolean: false }, { effectiveDateTime: '2026-10-30' }),
      'neurologicalDeficit',
    ],
  ])('%s', (_, observation, finding) => {
    const { patientFindings: found, stale } = findingsOf([fracture, observation]);
    expect(found).not.toHaveProperty(finding);
    expect(stale.map((one) => one.finding)).toContain(finding);
  });

  test('images taken before the fracture say nothing about it', () => {
    const before = loss(40, { effectiveDateTime: '2026-10-20' });
    expect(fractureFindings(before)).not.toHaveProperty('heightLossPercent');
  });

  test('therapy that failed before the fracture is not about it', () => {
    const before = observed(
      'conservative-therapy-failed',
      { valueBoolean: true },
      { effectiveDateTime: '2026-09-01' },
    );
    expect(patientFindings(before)).not.toHaveProperty('conservativeTherapyFailed');
  });

  test('an age recorded ten days ago is ten days more today', () => {
    const aged = observed(
      'age-days',
      { valueQuantity: { value: 5, unit: 'd' } },
      { ...level('L2'), effectiveDateTime: '2026-11-13' },
    );
    expect(valuesOf(findingsOf([icd('S32.020A'), aged]).fractures[0]!.findings)).toMatchObject({
      ageDays: { min: 15, max: 15 },
      acuity: 'acute',
    });
  });

  test('"acute" of seven weeks ago is not acute today', () => {
    const acute = observed(
      'acuity',
      { valueString: 'acute' },
      { ...level('L2'), effectiveDateTime: '2026-10-05' },
    );
    expect(findingsOf([icd('S32.020A'), acute]).fractures[0]!.findings).not.toHaveProperty('acuity');
  });

  test('a score of exactly the window still counts', () => {
    const score = observed('pain-score', { valueInteger: 8 }, { effectiveDateTime: '2026-11-09' });
    expect(valuesOf(patientFindings(score))).toMatchObject({ painScore: { min: 8, max: 8 } });
  });

  test('a deficit older than the fracture is not its doing and leaves the status unknown', () => {
    expect(patientFindings(icd('G83.4', { onsetDateTime: '2019-05-01' }))).not.toHaveProperty(
      'neurologicalDeficit',
    );
    expect(patientFindings(icd('R33.9', { onsetDateTime: '2019' }))).not.toHaveProperty(
      'suspectedNeurologicalDeficit',
    );
  });

  test('an undated pain score is used and named as undated', () => {
    const undated = observed('pain-score', { valueInteger: 8 });
    delete undated.effectiveDateTime;
    const found = findingsOf([fracture, undated]);
    expect(valuesOf(found.patientFindings)).toMatchObject({ painScore: { min: 8, max: 8 } });
    expect(found.undated).toEqual(['painScore']);
  });
});

describe('never used', () => {
  const cauda = icd('G83.4');
  test.each<[string, FhirResource, string]>([
    ["another patient's", { ...cauda, id: 'x', subject: { reference: 'Patient/p2' } }, 'other-patient'],
    [
      'a resource that names no patient',
      { ...observed('pain-score', { valueInteger: 9 }), id: 'x', subject: {} },
      'no-patient',
    ],
    [
      'entered in error',
      { ...observed('pain-score', { valueInteger: 9 }), id: 'x', status: 'entered-in-error' },
      'entered-in-error',
    ],
    [
      'cancelled',
      { ...observed('pain-score', { valueInteger: 9 }), id: 'x', status: 'cancelled' },
      'cancelled',
    ],
    ['refuted', { ...cauda, id: 'x', verificationStatus: coded('', 'refuted') }, 'refuted'],
    [
      'from the future',
      { ...observed('pain-score', { valueInteger: 9 }), id: 'x', effectiveDateTime: '2026-12-01' },
      'future',
    ],
    ['malformed', { ...cauda, id: 'x', code: { coding: 'G83.4' as unknown as [] } }, 'malformed'],
  ])('%s', (_, resource, reason) => {
    const { notUsed, patientFindings: found } = findingsOf([fracture, resource]);
    expect(notUsed).toEqual([{ resource: `${resource.resourceType}/x`, reason }]);
    expect(found).toEqual({});
  });

  test('a resource that was sent twice counts once', () => {
    expect(patientFindings(cauda, cauda).neurologicalDeficit?.evidence).toHaveLength(1);
  });

  test.each([
    ['Patient/p1', true],
    ['https://ehr.example.org/fhir/Patient/p1', true],
    ['Patient/p1/_history/3', true],
    ['Patient/p10', false],
    ['Practitioner/p1', false],
    ['#p1', false],
  ])('the subject %s is this patient: %s', (reference, isUsed) => {
    const found = findingsOf([{ ...icd('S32.010A'), subject: { reference } }]);
    expect(found.fractures).toHaveLength(isUsed ? 1 : 0);
  });
});

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
});
