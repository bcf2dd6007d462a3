/** Denials that stand near a fracture and are not of it: of another structure, place, time, part or kind, or not said at all. */
import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../../cds-services/index.js';

/** "L1 marrowOedema", "L1 absent", "L1 stable", "L1 height" and "L1 canal" for 0 per cent. */
function denialsIn(text: string): readonly string[] {
  return readReport(text).fractures.flatMap(({ level, status, findings }) => {
    const name = level ?? 'none';
    const { heightLossPercent: height, canalCompromisePercent: canal, stability } = findings;
    const denied = Object.entries(findings).filter(([, { value }]) => value === false);
    return [
      ...(status === 'absent' ? [`${name} absent`] : []),
      ...denied.map(([finding]) => `${name} ${finding}`),
      ...(height?.value.max === 0 ? [`${name} height`] : []),
      ...(canal?.value.max === 0 ? [`${name} canal`] : []),
      ...(stability?.value === 'stable' ? [`${name} stable`] : []),
    ];
  });
}

describe('what is denied of another structure is not of the fracture', () => {
  test.each([
    'L2 compression fracture. Sacrum: no fracture, no oedema.',
    'L2 compression fracture. Discs: no oedema. Ligaments: intact.',
    'L1 fracture. SI joints: no oedema.',
    'L1 fracture. Hips: no marrow oedema.',
    'L1 fracture.\nSoft tissues: no oedema.',
    'L1 fracture.\nRibs: no fracture.\nSternum: intact. No oedema.',
    'L1 fracture.\nPedicles: no oedema.',
    'L1 fracture.\nPosterior elements: normal signal, no oedema.',
    'L1 fracture.\nFacet joints: No oedema or effusion.',
    'L1 fracture. Spondylolisthesis L4 on L5. No oedema.',
    'T12 fracture. Modic 2 change. No oedema.',
    'T12 fracture. Discs are desiccated. No oedema.',
    'Fractures of T12 and L1. Neither has oedema in the adjacent discs.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });

  test('the posterior elements told of before are those of the fracture', () => {
    expect(denialsIn('L1 fracture. Posterior elements intact. No oedema.')).toEqual(['L1 marrowOedema']);
  });
});

describe('what is denied of another region is not of the fracture', () => {
  test.each([
    'Wedge T8. The lumbar canal is capacious.',
    'Wedge T8. No lumbar canal stenosis.',
    'Wedge L3. Canal patent in the thoracic spine.',
    'Wedge T8. The cervical canal is patent.',
    'Wedge T8. No retropulsion in the lumbar spine.',
    'Wedge T8. Lumbar spine: No fracture, no oedema, no retropulsion.',
    'MRI.\nThoracic: T8 compression fracture.\nLumbar: No marrow edema.',
    'THORACIC SPINE: T8 fracture.\nLUMBAR SPINE: Posterior walls intact. No retropulsion.',
    'Compression fracture of T8, marrow signal normal in the lumbar spine.',
    'Cervical spine: canal capacious.\nThoracic spine: T8 fracture with retropulsion.',
    'Sacrum: H-shaped fracture with oedema. L5 fracture. Lumbar: no oedema above this.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });

  test.each([
    ['Wedge L3. Canal patent in the lower lumbar spine.', ['L3 canal']],
    ['LUMBAR SPINE: L3 wedge fracture. No retropulsion.', ['L3 retropulsion']],
    ['LUMBAR SPINE: T12 wedge fracture. No retropulsion.', ['T12 retropulsion']],
  ])('%s', (text, denials) => {
    expect(denialsIn(text)).toEqual(denials);
  });
});

describe('a part of the height, or height kept since another day, is not all of it', () => {
  test.each([
    'L2 compression fracture. Posterior height is maintained. Anterior height loss.',
    'L2 wedge fracture, middle and posterior height maintained.',
    'L2 wedge fracture. Height preserved posteriorly.',
    'L2 fracture. The vertebral body height is otherwise maintained.',
    'L2 compression fracture after kyphoplasty. Height is preserved following augmentation.',
    'L3 fracture. Height maintained until April.',
    'T8 fracture. No loss of height since discharge.',
    'T8 fracture. There is no loss of posterior height.',
    'T8 fracture. No loss of disc height at T8/T9.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });

  test.each([
    'L2 fracture, previously 20%. Height has been maintained since the last study.',
    'The L2 fracture is healing. Height is maintained since then.',
  ])('%s says that it has not progressed, and not that nothing is lost', (text) => {
    expect(denialsIn(text)).toEqual(['L2 progression']);
  });

  test.each([
    'Marrow oedema in L2 without discernible fracture line or height loss, occult fracture cannot be excluded.',
    'Oedema of L1 without fracture, could be early.',
    'No acute fracture line is seen in the compressed T12.',
    'L3 shows no fracture line; trabecular microfracture is suspected.',
    'Marrow edema L5 without a fracture line or height loss, possibly early insufficiency fracture.',
    "I can't see a fracture at L1 although the plain film suggested one. Marrow signal is normal.",
    'Stable acute wedge fractures of T12 and L1.',
    'L1 fracture without oedema on T1, STIR not performed.',
  ])('%s leaves it open', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });

  test.each([
    'L1 was not fractured yet in June.',
    'T12, which has not collapsed any more.',
    'L1 compression fracture, posterior walls intact, more or less.',
  ])('%s denies nothing of today', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });

  test.each([
    'L2 endplate fracture. Height maintained.',
    'L2 endplate fracture. Overall height is well maintained.',
    'L2 endplate fracture. Anterior and posterior height is maintained.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual(['L2 height']);
  });
});

describe('"only" denies of the others what nothing more is said of', () => {
  test.each([
    'T7, T9 and L1 fractures, only L1 definitely oedematous.',
    'T7, T9 and L1 fractures. Only L1 was oedematous in 2021. Today none.',
    'Fractures at L1 and L2. Retropulsion only at L1 of more than 5 mm.',
    'Fractures at L1 and L2. Retropulsion is significant only at L1.',
    'Fractures at L1 and L2. Only at L1 is the retropulsion measurable.',
    'Fractures at L1 and L2. Severe oedema only at L1.',
    'Fractures at L1 and L2. Only L1 has new oedema.',
    'Fractures at L1 and L2. The posterior wall is completely disrupted only at L1.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });

  test.each([
    ['Fractures at L1 and L2. Only the L1 fracture shows marrow oedema.', ['L2 marrowOedema']],
    ['Fractures at L1 and L2. Retropulsion is seen only at L1.', ['L2 retropulsion']],
    ['L1 and L2 fractures, of which only L1 is oedematous on STIR.', ['L2 marrowOedema']],
  ])('%s', (text, denials) => {
    expect(denialsIn(text)).toEqual(denials);
  });
});

describe('another day, an exception and a doubt behind it deny nothing', () => {
  test.each([
    'No retropulsion had been reported at L2 but there is now 3 mm. L2 fracture.',
    'L1 previously: no oedema, no retropulsion. L1 now fractured.',
    'L1 fracture. On the previous MRI, no oedema and no retropulsion.',
    'L1 compression fracture. Oedema: none seen, but CT is insensitive.',
    'L1 compression fracture, posterior wall appears intact but not well seen.',
    'Fractures of T12, L1, L3. All but L3 are free of oedema.',
    'Fractures of T6, T8 and L1. No oedema at any of these levels apart from L1.',
    'T7, T8 and T9 wedge fractures. None has retropulsion except T8, where the posterior corner bulges.',
    'T9, T11, L1 compression fractures; none retropulsed, L1 excepted.',
    'T11 and L1 fractures. Neither has progressed much.',
    'T11 fracture with oedema. Another at L1 without a fracture line.',
    'T9 and T11 fractures, the latter without oedema on T1 alone.',
    'L1 fracture. Referring letter: posterior wall intact.',
    "L1 fracture. Yesterday's CT: no retropulsion.",
    'L1 fracture. Preop: no retropulsion. Postop: cement.',
    'L1 fracture. 2019: no oedema. 2024: oedema.',
    'T8 fracture, treated as stable.',
    'L1 fracture, haemodynamically stable.',
    'L1 fracture, neurologically stable.',
  ])('%s', (text) => {
    expect(denialsIn(text)).toEqual([]);
  });
});

describe('of several fractures the one that is described is meant', () => {
  test.each([
    ['Burst L1. Wedge L3. The burst has no retropulsion.', ['L1 retropulsion']],
    [
      'Acute fracture of T12. Old fracture of L2. The acute fracture shows no retropulsion.',
      ['T12 retropulsion'],
    ],
    [
      'Compression fracture T12 with oedema but no retropulsion, and at L2 an old fracture.',
      ['T12 retropulsion'],
    ],
    ['T9 and T11 fractures: the first without oedema, the second with.', ['T9 marrowOedema']],
    ['T9 is oedematous but not retropulsed, T11 is. Both compression fractures.', ['T9 retropulsion']],
    [
      'T9 fracture is acute but not retropulsed, the L1 fracture is old and has no oedema.',
      ['T9 retropulsion', 'L1 marrowOedema'],
    ],
    ['Old T12 fracture. New L1 fracture. The old one shows no oedema.', ['T12 marrowOedema']],
    ['Old T12 fracture. Old L1 fracture. New L3 fracture. The old one shows no oedema.', []],
  ])('%s', (text, denials) => {
    expect(denialsIn(text)).toEqual(denials);
  });
});

describe('dictated without stops, a denial belongs to the vertebra before it', () => {
  test.each([
    [
      'THERE IS A COMPRESSION FRACTURE OF L4 WITH AN ESTIMATED 25 PERCENT HEIGHT LOSS NO RETROPULSION POSTERIOR ' +
        'ELEMENTS INTACT THE L2 COMPRESSION FRACTURE IS UNCHANGED FROM THE PRIOR WITH ADVANCED HEIGHT LOSS',
      'L2 retropulsion',
    ],
    ['acute burst fracture l1 no edema the l3 fracture is old with retropulsion', 'L3 marrowOedema'],
    ['l1 fracture acute edema yes retropulsion yes wall intact no', 'L1 retropulsion'],
  ])('%s', (text, wrong) => {
    expect(denialsIn(text)).not.toContain(wrong);
  });
});

describe('a row of a form without an answer says nothing', () => {
  test.each([
    'L1 compression fracture. Retropulsion: not assessed. Oedema: not applicable (CT).',
    'L1 compression fracture. Oedema: N/A. Retropulsion: -.',
    'L1 compression fracture. Oedema: no STIR available.',
    'L1 compression fracture. Retropulsion: No comment possible.',
  ])('%s', (text) => {
    const [fracture] = readReport(text).fractures;
    expect(Object.keys(fracture?.findings ?? {})).toEqual([]);
  });
});

describe('a sign denied at a fracture does not deny the fracture', () => {
  test.each([
    'L1 wedge fracture. No marrow signal change at T12 fracture.',
    'No abnormal signal at T12 fracture.',
    'No bony abnormality at old L2 fracture site.',
  ])('%s', (text) => {
    expect(denialsIn(text).filter((denial) => denial.endsWith('absent'))).toEqual([]);
  });
});
