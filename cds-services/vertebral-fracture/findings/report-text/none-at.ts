/** "oedema in L1 but none in T7 or T9": where a sign that is seen elsewhere is not. */
import type { Span } from './context.js';
import type { Mention } from './levels.js';
import type { Owner } from './owners.js';
import type { Cue } from './phrases.js';
import type { ReadSentence } from './sentence.js';
import { words } from './word-set.js';

const PLACES = words(`
  in at of
`);
const DENY = words(`
  none not absent
`);

/** Farthest such a vertebra stands from the sign, in tokens. */
const LONGEST_REACH = 16;

/**
 * @param cue a sign that is stated
 * @param signs every sign of the sentence: beyond the next one, another is denied
 */
export function noneAt(
  sentence: ReadSentence,
  cue: Span,
  signs: readonly Cue[],
): readonly { readonly quote: Span; readonly owner: Owner }[] {
  const next = signs.find(({ from }) => from >= cue.to)?.from ?? sentence.to;
  return sentence.mentions
    .filter(
      ({ from, kind }) => from > cue.to && from < next && from - cue.to <= LONGEST_REACH && NAMED.has(kind),
    )
    .filter(({ from }) => PLACES.has(sentence.wordAt(from - 1)) && DENY.has(sentence.wordAt(from - 2)))
    .map((mention) => ({
      quote: { from: mention.from - 2, to: mention.to },
      owner: { kind: 'mention', mention: { ...mention, kind: 'vertebrae' } },
    }));
}

/** Of "T7 or T9" each is meant where the word before denies. */
const NAMED: ReadonlySet<Mention['kind']> = new Set<Mention['kind']>(['vertebrae', 'either']);
