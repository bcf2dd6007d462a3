/** "Mild wedging at T12 and moderate at L1": the noun told once is meant again where a grade stands at another vertebra. */
import type { Span } from './context.js';
import type { Mention } from './levels.js';
import { isOtherFinding, SEVERITIES } from './bare-severity.js';
import type { Cue } from './phrases.js';
import type { SaidStatus } from './said.js';
import { type Concept, type ReadSentence } from './sentence.js';
import { words } from './word-set.js';

/** A grade, the vertebra it stands at, and the noun it is of. */
interface GradedPlace {
  readonly grade: Cue<Concept>;
  readonly mention: Mention;
  readonly noun: Cue<Concept>;
}

const SHAPES: ReadonlySet<Concept> = new Set<Concept>([
  'fracture',
  'wedgeFracture',
  'biconcaveFracture',
  'crushFracture',
  'burst',
  'wedge',
  'wedgeLoss',
  'biconcave',
  'compressedBody',
  'heightLoss',
]);
const PLACES = words(`
  at in of
`);
const BEFORE = words(`
  , and ; : ( -- is being
`);
const LONGEST_REACH = 25;

export function gradedPlace(sentence: ReadSentence, grade: Cue<Concept>): GradedPlace | undefined {
  if (!SEVERITIES.has(grade.concept) || !PLACES.has(sentence.wordAt(grade.to))) return undefined;
  const mention = sentence.mentions.find(({ from, kind }) => from === grade.to + 1 && kind === 'vertebrae');
  if (mention === undefined || !BEFORE.has(sentence.wordAt(grade.from - 1))) return undefined;
  const noun = sentence.cues.findLast(({ concept, to }) => SHAPES.has(concept) && to <= grade.from);
  if (noun === undefined || grade.from - noun.to > LONGEST_REACH) return undefined;
  for (let at = noun.to; at < grade.from; at += 1)
    if (isOtherFinding(sentence, at) || TURNS.has(sentence.wordAt(at))) return undefined;
  return isFollowedByANoun(sentence, mention) ? undefined : { grade, mention, noun };
}

const TURNS = words(`
  no not without but although however ; elsewhere
`);
const ENDS = words(`
  , . ; ) and with but respectively while whereas on the both all
`);

/** "moderate at L1 canal stenosis" is not of the fracture. */
function isFollowedByANoun({ wordAt }: ReadSentence, { to }: Span): boolean {
  return wordAt(to) !== '' && !ENDS.has(wordAt(to));
}

/** Such a vertebra is fractured as the one before is. */
export function fracturedPlaces(sentence: ReadSentence): readonly SaidStatus[] {
  const grades = sentence.mentions.length === 0 ? [] : sentence.cues.filter(isASeverity);
  if (grades.length === 0) return [];
  return grades.flatMap((grade): readonly SaidStatus[] => {
    const place = gradedPlace(sentence, grade);
    if (place === undefined) return [];
    const { denied, doubtful, hypothetical, historical, earlier } = sentence.contextAt(place.noun.from);
    const own = sentence.contextAt(grade.from);
    if (denied !== 'no' || hypothetical || historical || earlier || own.denied !== 'no' || own.hypothetical)
      return [];
    return [
      {
        kind: 'status',
        status: doubtful || own.doubtful ? 'possible' : 'present',
        quote: { from: grade.from, to: place.mention.to },
        owner: { kind: 'mention', mention: place.mention },
      },
    ];
  });
}

function isASeverity({ concept }: Cue<Concept>): boolean {
  return SEVERITIES.has(concept);
}
