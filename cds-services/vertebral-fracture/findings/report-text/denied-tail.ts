/** What stands behind a denial: words that leave it as it is, or a verb and a noun that make it one of something else. */
import type { Span } from './context.js';
import type { Denial } from './denial.js';
import type { Concept, ReadSentence } from './sentence.js';
import { isOfAResolution, isOfItsPast } from './resolved.js';
import { beginsAnew } from './run-on.js';
import { words } from './word-set.js';

const VERBS = words(`
  is are was were has have had shows demonstrates appears remains measures reveals causes involves extends
  contains exhibits does do did will
`);
/** What may be said of something that is denied: that it is not seen. */
const SEEN = words(`
  seen identified noted evident present appreciated visualized detected shows demonstrates observed found
  visible apparent noticed recognized been fracture fractured involved normal intact unremarkable not
  associated there discernible identifiable demonstrable depicted no without compressed
`);
/** Words that may follow what is denied, in its part of the sentence. */
const TAIL = words(`
  seen identified noted evident present appreciated visualized detected demonstrates shows observed found
  visible apparent noticed recognized discernible identifiable demonstrable depicted confirmed
  at of in from to through within on into or nor by either any all both the this these that there here also
  level body vertebra vertebral spine thoracic lumbar thoracolumbar dorsal lumbosacral segment region
  fragment component bony bone osseous marrow posterior wall cortex margin canal spinal element
  ct mri mr stir image imaging study scan film exam examination sequence today current now view series
  fat suppressed saturated t1 t2 sagittal axial available provided this present suggests indicates
  other additional another elsewhere anywhere superior inferior anterior central upper lower mid
  visualized imaged included whole entire rest remainder again either is are was were been - / : " full
  which with w without compared since despite itself lateral them three four present time field abnormal
  subluxation malalignment listhesis dislocation traumatic dural sac thecal vfa alone
  caliber calibre signal intensity size contour shape line change abnormality roots nerve views standing
  upright supine standing erect weightbearing ao aospine type flexion extension dynamic mechanically criteria fragm fragments
  throughout sequences images above background own anymore w wi
`);
const AO_TYPE = /^a[0-4]$/;
const LONGEST_TAIL = 14;

/** "no fracture is seen" ends the denial; in "neither fracture can be dated" another thing is denied. */
export function endsThere(sentence: ReadSentence, denial: Denial, part: Span): boolean {
  const { quote, of } = denial;
  const isGone = isOfAResolution(sentence, quote);
  for (let at = quote.to; at < Math.min(part.to, quote.to + LONGEST_TAIL); at += 1) {
    const word = sentence.wordAt(at);
    if (isRelative(sentence, at)) return false;
    if (isAnswerToAQuestion(sentence, at) || beginsAnew(sentence, at)) return true;
    if (word === 'as' && sentence.wordAt(at + 1) === 'yet') return isEndOfPart(sentence, at + 2);
    if (word === ':' || word === 'there' || word === 'with' || word === 'without') return true;
    if (spanAt(sentence.mentions, at) !== undefined) {
      if (of === 'disease') return false;
      continue;
    }
    if (isGone && isOfItsPast(sentence, at)) continue;
    if (ALTERNATIVES.has(word)) {
      at += alternativeFrom(sentence, at + 1);
      continue;
    }
    if (word === 'despite' || isPurpose(sentence, at, denial)) return true;
    if (isParticiple(sentence, at)) continue;
    if (VERBS.has(word)) return SEEN.has(sentence.wordAt(at + 1)) || SEEN.has(sentence.wordAt(at + 2));
    if (!mayFollow(sentence, at, denial)) return at > quote.to && isUnpunctuated(sentence);
  }
  return true;
}

const ASKED = words(`
  queried questioned suspected raised asked
`);

/** "no compression of T12 as was questioned on the plain film" */
function isAnswerToAQuestion({ wordAt }: ReadSentence, at: number): boolean {
  if (wordAt(at) !== 'as') return false;
  return ASKED.has(wordAt(['was', 'were'].includes(wordAt(at + 1)) ? at + 2 : at + 1));
}

/** "no fracture at L1 as yet" */
function isEndOfPart({ wordAt }: ReadSentence, at: number): boolean {
  return ['', '.', ',', ';', ')'].includes(wordAt(at));
}

const AFTER_A_PARTICIPLE = words(`
  at of in from between within through on anywhere here , .
`);

/** "no fracture demonstrated from T10 to L4" */
function isParticiple({ wordAt }: ReadSentence, at: number): boolean {
  const next = wordAt(at + 1);
  return wordAt(at) === 'demonstrates' && (next === '' || AFTER_A_PARTICIPLE.has(next));
}

/** "no fracture healing", "no retropulsion progression": the second word is what is denied. */
const HEADS: ReadonlySet<Concept> = new Set<Concept>([
  'progressed',
  'notProgressed',
  'unchanged',
  'subacute',
  'healed',
  'acute',
  'chronic',
]);
const OF_ONE_PLACE = words(`
  elsewhere level here there this that these adjacent remaining other additional another segment region
`);

const GROUPS: ReadonlySet<Concept> = new Set<Concept>(['others', 'neighbours', 'both', 'it', 'someOf']);
const OF_A_PLACE = words(`
  level vertebra vertebral segment body region time study
`);

/** "no fracture that needs treatment", "no retropulsion which would narrow the canal" */
function isRelative(sentence: ReadSentence, at: number): boolean {
  const word = sentence.wordAt(at);
  return word === 'which' || (word === 'that' && !OF_A_PLACE.has(sentence.wordAt(at + 1)));
}

function mayFollow(sentence: ReadSentence, at: number, denial: Denial): boolean {
  const { of } = denial;
  const word = sentence.wordAt(at);
  if (of === 'disease' && OF_ONE_PLACE.has(word)) return false;
  const cue = spanAt(sentence.cues, at);
  if (cue !== undefined && HEADS.has(cue.concept) && !INTRODUCE.has(sentence.wordAt(at - 1))) return false;
  const isCompound = at === denial.quote.to && of === 'fracture' && cue !== undefined;
  if (isCompound && !GROUPS.has(cue.concept)) return false;
  if (AROUND.has(word)) return isAroundCement(sentence, at);
  return (
    TAIL.has(word) ||
    AO_TYPE.test(word) ||
    cue !== undefined ||
    (word === 'more' && sentence.wordAt(at - 1) === 'any')
  );
}

const PURPOSES = words(`
  suggests indicates support
`);

/** "no oedema to suggest a recent fracture", "absence of oedema suggests an old one" */
function isPurpose({ wordAt }: ReadSentence, at: number, { of }: Denial): boolean {
  if (of !== 'sign') return false;
  return PURPOSES.has(wordAt(wordAt(at) === 'to' ? at + 1 : at));
}

/** "at the acute fracture": the age is one of the place, not what is denied. */
const INTRODUCE = words(`
  the this that a an
`);
const AROUND = words(`
  approximately surrounding outside
`);

/** "no oedema around the cement" */
function isAroundCement(sentence: ReadSentence, at: number): boolean {
  const place = sentence.wordAt(at + 1) === 'the' ? at + 2 : at + 1;
  return spanAt(sentence.cues, place)?.concept === 'augmentation';
}

const ALTERNATIVES: ReadonlySet<string> = new Set(['or', 'nor', '/']);
/** Words of another thing denied together with the first: "or infective aetiology". */
const LONGEST_ALTERNATIVE = 2;

function alternativeFrom(sentence: ReadSentence, from: number): number {
  let count = 0;
  while (count < LONGEST_ALTERNATIVE && isOfAlternative(sentence, from + count)) count += 1;
  return count;
}

function isOfAlternative(sentence: ReadSentence, at: number): boolean {
  const isWord = sentence.tokens[at]?.kind === 'word' && at < sentence.to;
  return isWord && !TAIL.has(sentence.wordAt(at)) && spanAt(sentence.cues, at) === undefined;
}

/** Longest sentence without a stop or comma, in tokens; a longer one was dictated without any. */
const LONGEST_WITHOUT_STOPS = 14;

/** "... no oedema on STIR about a quarter of the height gone": the next statement begins without a sign. */
function isUnpunctuated({ from, to, wordAt }: ReadSentence): boolean {
  if (to - from < LONGEST_WITHOUT_STOPS) return false;
  for (let at = from; at < to - 1; at += 1) if (wordAt(at) === ',' || wordAt(at) === ';') return false;
  return true;
}

function spanAt<Found extends Span>(spans: readonly Found[], at: number): Found | undefined {
  return spans.find(({ from, to }) => at >= from && at < to);
}
