/** One sign told of several vertebrae: all, both, none, only one of them, or each with its yes or no. */
import { describe, expect, test } from '@jest/globals';
import { signsOf, signsRead } from '../../../../support/signs-read.js';

type Table = readonly (readonly [text: string, signs: string])[];

const TOLD: Table = [
  ['T9 wedge fracture with oedema; T11 wedge fracture without.', 'T9.oed=T T11.oed=F'],
  ['Acute fracture of T10 with edema, the old one at T12 shows none.', 'T10.oed=T T12.oed=F'],
  ['L1 fracture has marrow oedema, L3 fracture does not.', 'L1.oed=T L3.oed=F'],
  ['The L1 fracture is oedematous, whereas the L3 fracture is not.', 'L1.oed=T L3.oed=F'],
  ['The T7 fracture shows oedema and so does the T9 fracture.', 'T7.oed=T T9.oed=T'],
  ['Bone scan: T9 compression fracture is tracer avid; L1 wedge fracture is not.', 'T9.oed=T L1.oed=F'],
  ['Compression fractures of T12 and L1, both with oedema.', 'T12.oed=T L1.oed=T'],
  ['Compression fractures of T12, L1 and L3. Oedema in T12 and L1 only.', 'T12.oed=T L1.oed=T L3.oed=F'],
  [
    'Compression fractures of T12, L1 and L3 with oedema in T12 and L1 but not in L3.',
    'T12.oed=T L1.oed=T L3.oed=F',
  ],
  [
    'Compression fractures of T12, L1 and L3. T12 shows marrow oedema, the other two do not.',
    'T12.oed=T L1.oed=F L3.oed=F',
  ],
  ['Compression fractures of T12, L1 and L3. Only T12 is oedematous.', 'T12.oed=T L1.oed=F L3.oed=F'],
  ['Compression fractures of T12, L1 and L3. T12 alone shows marrow oedema.', 'T12.oed=T L1.oed=F L3.oed=F'],
  [
    'Compression fractures of T12, L1 and L3. None of these shows marrow oedema.',
    'T12.oed=F L1.oed=F L3.oed=F',
  ],
  [
    'Compression fractures of T12, L1 and L3. No marrow oedema at any of these levels.',
    'T12.oed=F L1.oed=F L3.oed=F',
  ],
  ['Compression fractures of T12, L1 and L3, none with oedema.', 'T12.oed=F L1.oed=F L3.oed=F'],
  ['Compression fractures of T12, L1 and L3, all with oedema.', 'T12.oed=T L1.oed=T L3.oed=T'],
  ['Compression fractures of T12, L1 and L3, none of which is oedematous.', 'T12.oed=F L1.oed=F L3.oed=F'],
  ['Compression fracture of T12. Compression fracture of L1. Both show marrow oedema.', 'T12.oed=T L1.oed=T'],
  [
    'Compression fracture of T12. Compression fracture of L1. Neither shows marrow oedema.',
    'T12.oed=F L1.oed=F',
  ],
  [
    'Compression fracture of T12. Compression fracture of L1. No oedema at either level.',
    'T12.oed=F L1.oed=F',
  ],
  ['Compression fracture of T12. Compression fracture of L1. Oedema at both levels.', 'T12.oed=T L1.oed=T'],
  [
    'T12: wedge fracture, 30%.\nL1: wedge fracture, 20%.\nNo marrow oedema at either level.',
    'T12.oed=F L1.oed=F',
  ],
  ['T12: wedge fracture, 30%.\nL1: wedge fracture, 20%.\nBoth are oedematous.', 'T12.oed=T L1.oed=T'],
  [
    'Compression fractures of T12 and L1. The former shows oedema, the latter does not.',
    'T12.oed=T L1.oed=F',
  ],
  ['Compression fractures of T12 and L1. Marrow oedema: T12 yes, L1 no.', 'T12.oed=T L1.oed=F'],
  ['Compression fractures of T12 and L1. Oedema present at T12, absent at L1.', 'T12.oed=T L1.oed=F'],
  ['Compression fractures of T12 and L1. Oedema is seen at T12 and not at L1.', 'T12.oed=T L1.oed=F'],
  ['Compression fractures of T12 and L1. There is oedema in T12 but none in L1.', 'T12.oed=T L1.oed=F'],
  ['Compression fractures of T12 (oedematous) and L1 (no oedema).', 'T12.oed=T L1.oed=F'],
  ['Compression fractures of T12 (with marrow oedema) and L1 (without).', 'T12.oed=T L1.oed=F'],
  ['L1 and L3 compression fractures. No retropulsion at any level.', 'L1.ret=F L3.ret=F'],
  ['L1 and L3 compression fractures. None of them shows retropulsion.', 'L1.ret=F L3.ret=F'],
  ['L1 and L3 compression fractures. None retropulsed.', 'L1.ret=F L3.ret=F'],
  ['L1 and L3 compression fractures. Neither is retropulsed.', 'L1.ret=F L3.ret=F'],
  ['L1 compression fracture. L3 compression fracture. No retropulsion at either level.', 'L1.ret=F L3.ret=F'],
  [
    'L1 compression fracture. L3 compression fracture. No retropulsion of either fracture.',
    'L1.ret=F L3.ret=F',
  ],
  ['L1 and L3 compression fractures. The posterior walls are intact.', 'L1.wall=F L3.wall=F'],
  ['L1 and L3 compression fractures. Posterior wall intact at both levels.', 'L1.wall=F L3.wall=F'],
  ['L1 and L3 compression fractures. Posterior wall intact in both.', 'L1.wall=F L3.wall=F'],
  [
    'L1, L2 and L3 compression fractures. The posterior wall is intact in all three.',
    'L1.wall=F L2.wall=F L3.wall=F',
  ],
  [
    'L1, L2 and L3 compression fractures. The posterior walls of all three are intact, there is no retropulsion.',
    'L1.wall=F L2.wall=F L3.wall=F L1.ret=F L2.ret=F L3.ret=F',
  ],
  [
    'L1, L2 and L3 compression fractures. L2 has lost 30%. The posterior walls are intact at all levels.',
    'L1.wall=F L2.wall=F L3.wall=F',
  ],
  [
    'Compression fractures of T12 and L1. The posterior wall is intact at T12 and breached at L1.',
    'T12.wall=F L1.wall=T',
  ],
  ['Compression fractures of T12 and L1. Posterior wall: T12 intact, L1 involved.', 'T12.wall=F L1.wall=T'],
  ['Compression fractures of T12 and L1. The posterior wall is involved at L1 only.', 'L1.wall=T T12.wall=F'],
  [
    'Compression fractures at T11, T12 and L1, of which only T11 shows edema.',
    'T11.oed=T T12.oed=F L1.oed=F',
  ],
  [
    'Compression fractures at T11, T12 and L1. Of these, T11 alone is edematous.',
    'T11.oed=T T12.oed=F L1.oed=F',
  ],
  [
    'Compression fractures at T11, T12 and L1. T11 is edematous; the others are not.',
    'T11.oed=T T12.oed=F L1.oed=F',
  ],
  [
    'Compression fractures at T11, T12 and L1. Marrow edema is seen in T11 but not in the others.',
    'T11.oed=T T12.oed=F L1.oed=F',
  ],
  [
    'Compression fractures at T11, T12 and L1. There is no edema in any of the three.',
    'T11.oed=F T12.oed=F L1.oed=F',
  ],
  [
    'Compression fractures at T11, T12 and L1. None demonstrates retropulsion.',
    'T11.ret=F T12.ret=F L1.ret=F',
  ],
  [
    'Compression fractures at T11, T12 and L1. Retropulsion is absent at all levels.',
    'T11.ret=F T12.ret=F L1.ret=F',
  ],
  [
    'Compression fractures at T11, T12 and L1. No fragment is retropulsed at any of these.',
    'T11.ret=F T12.ret=F L1.ret=F',
  ],
  [
    'Compression fractures at T11, T12 and L1. There is no retropulsed fragment in any.',
    'T11.ret=F T12.ret=F L1.ret=F',
  ],
  ['Compression fractures at T11 and L1. Retropulsion of 3 mm at L1, none at T11.', 'T11.ret=F L1.ret=T'],
  ['Compression fractures at T11 and L1. Retropulsion is seen at L1 only.', 'T11.ret=F L1.ret=T'],
  ['Compression fractures at T11 and L1. Retropulsion at L1 (4 mm), not at T11.', 'T11.ret=F L1.ret=T'],
  [
    'T11: compression fracture, no edema. L1: compression fracture, edema, 3 mm retropulsion.',
    'T11.oed=F L1.oed=T L1.ret=T',
  ],
  [
    'T11: compression fracture. L1: compression fracture. No retropulsion or canal compromise at either level.',
    'T11.ret=F L1.ret=F T11.can=0-0 L1.can=0-0',
  ],
  ['T11: compression fracture. L1: compression fracture. Posterior walls intact.', 'T11.wall=F L1.wall=F'],
  [
    'T11: compression fracture. L1: compression fracture. The posterior walls of both are intact.',
    'T11.wall=F L1.wall=F',
  ],
  [
    'T11: compression fracture. L1: compression fracture. Neither breaches the posterior wall.',
    'T11.wall=F L1.wall=F',
  ],
  [
    'T11: compression fracture. L1: compression fracture. No posterior wall involvement in either.',
    'T11.wall=F L1.wall=F',
  ],
];

const UNTOLD: Table = [
  ['L1 and L2 compression fractures. Most of these show no oedema.', ''],
  ['L1 and L2 compression fractures. At least one of these levels shows oedema.', ''],
  ['L1 and L2 compression fractures. No oedema in one of these.', ''],
  ['L1 and L2 compression fractures. No retropulsion at all.', ''],
  ['L2 compression fracture. Interspinous oedema at L1-L2.', ''],
  ['T7 burst fracture with cord edema from T5 to T8.', ''],
  ['L2 compression fracture. Oedema surrounds the facet joints at L4/5.', ''],
  ['L2 compression fracture. Modic type 1 oedema at L4-L5.', ''],
  ['Compression fractures of T12 and L1. No oedema.', ''],
  ['Compression fractures of T12 and L1. Oedema is present.', ''],
  ['L2 compression fracture. L3 shows marrow oedema without fracture.', ''],
  ['L2 compression fracture. Marrow oedema in L3 without height loss.', ''],
  ['L1 compression fracture. Mild canal stenosis at L4-L5 from facet arthropathy.', ''],
  ['L1 compression fracture. L4/5 disc bulge with canal stenosis.', ''],
  ['L1 compression fracture. L2 compression fracture. Not all fractures show oedema.', ''],
  ['L1 and L2 compression fractures. No oedema in all but one of them.', ''],
  ['L1 and L2 compression fractures. It is not clear whether either shows oedema.', ''],
  ['L1 and L2 compression fractures. If neither shows oedema, augmentation is not indicated.', ''],
  ['T12, L1 and L2 compression fractures. Both are oedematous.', ''],
  ['T12, L1 and L2 compression fractures. Neither shows oedema.', ''],
  ['T12, L1 and L2 compression fractures. No oedema at either level.', ''],
  ['L1 and L2 compression fractures. Both facet joints at L4/5 show oedema.', ''],
  ['L1 and L2 compression fractures. No oedema in either psoas.', ''],
  ['L1 and L2 compression fractures. Both kidneys show oedema.', ''],
  ['L1 and L2 compression fractures. No oedema on either side of the disc.', ''],
  ['L1 and L2 compression fractures. No oedema on both STIR sequences.', ''],
  ['L1 fracture may show oedema, the L2 fracture does not.', ''],
  ['L1 compression fracture. T1 bright, STIR dark haemangioma in L3.', ''],
  ['L1 compression fracture. L3 haemangioma bright on T1 and STIR.', ''],
  ['L1 compression fracture. The L4/5 disc is bright on STIR.', ''],
  ['L1 compression fracture. High signal on T2 in the disc.', ''],
  ['L1 compression fracture. Disc fragment encroaches on the canal at L4/5.', ''],
];

describe('a sign of several vertebrae is read from', () => {
  test.each(TOLD)('%s', (text, signs) => {
    expect(signsRead(text)).toEqual(signsOf(signs));
  });
});

describe('nothing is given to a vertebra by', () => {
  test.each(UNTOLD)('%s', (text, signs) => {
    expect(signsRead(text)).toEqual(signsOf(signs));
  });
});
