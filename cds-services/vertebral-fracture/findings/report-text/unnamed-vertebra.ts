/** "Wedging of a mid thoracic vertebral body": one vertebra of a region that is not named. */
import type { Span } from './context.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const ONE = words(`
  a an one single
`);
const REGIONS = words(`
  thoracic lumbar dorsal thoracolumbar midthoracic
`);
const PARTS = words(`
  of the superior mid middle inferior single - most
`);
const LONGEST_NAME = 9;

export function isOfOneUnnamed(sentence: ReadSentence, { to }: Span): boolean {
  const start = sentence.wordAt(to - 1) === 'of' ? to : to + 1;
  if (sentence.wordAt(start - 1) !== 'of') return false;
  let isOne = false;
  let isOfARegion = false;
  for (let at = start; at < start + LONGEST_NAME; at += 1) {
    const word = sentence.wordAt(at);
    if (word === 'vertebra' || word === 'vertebral') return isOne && isOfARegion;
    if (!ONE.has(word) && !REGIONS.has(word) && !PARTS.has(word)) return false;
    isOne ||= ONE.has(word);
    isOfARegion ||= REGIONS.has(word);
  }
  return false;
}
