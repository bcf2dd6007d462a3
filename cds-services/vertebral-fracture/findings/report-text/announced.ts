/** "There are three fractures. T12: recent, with oedema. L1 is old.": what is listed after that are the fractures. */
import type { Said, SaidStatus } from './said.js';
import { cuesOf, polarityOf, type ReadSentence } from './sentence.js';
import { STRONG } from './status.js';
import { words } from './word-set.js';

const COUNTS = words(`
  two three four five six 2 3 4 5 6
`);
/** Words of a sentence that does nothing but count. */
const COUNTING = words(`
  there are is we see shows demonstrates seen of in the spine thoracic lumbar thoracolumbar dorsal vertebral
  compression osteoporotic insufficiency prevalent fragility wedge known : .
`);

/** "Two fractures." */
export function announcesFractures(sentence: ReadSentence): boolean {
  if (sentence.mentions.length > 0) return false;
  const [cue, another] = cuesOf(sentence, ...STRONG);
  if (cue === undefined || another !== undefined || polarityOf(sentence, cue) !== 'stated') return false;
  if (sentence.tokens[cue.to - 1]?.plural !== true) return false;
  let isCounted = false;
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const isCount = COUNTS.has(sentence.wordAt(at));
    isCounted ||= isCount;
    if (!isCount && !COUNTING.has(sentence.wordAt(at)) && (at < cue.from || at >= cue.to)) return false;
  }
  return isCounted;
}

const DATES: ReadonlySet<string> = new Set([':', 'is', '-', '--', '(']);

/** The vertebrae of such a list that are given an age, each as a subject of its own. */
export function listedAsFractured(sentence: ReadSentence, said: readonly Said[]): readonly SaidStatus[] {
  return sentence.mentions.flatMap((mention): readonly SaidStatus[] => {
    if (mention.kind !== 'vertebrae' || !DATES.has(sentence.wordAt(mention.to))) return [];
    const before = sentence.wordAt(mention.from - 1);
    if (before !== '' && ![',', ';', 'and', 'the'].includes(before)) return [];
    const isDated = said.some(
      (one) =>
        one.kind === 'value' &&
        one.finding.name === 'acuity' &&
        one.owner.kind === 'mention' &&
        one.owner.mention === mention,
    );
    if (!isDated) return [];
    return [
      {
        kind: 'status',
        status: 'present',
        quote: { from: mention.from, to: mention.to },
        owner: { kind: 'mention', mention },
      },
    ];
  });
}
