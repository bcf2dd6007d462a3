/** Reports in the record: which of them count, what they say of the fracture and of the patient, and how they join the codes. */
import { describe, expect, test } from '@jest/globals';
import type { DiagnosticReport, FhirResource } from 'fhir/r4.js';
import { findingsOf, icd, study, subject, valuesOf } from '../../../support/record.js';

function report(conclusion: string, more: Partial<DiagnosticReport> = {}): DiagnosticReport {
  return {
    resourceType: 'DiagnosticReport',
    id: `r-${conclusion.length}-${more.issued ?? more.effectiveDateTime ?? ''}-${more.status ?? ''}`,
    status: 'final',
    subject,
    code: { text: 'MRI lumbar spine' },
    effectiveDateTime: '2026-11-20',
    conclusion,
    ...more,
  };
}

function onlyFracture(...resources: readonly FhirResource[]) {
  const { fractures } = findingsOf(resources);
  expect(fractures).toHaveLength(1);
  const [fracture] = fractures;
  if (fracture === undefined) throw new Error('no fracture');
  return fracture;
}

const mri = study('MR', { id: 'mri', description: 'MRI lumbar spine' });
const ofMri = { imagingStudy: [{ reference: 'ImagingStudy/mri' }] };

describe('a report', () => {
  test('makes the fracture and its findings, each with its words and their place', () => {
    const { levels, findings } = onlyFracture(
      report('Acute wedge compression fracture of L1, 40 % loss of height. No retropulsion.'),
    );
    expect(levels).toEqual(['L1']);
    expect(valuesOf(findings)).toMatchObject({
      heightLossPercent: { min: 40, max: 40 },
      morphology: 'wedge',
      acuity: 'acute',
      retropulsion: false,
    });
    expect(findings.heightLossPercent?.evidence).toMatchObject([
      {
        path: 'conclusion',
        quote: '40 % loss of height',
        date: '2026-11-20',
        start: 40,
      },
    ]);
  });

  test('gives a diagnosis without a level its vertebra', () => {
    const fracture = onlyFracture(icd('M80.08XA'), report('Fracture of L3 with marrow oedema.'));
    expect(fracture.levels).toEqual(['L3']);
    expect(fracture.conditions).not.toEqual([]);
    expect(fracture.findings.marrowOedema?.value).toBe(true);
  });

  test('that only suspects a fracture leaves it unconfirmed', () => {
    expect(onlyFracture(report('Possible fracture of L1.')).unconfirmed).toBe(true);
    expect(onlyFracture(report('Fracture of L1.')).unconfirmed).toBe(false);
  });

  test('that denies a coded fracture makes it unconfirmed, and the newest word counts', () => {
    const coded = icd('S32.010A', { onsetDateTime: '2026-11-01' });
    const denied = report('No fracture of L1.', { effectiveDateTime: '2026-11-21' });
    const seen = report('Acute fracture of L1.', { effectiveDateTime: '2026-11-22' });
    expect(onlyFracture(coded, denied)).toMatchObject({ unconfirmed: true, deniedByReport: true });
    expect(onlyFracture(coded, denied, seen)).not.toHaveProperty('deniedByReport');
  });

  test('does not wake a diagnosis that is resolved', () => {
    const resolved = icd('S32.010A', {
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'resolved' }],
      },
    });
    const old = report('Compression fracture of L1, unchanged since 2019.');
    expect(onlyFracture(resolved, old).findings.acuity?.value).toBe('healed');
  });

  test('of CT cannot say that there is no oedema', () => {
    const ct = study('CT', { id: 'ct', description: 'CT lumbar spine' });
    const said = report('Fracture of L1 without marrow oedema.', {
      imagingStudy: [{ reference: 'ImagingStudy/ct' }],
    });
    expect(onlyFracture(ct, said).findings).not.toHaveProperty('marrowOedema');
  });

  test.each([
    ['cancelled', { status: 'cancelled' as const }],
    ['entered in error', { status: 'entered-in-error' as const }],
    ['another patient', { subject: { reference: 'Patient/other' } }],
    ['a laboratory', { code: { text: 'Surgical pathology' } }],
  ])('of %s is not read', (_why, more) => {
    expect(findingsOf([report('Fracture of L1.', more)]).fractures).toEqual([]);
  });

  test('that is a PDF is named as unread', () => {
    const pdf = report('', {
      id: 'pdf',
      presentedForm: [{ contentType: 'application/pdf', data: 'JVBERg==' }],
    });
    delete pdf.conclusion;
    expect(findingsOf([pdf]).unreadReports).toEqual(['DiagnosticReport/pdf']);
  });
});

test('of more text than a call has time for the newest is read, and the rest is named as unread', () => {
  const long = 'The disc spaces are narrowed. '.repeat(30_000);
  const reports = ['2026-11-18', '2026-11-19', '2026-11-20'].map((effectiveDateTime) =>
    report(`Fracture of L1. ${long}`, { id: `of-${effectiveDateTime}`, effectiveDateTime }),
  );
  const { fractures, unreadReports } = findingsOf(reports);
  expect(fractures.map(({ levels }) => levels)).toEqual([['L1']]);
  expect(unreadReports).toEqual(['DiagnosticReport/of-2026-11-19', 'DiagnosticReport/of-2026-11-18']);
});

describe('several reports of one examination', () => {
  test('are one: the newest final one counts where they differ, and each adds what the other leaves out', () => {
    const first = report('Fracture of L1, 20 % loss of height. No retropulsion.', {
      ...ofMri,
      issued: '2026-11-20T10:00:00Z',
    });
    const second = report('Fracture of L1, 45 % loss of height.', {
      ...ofMri,
      issued: '2026-11-20T15:00:00Z',
    });
    expect(valuesOf(onlyFracture(mri, first, second).findings)).toMatchObject({
      heightLossPercent: { min: 45, max: 45 },
      retropulsion: false,
    });
  });

  test('a correction beats what it corrects, a preliminary read never a final one', () => {
    const final = report('Fracture of L1 with retropulsion.', { ...ofMri, issued: '2026-11-20T15:00:00Z' });
    const amended = report('Fracture of L1 without retropulsion.', {
      ...ofMri,
      status: 'amended',
      issued: '2026-11-20T12:00:00Z',
    });
    const preliminary = report('Fracture of L1, no retropulsion.', {
      ...ofMri,
      status: 'preliminary',
      issued: '2026-11-20T18:00:00Z',
    });
    expect(onlyFracture(mri, final, amended).findings.retropulsion?.value).toBe(false);
    expect(onlyFracture(mri, final, preliminary).findings.retropulsion?.value).toBe(true);
  });
});

test('text of an observation that belongs to a study is read as a report of it', () => {
  const observation: FhirResource = {
    resourceType: 'Observation',
    id: 'impression',
    status: 'final',
    subject,
    code: { text: 'Radiology impression' },
    derivedFrom: [{ reference: 'ImagingStudy/mri' }],
    valueString: 'Acute fracture of L2 with 30 % loss of height.',
  };
  const { levels, findings } = onlyFracture(mri, observation);
  expect(levels).toEqual(['L2']);
  expect(findings.heightLossPercent?.evidence[0]).toMatchObject({
    resource: 'Observation/impression',
    path: 'valueString',
  });
});

describe('of the patient', () => {
  const signs = (...reports: readonly DiagnosticReport[]) => valuesOf(findingsOf(reports).patientFindings);

  test('a compressed cord asks for an examination, a free cord is none', () => {
    expect(signs(report('Burst fracture of L1 compressing the cord.'))).toMatchObject({
      suspectedNeurologicalDeficit: true,
    });
    expect(signs(report('Cord normal in signal and calibre.'))).toEqual({});
  });

  test('the newest word on the cord counts', () => {
    const old = report('The cord is compressed at T8.', { effectiveDateTime: '2026-10-01' });
    const now = report('The cord is not compressed.', { effectiveDateTime: '2026-11-20' });
    expect(signs(old, now)).not.toHaveProperty('suspectedNeurologicalDeficit');
  });

  test('metastases and osteoporosis stay, and their absence in one report says nothing', () => {
    const before = report('Osseous metastases in T8. Osteoporosis.', { effectiveDateTime: '2025-01-01' });
    const now = report('No osseous metastasis.', { effectiveDateTime: '2026-11-20' });
    expect(signs(before, now)).toMatchObject({ malignancy: true, osteoporosis: true });
  });

  test('an infection of the spine counts while it is recent', () => {
    expect(signs(report('Discitis at L2-L3.'))).toMatchObject({ activeInfection: true });
    expect(signs(report('Discitis at L2-L3.', { effectiveDateTime: '2024-11-20' }))).toEqual({});
  });
});

describe('the description of a study', () => {
  const described = study('CT', { id: 'ct', description: 'CT lumbar spine, compression fracture L2' });

  test('places a diagnosis that names no vertebra, to be confirmed', () => {
    const fracture = onlyFracture(icd('M80.08XA'), described);
    expect(fracture).toMatchObject({ levels: ['L2'], unconfirmed: true });
  });

  test('makes no fracture of its own, and yields to any source that names a vertebra', () => {
    expect(findingsOf([described]).fractures).toEqual([]);
    const seen = onlyFracture(icd('M80.08XA'), described, report('Acute fracture of L3.'));
    expect(seen).toMatchObject({ levels: ['L3'], unconfirmed: false });
  });
});
