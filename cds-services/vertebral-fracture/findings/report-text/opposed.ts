/** "The fracture is not of T12, as stated yesterday, but of L1": of two vertebrae set against each other only the second is fractured. */
import type { Mention } from './levels.js';
import type { SaidStatus } from './said.js';
import { cuesOfAny, polarityOf, type ReadSentence } from './sentence.js';
import { STRONG } from './status.js';

const PREPOSITIONS: ReadonlySet<string> = new Set(['of', 'at', 'in', 'involving']);

/** Farthest the second vertebra stands behind the first, in tokens. */
const LONGEST_ASIDE = 10;

/** The statuses of the sentence, with the one of the first vertebra given to the second. */
export function withOpposed(sentence: ReadSentence, statuses: readonly SaidStatus[]): readonly SaidStatus[] {
  return sentence.mentions.reduce<readonly SaidStatus[]>((known, wrong, index) => {
    const right = sentence.mentions[index + 1];
    if (right === undefined || !isSetAgainst(sentence, wrong, right)) return known;
    const cue = cuesOfAny(sentence, STRONG).find(({ to }) => to <= wrong.from);
    if (cue === undefined || polarityOf(sentence, cue) !== 'stated') return known;
    const others = known.filter(
      ({ owner }) => owner.kind !== 'mention' || (owner.mention !== wrong && owner.mention !== right),
    );
    const moved: SaidStatus = {
      kind: 'status',
      status: 'present',
      quote: { from: cue.from, to: right.to },
      owner: { kind: 'mention', mention: right },
      byName: true,
    };
    return [...others, moved];
  }, statuses);
}

function isSetAgainst(sentence: ReadSentence, wrong: Mention, right: Mention): boolean {
  const isDenied =
    PREPOSITIONS.has(sentence.wordAt(wrong.from - 1)) && sentence.wordAt(wrong.from - 2) === 'not';
  const isPut =
    PREPOSITIONS.has(sentence.wordAt(right.from - 1)) && sentence.wordAt(right.from - 2) === 'but';
  return isDenied && isPut && right.from - wrong.to <= LONGEST_ASIDE;
}
