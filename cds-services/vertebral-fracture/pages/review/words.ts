/** Short names for a reviewed fracture. */
import { keyFindings, valueText, whereText } from '../../cards/wording.js';
import { textsIn } from '../../cards/texts/texts.js';
import type { FractureAssessment } from '../../decision/assess.js';
import type { Fracture } from '../../findings/finding.js';

const t = textsIn('en');

/** "L1", "T11 or T12", "Vertebral fracture, level not recorded". */
export function nameOf({ fracture }: FractureAssessment): string {
  return whereText([fracture], t);
}

/** Where the fracture stands on the page. */
export function anchorOf({ fracture }: FractureAssessment): string {
  return fracture.levels.length === 0 ? 'fracture-level-unknown' : `fracture-${fracture.levels.join('-')}`;
}

/** Shape and height loss, or that they are not known. */
export function inShort({ findings }: Fracture): string {
  const { morphology, heightLossPercent } = findings;
  const shape = morphology === undefined ? 'shape not stated' : valueText('morphology', morphology, t);
  const loss =
    heightLossPercent === undefined
      ? 'height loss not stated'
      : valueText('heightLossPercent', heightLossPercent, t);
  return `${shape}, ${loss}`;
}

/** What matters most, first. */
export function headlineOf({ fracture }: FractureAssessment): string {
  return keyFindings(fracture.findings, {}, t).join(', ');
}
