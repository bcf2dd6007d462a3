/** "There are three fractures. T12: recent, with oedema. L1 is old.": what is listed after that are the fractures. */
import { AGES } from './age-words.js';
import type { Span } from './context.js';
import type { Said, SaidStatus } from './said.js';
import { cuesOfAny, polarityOf, type ReadSentence } from './sentence.js';
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
  const [cue, another] = cuesOfAny(sentence, STRONG);
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

const DATES: ReadonlySet<string> = new Set([':', 'is', '-', '--', '(', ',']);
const BEFORE_A_SUBJECT = words(`
  , ; and the ) : of at in - --
`);

/**
 * The vertebrae of such a list that are given an age, each as a subject of its own.
 * @param from the first token of the list
 */
export function listedAsFractured(
  sentence: ReadSentence,
  said: readonly Said[],
  from = sentence.from,
): readonly SaidStatus[] {
  return sentence.mentions.flatMap((mention): readonly SaidStatus[] => {
    if (mention.kind !== 'vertebrae' || mention.from < from || !isDatedAt(sentence, mention)) return [];
    const before = sentence.wordAt(mention.from - 1);
    if (before !== '' && !BEFORE_A_SUBJECT.has(before)) return [];
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

/** "T12 acute", "T12: acute", "T12 (acute)" */
function isDatedAt(sentence: ReadSentence, { to }: Span): boolean {
  const sign = sentence.wordAt(to);
  if (sign === ':' || sign === 'is' || sign === '-' || sign === '--') return true;
  const at = DATES.has(sign) ? to + 1 : to;
  return cuesOfAny(sentence, AGES).some((cue) => cue.from === at);
}

/**
 * Where the list of a sentence begins that names its fractures itself: "Three fractures: T7 chronic, L1 acute and L3
 * subacute.", "T7 and T8 fractures are old, T9 is acute."
 */
export function startOfList(sentence: ReadSentence): number | undefined {
  const [first, second] = sentence.mentions;
  if (first === undefined || second === undefined) return undefined;
  const noun = cuesOfAny(sentence, STRONG).find(({ from }) => from < second.from);
  if (noun === undefined || polarityOf(sentence, noun) !== 'stated') return undefined;
  if (noun.from >= first.to) return noun.from - first.to <= 1 ? noun.to : undefined;
  const isPlural = sentence.tokens[noun.to - 1]?.plural === true;
  return isPlural && first.from - noun.to <= 1 ? first.from : undefined;
}
