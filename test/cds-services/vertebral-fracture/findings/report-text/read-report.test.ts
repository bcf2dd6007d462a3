/** What the reader takes from a report: each case is a promise to the surgeon who reads the card. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';

type Values = Readonly<Record<string, unknown>>;

/** Level to status and values, without the evidence. */
function read(text: string): Readonly<Record<string, Values>> {
  return Object.fromEntries(
    readReport(text).fractures.map(({ level, status, findings }) => [
      level ?? 'none',
      { status, ...Object.fromEntries(Object.entries(findings).map(([name, { value }]) => [name, value])) },
    ]),
  );
}

function levels(text: string, status = 'present'): readonly string[] {
  return Object.entries(read(text))
    .filter(([, values]) => values.status === status)
    .map(([level]) => level);
}

describe('vertebrae', () => {
  test.each([
    ['Compression fracture of L1.', ['L1']],
    ['Compression fracture of L-1.', ['L1']],
    ['Wedge collapse of D12.', ['T12']],
    ['Fracture of the first lumbar vertebral body.', ['L1']],
    ['Compression fractures of T11, T12 and L2.', ['T11', 'T12', 'L2']],
    ['Compression fractures from T8 through T10.', ['T8', 'T9', 'T10']],
    ['T11-L1 compression fractures.', ['T11', 'T12', 'L1']],
    ['Fractures of all lumbar levels except L3.', ['L1', 'L2', 'L4', 'L5']],
    ['Compression fracture of T 12.', ['T12']],
    ['Fx of Ll vertebral body.', ['L1']],
    ['COMP FXS T7 T8 T 9', ['T7', 'T8', 'T9']],
    ['Wedge # L2.', ['L2']],
    ['Moderate T12 and mild L2 compression deformities.', ['T12', 'L2']],
  ])('%s', (text, expected) => {
    expect(levels(text)).toEqual(expected);
  });

  test.each([
    'Disc bulge at L4-L5 with moderate canal stenosis.',
    'Haemangioma of T9. The conus ends at L1.',
    'T1 and T2 weighted images were obtained. T1 hypointense lesion.',
    '50 % loss of disc height at L1-L2.',
    'Fractures of the left L1, L2 and L3 transverse processes.',
    'Old fractures of the left eighth and ninth ribs.',
    'C6 teardrop fracture.',
    'Vitamin D3 is low.',
    'No compression fracture.',
    'Anterolisthesis of L4 on L5.',
  ])('names none as fractured: %s', (text) => {
    expect(readReport(text).fractures).toEqual([]);
  });

  test('a fracture whose vertebra is not named, or is T13 or L6, has no level', () => {
    expect(read('A lower thoracic compression fracture is seen.')).toHaveProperty('none.status', 'present');
    const unusual = readReport('Compression fracture of L6 in transitional anatomy.');
    expect(unusual.fractures.map(({ level }) => level)).toEqual([null]);
    expect(unusual.numberingUncertain).not.toEqual([]);
  });
});

describe('status', () => {
  test.each([
    ['Possible fracture of T12.', 'possible'],
    ['?Fracture of T12.', 'possible'],
    ['T12 fracture or nutrient vessel.', 'possible'],
    ['A fracture of T12 cannot be excluded.', 'possible'],
    ['T12 deformity, Schmorl node versus fracture.', 'possible'],
    ['It cannot be said that T12 is not fractured.', 'possible'],
    ['Findings consistent with a T12 compression fracture.', 'present'],
    ['No fracture of T12.', 'absent'],
    ['T12 is not fractured.', 'absent'],
    ['A fracture of T12 is not seen.', 'absent'],
    ['No acute fracture of T12.', 'absent'],
    ['Status post kyphoplasty of T12.', 'historical'],
  ])('%s is %s', (text, status) => {
    expect(levels(text, status)).toEqual(['T12']);
  });

  test.each([
    'No new fracture at T12.',
    'There is no level from T11 through L1 without a compression fracture.',
    'MRI is recommended to look for a fracture of T12.',
    'No fracture. The disc at T12-L1 bulges.',
  ])('denies no fracture: %s', (text) => {
    expect(levels(text, 'absent')).toEqual([]);
  });

  test('an older fracture outlasts "no acute fracture"', () => {
    expect(read('Chronic compression deformity of L2. No acute fracture of L2.')).toMatchObject({
      L2: { status: 'present', acuity: 'chronic' },
    });
  });
});

describe('sections', () => {
  test.each([
    'HISTORY: Fracture of L1.',
    'Indication: ?wedge fracture L1',
    'COMPARISON: MRI with L1 fracture.',
  ])('make no finding: %s', (text) => {
    expect(readReport(`${text}\n\nFINDINGS:\nThe vertebrae are normal.`).fractures).toEqual([]);
  });

  test('the impression outranks the findings, and a number outranks a grade', () => {
    const text =
      'FINDINGS:\nPossible L1 fracture, 30 % loss of height.\n\nIMPRESSION:\nMild acute L1 compression fracture.';
    expect(read(text)).toMatchObject({
      L1: { status: 'present', acuity: 'acute', heightLossPercent: { min: 30, max: 30 } },
    });
  });

  test('an addendum moves the fracture to the vertebra it names', () => {
    const text =
      'Findings: Acute fracture of L1, 40 % height loss.\n\nADDENDUM: The fracture described at L1 is in fact L2. L1 is not fractured.';
    expect(read(text)).toMatchObject({
      L1: { status: 'absent' },
      L2: { status: 'present', heightLossPercent: { min: 40, max: 40 } },
    });
  });
});

describe('height loss', () => {
  test.each([
    ['L1 fracture with approximately 40 % loss of height.', 40, 40],
    ['L1 fracture with 25-30% height loss.', 25, 30],
    ['L1 fracture with less than 20% height loss.', 0, 20],
    ['L1 fracture with more than 50 percent height loss.', 50, 100],
    ['L1 fracture with loss of one third of its height.', 33, 33],
    ['L1 has lost approximately half of its height.', 50, 50],
    ['L1 fracture, 60% of the height remains.', 40, 40],
    ['L1 fracture, height loss increased from 20% to 45%.', 45, 45],
    ['L1 fracture, anterior height 12 mm, posterior height 24 mm.', 50, 50],
    ['Mild compression fracture of L1.', 20, 25],
    ['Moderate to severe L1 wedge fracture.', 25, 100],
    ['Genant grade 2 fracture of L1.', 25, 40],
    ['L1 vertebra plana.', 80, 100],
    ['L1 fracture without loss of height.', 0, 0],
    ['L1 fracture without significant loss of height.', 0, 20],
    ['L1 fracture. The canal is narrowed by 30%. Height loss is 45%.', 45, 45],
  ])('%s', (text, min, max) => {
    expect(read(text).L1?.heightLossPercent).toMatchObject({ min, max });
  });

  test.each([
    'L1 fracture. 50% loss of disc height at L4-L5.',
    'L1 fracture without further height loss.',
    'L1 fracture with 30% canal narrowing.',
    'Fractures of T8 and L1; the greater height loss is 45%.',
  ])('none: %s', (text) => {
    expect(read(text).L1).not.toHaveProperty('heightLossPercent');
  });

  test('goes to each vertebra in order', () => {
    expect(
      read('T11, T12 and L2 fractures with 20%, 40% and 60% loss of height, respectively.'),
    ).toMatchObject({
      T11: { heightLossPercent: { min: 20, max: 20 } },
      T12: { heightLossPercent: { min: 40, max: 40 } },
      L2: { heightLossPercent: { min: 60, max: 60 } },
    });
  });
});

describe('what is said of the fracture', () => {
  test.each([
    ['acuity', 'Acute compression fracture of L1.', 'acute'],
    ['acuity', 'Acute on chronic compression fracture of L1.', 'acute-on-chronic'],
    ['acuity', 'Age-indeterminate acute or chronic L1 fracture.', undefined],
    ['acuity', 'L1 fracture, likely acute.', undefined],
    ['acuity', 'L1 fracture, new since 2021.', undefined],
    ['acuity', 'L1 compression fracture, unchanged since 2019.', 'chronic'],
    ['acuity', 'L1 fracture. No acute cardiopulmonary process.', undefined],
    ['progression', 'L1 compression fracture, unchanged since 2019.', false],
    ['progression', 'L1 fracture without further height loss.', false],
    ['progression', 'L1 fracture has lost further height.', true],
    ['marrowOedema', 'L1 fracture with marrow oedema.', true],
    ['marrowOedema', 'L1 fracture with STIR hyperintensity.', true],
    ['marrowOedema', 'L1 fracture. It shows no bone marrow edema.', false],
    ['marrowOedema', 'L1 fracture with paraspinal soft tissue edema.', undefined],
    ['marrowOedema', 'L1 fracture. Modic type 1 endplate edema at L4-L5.', undefined],
    ['posteriorWallDisrupted', 'L1 fracture, posterior wall intact.', false],
    ['posteriorWallDisrupted', 'L1 fracture with disruption of the posterior cortex.', true],
    ['posteriorWallDisrupted', 'L1 fracture. The posterior wall is not involved.', false],
    ['retropulsion', 'L1 burst fracture with 4 mm retropulsion.', true],
    ['retropulsion', 'L1 fracture without retropulsion.', false],
    ['retropulsion', 'L1 fracture without significant retropulsion.', undefined],
    ['retropulsion', 'L1 fracture, possible retropulsion.', undefined],
    ['retropulsion', 'L1 fracture. No retropulsion is seen, although assessment is limited.', undefined],
    ['retropulsion', 'L1 fracture with bulging of the posterior cortex.', true],
    ['canalCompromisePercent', 'L1 fracture narrowing the canal by 30%.', { min: 30, max: 30 }],
    ['canalCompromisePercent', 'L1 fracture without canal compromise.', { min: 0, max: 0 }],
    ['kyphosisDegrees', 'L1 fracture with local kyphosis of 20 degrees.', { min: 20, max: 20 }],
    ['stability', 'Stable burst fracture of L1.', 'stable'],
    ['stability', 'Stable compression fracture of L1 compared with the prior.', undefined],
    ['stability', 'L1 fracture. The posterior ligamentous complex is torn.', 'unstable'],
    ['stability', 'L1 fracture. MRI to assess for PLC injury.', undefined],
    ['morphology', 'L1 burst fracture.', 'burst'],
    ['morphology', 'L1 compression fracture without burst component.', undefined],
    ['aetiology', 'Pathologic fracture of L1.', 'malignant'],
    ['aetiology', 'L1 fracture, insufficiency fracture or metastasis.', undefined],
    ['priorAugmentation', 'Cement in the L1 fracture after kyphoplasty.', true],
    ['priorAugmentation', 'L1 fracture, kyphoplasty may be considered.', undefined],
    ['aoType', 'L1 burst fracture, AO type A3.', 'A3'],
    ['ofType', 'L1 osteoporotic fracture, OF 3.', '3'],
    ['sinsScore', 'Pathologic L1 fracture, SINS 13.', { min: 13, max: 13 }],
    ['epiduralCompressionGrade', 'Pathologic L1 fracture, Bilsky grade 1c.', '1c'],
  ])('%s: %s', (finding, text, expected) => {
    expect(read(text).L1?.status).toBe('present');
    expect(read(text).L1?.[finding]).toEqual(expected);
  });

  test('belongs to the vertebra it was said of', () => {
    const text =
      'Compression fractures of T11 and L1. The former is chronic; the latter shows marrow edema. L3 has a hemangioma with high signal.';
    expect(read(text)).toEqual({
      T11: { status: 'present', acuity: 'chronic' },
      L1: { status: 'present', marrowOedema: true },
    });
  });

  test('belongs to none where several are in question', () => {
    const { T8, L1 } = read('IMPRESSION:\n1. Fracture of T8.\n2. Fracture of L1.\n3. No retropulsion.');
    expect(T8).not.toHaveProperty('retropulsion');
    expect(L1).not.toHaveProperty('retropulsion');
  });

  test('a "no" reaches over "or", and not into what stands for itself', () => {
    const text = 'L1 fracture with no retropulsion or canal compromise, 40% height loss and marrow edema.';
    expect(read(text).L1).toMatchObject({
      retropulsion: false,
      canalCompromisePercent: { min: 0, max: 0 },
      heightLossPercent: { min: 40, max: 40 },
      marrowOedema: true,
    });
  });
});

describe('the patient', () => {
  test.each([
    ['cordCompression', 'The cord is compressed at T12.', true],
    ['cordCompression', 'Cord normal in signal and calibre.', false],
    ['cordCompression', 'Possible cord compression.', undefined],
    ['cordCompression', 'The conus is normal.', undefined],
    ['caudaEquinaCompression', 'Compression of the cauda equina.', true],
    ['caudaEquinaCompression', 'The cauda equina is not compressed.', false],
    ['metastaticDisease', 'Osseous metastases in T8 and L2.', true],
    ['metastaticDisease', 'No evidence of osseous metastasis.', false],
    ['osteoporosis', 'Osteoporotic fracture of L1.', true],
    ['activeInfection', 'Discitis at L2-L3.', true],
    ['activeInfection', "Koch's spine is suspected.", undefined],
  ] as const)('%s: %s', (sign, text, expected) => {
    expect(readReport(text).patientFindings[sign]?.value).toBe(expected);
  });
});

describe('what is denied is only what is denied', () => {
  test('"no retropulsion at the L1 fracture" speaks of a fracture that is there', () => {
    const text = 'There is no evidence of retropulsion or canal stenosis at the L1 compression fracture.';
    expect(read(text)).toEqual({
      L1: { status: 'present', retropulsion: false, canalCompromisePercent: { min: 0, max: 0 } },
    });
  });

  test('an exception is not what it is an exception from', () => {
    const text = 'Lumbar vertebral heights are preserved except for L2 which shows moderate compression.';
    expect(read(text)).toEqual({ L2: { status: 'present', heightLossPercent: { min: 25, max: 40 } } });
  });

  test('two heights of two vertebrae go to each in order, other counts to none', () => {
    expect(read('L1 and L3 fractures with 30 and 50% height loss.')).toMatchObject({
      L1: { heightLossPercent: { min: 30, max: 30 } },
      L3: { heightLossPercent: { min: 50, max: 50 } },
    });
    expect(read('L1, L2 and L3 fractures with 30 and 50% height loss.').L2).not.toHaveProperty(
      'heightLossPercent',
    );
  });
});

describe('no denial is made of words that deny something else', () => {
  test.each([
    ['No interval change in L1 compression fracture with marrow edema.', { marrowOedema: true }],
    ['There is no significant change in the L1 burst fracture with retropulsion.', { retropulsion: true }],
    ['No improvement of marrow edema at the L1 fracture.', { marrowOedema: true }],
    ['L1 fracture. Edema was not assessed.', { marrowOedema: undefined }],
    ['L1 fracture with oedema not present on the prior.', { marrowOedema: true }],
    ['No new retropulsion at the L1 fracture.', { retropulsion: undefined }],
    ['L1 fracture with retropulsion? no.', { retropulsion: undefined }],
    ['L1 fracture with no more than mild retropulsion.', { retropulsion: undefined }],
    ['L1 fracture, posterior wall not intact.', { posteriorWallDisrupted: true }],
    ['L1 fracture. No STIR images were obtained.', { marrowOedema: undefined }],
    ['L1 fracture. No retropulsion at L3.', { retropulsion: undefined }],
    [
      'Height of L1 not maintained, 40% loss of the fractured body.',
      { heightLossPercent: { min: 40, max: 40 } },
    ],
    ['No instability on flexion views at the L1 fracture.', { stability: 'stable' }],
    ['L1 fracture is not stable.', { stability: undefined }],
  ])('%s', (text, expected) => {
    const { L1 } = read(text);
    expect(['present', 'possible']).toContain(L1?.status);
    for (const [finding, value] of Object.entries(expected)) expect(L1?.[finding]).toEqual(value);
  });

  test('a cord in question is not a normal one', () => {
    expect(readReport('Cord normal? Motion degraded.').patientFindings).toEqual({});
    expect(readReport('The cord is not normal in signal.').patientFindings).toEqual({});
  });
});

describe('the right vertebra', () => {
  test.each([
    ['Fracture of L1 compared with L2, which is normal.', ['L1']],
    ['No evidence of fracture from T1 to T11. T12 shows wedge compression.', ['T12']],
    ['The L1 body is normal. Below it, L2 is fractured.', ['L2']],
    ['Fractured L1 through L3 left transverse processes and burst fracture of L4.', ['L4']],
    ['L1-L3 posterior fusion hardware. L4 compression fracture.', ['L4']],
    ['Pedicle screws at T10, T11, L1 and L2 bridge the crush fracture of T12.', ['T12']],
    ['On T1 there is low signal in L2 consistent with fracture.', ['L2']],
  ])('%s', (text, expected) => {
    expect(levels(text)).toEqual(expected);
  });

  test('of two vertebrae joined by "or" none is certain', () => {
    expect(levels('Compression fracture of either T11 or T12.', 'possible')).toEqual(['T11', 'T12']);
    expect(levels('Compression fracture at T12-L1.')).toEqual(['none']);
  });

  test('a group named by its region is not the vertebra named last', () => {
    const text =
      'Compression fractures at T7, T8 and L1. The L1 fracture is acute with 50% height loss. The thoracic fractures are chronic.';
    expect(read(text).L1).toEqual({
      status: 'present',
      acuity: 'acute',
      heightLossPercent: { min: 50, max: 50 },
    });
  });
});

describe('a vertebra that is only a place', () => {
  test.each([
    'There is disc space narrowing at L four L five and L five S one. No fracture.',
    'bulging discs at L three L four and L four L five with stenosis there is no compression fracture',
    "Haemangioma in L2, Schmorl's nodes at L3 and L4, no vertebral fracture.",
    'no compression fracture the disc spaces are narrowed with mild scoliosis centered at T eight',
    'Undisplaced fracture of the left sacral ala and of the left superior pubic ramus. L1 is a limbus vertebra.',
    'He wonders about an L5 fracture.',
    'The plain films raised the question of collapse at L3.',
    'C/o back pain. Old film mentions ?compression L1.',
  ])('%s', (text) => {
    expect(read(text)).toEqual({});
  });
});

describe('a shape whose meaning is in doubt', () => {
  test.each([
    ['Slight loss of height of L3 at its superior endplate, suspicious for an insufficiency fracture.', 'L3'],
    ['Subtle concavity of the superior endplate of L4 is suspicious for a pathologic fracture.', 'L4'],
    [
      'Slight depression of the superior endplate of T12, possibly an old minor fracture or a variant.',
      'T12',
    ],
  ])('%s', (text, level) => {
    expect(read(text)[level]?.status).toBe('possible');
  });
});

describe('a level that is corrected', () => {
  const report = (addendum: string) =>
    read(`FINDINGS: Vertebra plana of L2 with oedema.\nADDENDUM: ${addendum} Rest of the report stands.`);
  test.each([
    'The fracture should read L3, not L2.',
    'The vertebra is to be read as L3 and not L2.',
    'The vertebra reported as L2 is L3.',
    'The fracture is at L3. There is no fracture at L2.',
  ])('takes its findings along: %s', (addendum) => {
    const { L3, L2 } = report(addendum);
    expect(L3).toMatchObject({ status: 'present', marrowOedema: true });
    expect(L2?.status).not.toBe('present');
  });

  test('above the report, between asterisks, too', () => {
    const text =
      '*** ADDENDUM ***\nThe fracture is at L2. There is no fracture at L1.\n*** END OF ADDENDUM ***\n\nFINDINGS: Fracture of L1 with marrow edema.';
    expect(read(text)).toMatchObject({
      L2: { status: 'present', marrowOedema: true },
      L1: { status: 'absent' },
    });
  });

  test('in the same breath', () => {
    expect(levels('Acute L1 compression fracture, correction, acute L2 compression fracture.')).toEqual([
      'L2',
    ]);
  });
});

describe('words that deny something else, or nothing', () => {
  test('a stable fracture of an AO type is not one that did not change', () => {
    const { T12 } = read('Stable A1 compression fracture of T12.');
    expect(T12).toMatchObject({ aoType: 'A1', stability: 'stable' });
    expect(T12).not.toHaveProperty('progression');
  });

  test('a cord that is not displaced may still be touched', () => {
    expect(readReport('Soft tissue abuts the cord without displacing it.').patientFindings).toEqual({});
  });

  test('"no new fracture" and an unchanged vertebroplasty say nothing of progression', () => {
    expect(read('Status post vertebroplasty at L2. No new compression fracture.').L2).not.toHaveProperty(
      'progression',
    );
    expect(read('The L2 vertebroplasty is unchanged in appearance.').L2).not.toHaveProperty('progression');
  });

  test('ankylosing spondylitis is no infection', () => {
    expect(readReport('Syndesmophytes typical of ankylosing spondylitis.').patientFindings).toEqual({});
  });
});
