/** "Compression fracture of L1. Moderate.", "... Mild, acute, no retropulsion.": a sentence that opens with a grade goes on about the fracture before it. */
import { tellsOfFractures } from './bare-percent.js';
import { GRADES, WORDS } from './height-words.js';
import type { Cue } from './phrases.js';
import { type Said, value } from './said.js';
import { type Concept, cuesOfAny, polarityOf, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

/** @param before the sentence before it, in the same paragraph */
export function gradeAlone(sentence: ReadSentence, before: ReadSentence | undefined): readonly Said[] {
  if (before === undefined || sentence.mentions.length > 0 || !tellsOfOneFracture(before)) return [];
  const cue = cuesOfAny(sentence, GRADES).find(({ from }) => from === sentence.from);
  const loss = cue === undefined ? undefined : WORDS[cue.concept];
  if (cue === undefined || loss === undefined || !isAlone(sentence, cue)) return [];
  return [
    value(
      'heightLossPercent',
      loss,
      { quote: cue, owner: sentence.ownerAt(cue.from) },
      { firmness: 'graded' },
    ),
  ];
}

/** One vertebra, and no sign beside it that the grade could be of. */
function tellsOfOneFracture(before: ReadSentence): boolean {
  const known = new Set(before.mentions.flatMap(({ levels }) => levels));
  if (known.size !== 1 || !tellsOfFractures(before)) return false;
  return !cuesOfAny(before, SIGNS).some((cue) => polarityOf(before, cue) === 'stated');
}

const SIGNS: readonly Concept[] = ['oedema', 'oedemaSignal', 'kyphosis', 'softTissue', 'bulging'];
const AGES: ReadonlySet<Concept> = new Set<Concept>(['acute', 'subacute', 'chronic', 'healed', 'unchanged']);
const VAGUE = words(`
  significant extensive gross substantial considerable profound high
`);
const ENDS = words(`
  . ;
`);
const DENY = words(`
  no without nil
`);

/** Nothing behind it, an age, or a denial. */
function isAlone(sentence: ReadSentence, { from, to }: Cue): boolean {
  if (VAGUE.has(sentence.wordAt(from))) return false;
  const next = sentence.wordAt(to);
  if (to >= sentence.to || ENDS.has(next)) return true;
  if (next !== ',' && next !== 'and') return false;
  if (DENY.has(sentence.wordAt(to + 1))) return true;
  const age = sentence.cues.find((cue) => cue.from === to + 1 && AGES.has(cue.concept));
  return age !== undefined && (age.to >= sentence.to || [',', '.', 'and'].includes(sentence.wordAt(age.to)));
}
