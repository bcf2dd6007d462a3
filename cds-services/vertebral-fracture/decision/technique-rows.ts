/** The technique rows T1 to T8 (clinical.md 4.2): which procedure, once safety and eligibility are clear. Order is knowledge. */
import type { Facts } from './facts.js';
import type { Row } from './row.js';
import { above, and, atMost, below, isNotEstablished, not, or, type Truth, truth } from './three-valued.js';

export const techniqueRows: readonly Row[] = [
  {
    id: 'T1',
    condition: 'burst fracture with severe deformity',
    when: (f) => and(f.burst, f.severeDeformity),
    effect: { kind: 'decide', outcome: 'vertebroplasty', indicator: 'warning' },
    advice:
      'By the article: vertebroplasty. Guidelines list retropulsion as a relative contraindication and the published burst series used kyphoplasty: consider a surgical opinion.',
    sources: ['S6', 'G2'],
  },
  {
    id: 'T2',
    condition: 'stable burst fracture without severe deformity',
    when: (f) => and(f.burst, not(f.severeDeformity), f.stable),
    effect: { kind: 'decide', outcome: 'kyphoplasty-or-vertebroplasty', indicator: 'warning' },
    advice: 'The article is silent on this burst fracture. Either procedure, after a surgical opinion.',
    sources: ['G2', 'ADR 2'],
  },
  {
    id: 'T3',
    condition: 'complete collapse: height loss above 80 %',
    when: (f) => aboveUpper(f),
    effect: { kind: 'decide', outcome: 'vertebroplasty', indicator: 'warning' },
    advice:
      'By the article: vertebroplasty, no room for a balloon. This is a technical limit; AAOS 2010 is strongly against vertebroplasty, and NASS favours less than 80 % in tumour.',
    sources: ['S5', 'G13', 'G15'],
  },
  {
    id: 'T4',
    condition: 'height loss from 70 to 80 %, or a span that touches both sides',
    when: (f) =>
      f.heightLoss === undefined ? 'unknown' : truth(belowLower(f) !== 'true' && aboveUpper(f) !== 'true'),
    effect: { kind: 'decide', outcome: 'kyphoplasty-or-vertebroplasty', indicator: 'info' },
    advice: 'The article leaves 70 to 80 % open: the surgeon chooses.',
    sources: ['S4', 'S5', 'ADR 2'],
  },
  {
    id: 'T4b',
    condition: 'no height loss, oedema only (OF1), not a burst fracture',
    when: (f) => and(atMost(f.heightLoss, 0), f.oedema, isNotEstablished(f.burst)),
    effect: { kind: 'decide', outcome: 'medical-management', indicator: 'info' },
    advice:
      'Oedema without height loss: medical management first; cement only if the pain persists. There is no height to restore.',
    sources: ['G21'],
  },
  {
    id: 'T5',
    condition: 'height loss below 70 % and a risk of further collapse',
    when: (f) => and(belowLower(f), f.riskOfFurtherCollapse),
    effect: { kind: 'decide', outcome: 'kyphoplasty', indicator: 'info' },
    advice: 'Kyphoplasty is favoured where the vertebra may collapse further.',
    sources: ['S4', 'S8'],
  },
  {
    id: 'T6',
    condition: 'height loss below 70 %, with kyphosis or more than 25 % lost',
    when: (f) => and(belowLower(f), or(f.kyphosis, above(f.heightLoss, f.policy.smallHeightLossUpTo))),
    effect: { kind: 'decide', outcome: 'kyphoplasty', indicator: 'info' },
    advice: 'Kyphoplasty is favoured: there is height to restore.',
    sources: ['S4', 'G1'],
  },
  {
    id: 'T7',
    condition: 'osteoporotic, stable, height loss up to 25 %, no known risk of further collapse',
    when: (f) =>
      and(
        atMost(f.heightLoss, f.policy.smallHeightLossUpTo),
        f.stable,
        f.osteoporotic,
        isNotEstablished(f.riskOfFurtherCollapse),
      ),
    effect: { kind: 'decide', outcome: 'kyphoplasty-or-vertebroplasty', indicator: 'info' },
    advice: 'Both procedures suit a stable osteoporotic fracture; kyphoplasty is listed first.',
    sources: ['S4', 'S7'],
  },
  {
    id: 'T8',
    condition: 'any other height loss below 70 %',
    when: (f) => belowLower(f),
    effect: { kind: 'decide', outcome: 'kyphoplasty-or-vertebroplasty', indicator: 'info' },
    advice: 'Either procedure; kyphoplasty is listed first.',
    sources: ['S4', 'ADR 2'],
  },
];

function belowLower(f: Facts): Truth {
  return below(f.heightLoss, f.policy.kyphoplastyBelowHeightLoss);
}

function aboveUpper(f: Facts): Truth {
  return above(f.heightLoss, f.policy.vertebroplastyAboveHeightLoss);
}
