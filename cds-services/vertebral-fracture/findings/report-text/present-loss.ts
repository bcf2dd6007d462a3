/** Which per cent are the loss of height of today: not an increase alone, not what there was before a treatment. */
import type { Span } from './context.js';
import type { Quantity } from './quantities.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const MORE = words(`
  further another additional extra
`);
const APPROXIMATE = words(`
  approximately ~ about around roughly nearly almost some at least more than
`);
const OF_A_LOSS = words(`
  loss height reduction decrease drop vertebral body compression collapse of its the in anterior
`);
const LONGEST_TAIL = 6;

/** "has lost a further 15 %", "another 10 % loss of height", "15 % more than in May": how much more, not how much. */
export function isIncrease(sentence: ReadSentence, { from, to }: Quantity): boolean {
  let before = from - 1;
  while (APPROXIMATE.has(sentence.wordAt(before))) before -= 1;
  if (MORE.has(sentence.wordAt(before))) return true;
  return sentence.wordAt(to) === 'more' && ['than', 'height', 'loss'].includes(sentence.wordAt(to + 1));
}

const TREATMENTS = words(`
  procedure treatment intervention surgery operation vertebroplasty kyphoplasty augmentation cementation cement
  cementing fixation bracing brace stenting
`);

/** "60 % loss of height prior to the procedure": what there was then. */
export function isBeforeTreatment({ wordAt }: ReadSentence, { to }: Span): boolean {
  let at = to;
  while (at < to + LONGEST_TAIL && OF_A_LOSS.has(wordAt(at))) at += 1;
  if (wordAt(at) === 'prior' && wordAt(at + 1) === 'to') at += 2;
  else if (wordAt(at) === 'before') at += 1;
  else return false;
  if (wordAt(at) === 'the' || wordAt(at) === 'this') at += 1;
  return TREATMENTS.has(wordAt(at));
}

const WHOLE = words(`
  normal original expected native former previous usual
`);

/** "three quarters of its normal height", "60 % of the expected height": what is left. */
export function isOfTheNormalHeight({ wordAt }: ReadSentence, { to }: Span): boolean {
  if (wordAt(to) !== 'of') return false;
  const at = ['its', 'the', 'their'].includes(wordAt(to + 1)) ? to + 2 : to + 1;
  if (!WHOLE.has(wordAt(at))) return false;
  return [1, 2, 3].some((step) => wordAt(at + step) === 'height');
}
