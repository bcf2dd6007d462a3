/** The concepts that tell how old a fracture is. */
import type { Acuity } from '../finding.js';
import type { Concept } from './sentence.js';

export const AGE_OF: Readonly<Partial<Record<Concept, Acuity>>> = {
  acute: 'acute',
  subacute: 'subacute',
  chronic: 'chronic',
  healed: 'healed',
  acuteOnChronic: 'acute-on-chronic',
};

export const AGES = Object.keys(AGE_OF) as readonly Concept[];
