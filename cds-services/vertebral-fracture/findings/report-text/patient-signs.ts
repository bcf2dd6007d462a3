/** What a report says of the patient rather than of one vertebra: cord, cauda equina, metastases, osteoporosis, infection. */
import type { Span } from './context.js';
import { uncompressedCord } from './cord-beside.js';
import type { Cue } from './phrases.js';
import { osteoporosisIn } from './osteoporosis.js';
import { type Rule, rule, saidByRules } from './rules.js';
import type { PatientSign, SaidOfPatient } from './said.js';
import {
  type Concept,
  cuesOf,
  cuesOfAny,
  distance,
  polarityOf,
  quoteOf,
  type ReadSentence,
} from './sentence.js';
import { STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

export const PATIENT_RULES: readonly Rule<SaidOfPatient>[] = [
  rule(['cord', 'cordCompression', 'cordNormal'], ofTheCord),
  rule(['cauda', 'caudaCompression', 'caudaNormal'], ofTheCauda),
  rule(['metastaticDisease', 'malignant'], metastases),
  rule(['osteoporosis', 'osteoporotic', 'otherFracture', ...STRONG_OR_WEAK], osteoporosisIn),
  rule(['infection'], infections),
];

export function patientSignsIn(sentence: ReadSentence): readonly SaidOfPatient[] {
  return saidByRules(PATIENT_RULES, sentence);
}

function ofTheCauda(sentence: ReadSentence): readonly SaidOfPatient[] {
  return [
    ...signsOf(sentence, 'caudaEquinaCompression', ['caudaCompression'], ['caudaNormal']),
    ...pressedOn(sentence, 'caudaEquinaCompression', 'cauda'),
  ];
}

function infections(sentence: ReadSentence): readonly SaidOfPatient[] {
  return cuesOf(sentence, 'infection')
    .filter((cue) => polarityOf(sentence, cue) === 'stated' && isActive(sentence))
    .map((cue) => ({ sign: 'activeInfection' as const, value: true, quote: quoteOf(sentence, cue) }));
}

function ofTheCord(sentence: ReadSentence): readonly SaidOfPatient[] {
  const uncompressed = uncompressedCord(sentence);
  const said = [
    ...signsOf(sentence, 'cordCompression', ['cordCompression'], ['cordNormal']),
    ...pressedOn(sentence, 'cordCompression', 'cord'),
    ...normalCord(sentence),
  ];
  const isOfIt = ({ quote }: SaidOfPatient) =>
    uncompressed.some(({ span: { from, to } }) => quote.from < to && quote.to > from);
  return [...uncompressed.map((one) => one.said), ...said.filter((one) => !isOfIt(one))];
}

const OVER = words(`
  healed treated sequela sequelae old completed resolved inactive quiescent follow clinic excluded
`);

/** "sequelae of treated discitis", "follow-up of osteomyelitis": whether it still goes on is not said. */
function isActive(sentence: ReadSentence): boolean {
  for (let at = sentence.from; at < sentence.to; at += 1) if (OVER.has(sentence.wordAt(at))) return false;
  return true;
}

function signsOf(
  sentence: ReadSentence,
  sign: PatientSign,
  positive: readonly Concept[],
  normal: readonly Concept[],
): readonly SaidOfPatient[] {
  const stated = cuesOfAny(sentence, positive).flatMap((cue) => {
    const polarity = polarityOf(sentence, cue, { throughAnd: true });
    if (polarity === 'denied' && (MOVES_ONLY.has(sentence.wordAt(cue.from)) || isOfItsSignal(sentence, cue)))
      return [];
    return polarity === 'open' ? [] : [{ sign, value: polarity === 'stated', quote: quoteOf(sentence, cue) }];
  });
  const calm = cuesOfAny(sentence, normal).flatMap((cue) =>
    polarityOf(sentence, cue) === 'stated' && !isTurnedLater(sentence, cue)
      ? [{ sign, value: false, quote: quoteOf(sentence, cue) }]
      : [],
  );
  return [...stated, ...calm];
}

/** "no abnormal cord signal": a cord may be compressed before its signal changes. */
function isOfItsSignal({ wordAt }: ReadSentence, { from, to }: Span): boolean {
  for (let at = from; at < to; at += 1)
    if (wordAt(at) === 'signal' || wordAt(at) === 'hyperintensity') return true;
  return false;
}

const TURNS = words(`
  but however except although though while whereas until
`);

/** "cord clear at L1, but squashed at T12" */
function isTurnedLater({ wordAt, to, mentions }: ReadSentence, cue: Span): boolean {
  const isPlaced = mentions.some(({ from }) => from >= cue.to && from <= cue.to + 3);
  for (let at = cue.to; isPlaced && at < to; at += 1) if (TURNS.has(wordAt(at))) return true;
  return false;
}

const PRESSED = words(`
  compressed effaced impingement crowded flattened deformed indented displaced contused squashed pinched
`);
const MOVES_ONLY = words(`
  indents indenting indented displaces displacing displaced
`);
const STOPS: ReadonlySet<string> = new Set([',', ';', 'with', 'and', 'by', '.']);

/** "the cord is compressed", "compressing the cord", "compression of the cord or cauda equina" */
function pressedOn(
  sentence: ReadSentence,
  sign: PatientSign,
  structure: 'cord' | 'cauda',
): readonly SaidOfPatient[] {
  return cuesOf(sentence, structure).flatMap((cue): readonly SaidOfPatient[] => {
    const verb = pressureBeside(sentence, cue);
    if (verb === undefined) return [];
    const polarity = polarityOf(sentence, verb, { throughAnd: true });
    const own = polarityOf(sentence, cue, { throughAnd: true });
    if (polarity === 'open' || own === 'open') return [];
    const isDenied = polarity === 'denied' || own === 'denied';
    // "abuts the cord without displacing it": that a cord is not moved does not mean that it is free.
    if (isDenied && MOVES_ONLY.has(sentence.wordAt(verb.from))) return [];
    return [{ sign, value: !isDenied, quote: quoteOf(sentence, cue, verb) }];
  });
}

const JOINS = words(`
  or and nor /
`);

/** "cord or cauda equina compression" shares the pressure behind it, "compression of the cord or conus" the one before. */
function pressureBeside(sentence: ReadSentence, cue: Cue): Span | undefined {
  for (let at = cue.to; at < Math.min(sentence.to, cue.to + 6); at += 1) {
    const joinsStructures =
      sentence.wordAt(at) === 'and' && ['cauda', 'conus', 'cord', 'the'].includes(sentence.wordAt(at + 1));
    if (STOPS.has(sentence.wordAt(at)) && !joinsStructures) break;
    if (PRESSED.has(sentence.wordAt(at))) return { from: at, to: at + 1 };
  }
  const before = cuesOf(sentence, 'compressing', 'compressedBody').findLast(
    (other) => other.to <= cue.from && distance(other, cue) <= 3,
  );
  if (before !== undefined) return before;
  const next = sentence.wordAt(cue.to + 1) === 'the' ? cue.to + 2 : cue.to + 1;
  const shared = cuesOf(sentence, 'cordCompression', 'caudaCompression').find(({ from }) => from === next);
  if (shared !== undefined && JOINS.has(sentence.wordAt(cue.to))) return shared;
  const other = cuesOf(sentence, 'cordCompression', 'caudaCompression').findLast(
    (one) => one.to <= cue.from && distance(one, cue) <= 2,
  );
  return other !== undefined && JOINS.has(sentence.wordAt(other.to)) ? other : undefined;
}

const TOUCHES = words(`
  abuts abutting abutted contacts contacting contacted touches touching indents indenting indented displaces
  displacing displaced effaces effacing approaches reaches
`);

/** "abutting the cord without displacing it": its normal signal is no word about how much room it has. */
export function touchesTheCord(sentence: ReadSentence): boolean {
  return cuesOf(sentence, 'cord', 'cordCompression').some((cue) => {
    for (let at = Math.max(sentence.from, cue.from - 6); at < cue.to + 5; at += 1)
      if (TOUCHES.has(sentence.wordAt(at))) return true;
    return false;
  });
}

const OF_ITS_FORM = words(`
  caliber calibre size contour shape morphology thickness
`);

/** "Cord normal in signal" */
export function isOnlyOfSignal(sentence: ReadSentence, { sign, value, quote }: SaidOfPatient): boolean {
  if (sign !== 'cordCompression' || value) return false;
  let isOfSignal = false;
  for (let at = quote.from; at < Math.min(sentence.to, quote.to + 3); at += 1) {
    if (OF_ITS_FORM.has(sentence.wordAt(at))) return false;
    isOfSignal ||= sentence.wordAt(at) === 'signal';
  }
  return isOfSignal;
}

/** "the cord terminates at L1 and is normal in calibre and signal"; a normal conus alone says nothing of the cord above it. */
function normalCord(sentence: ReadSentence): readonly SaidOfPatient[] {
  return cuesOf(sentence, 'cord').flatMap((cue): readonly SaidOfPatient[] => {
    if (sentence.wordAt(cue.to - 1) !== 'cord') return [];
    for (let at = cue.to; at < Math.min(sentence.to - 2, cue.to + 14); at += 1) {
      if (sentence.wordAt(at) !== 'normal' || polarityOf(sentence, { from: at, to: at + 1 }) !== 'stated')
        continue;
      const isOfCord = ['in', 'signal', 'caliber', 'calibre'].includes(sentence.wordAt(at + 1));
      return isOfCord
        ? [{ sign: 'cordCompression', value: false, quote: { from: cue.from, to: at + 2 } }]
        : [];
    }
    return [];
  });
}

function metastases(sentence: ReadSentence): readonly SaidOfPatient[] {
  const named = cuesOf(sentence, 'metastaticDisease');
  const bare = cuesOf(sentence, 'malignant').filter((cue) => isMetastasisOrMyeloma(sentence, cue));
  return [...named, ...bare].flatMap((cue): readonly SaidOfPatient[] => {
    const polarity = polarityOfADisease(sentence, cue);
    const isOfAFracture = cuesOfAny(sentence, STRONG_OR_WEAK).some(
      (other) => other.from >= cue.from && distance(other, cue) <= 1,
    );
    if (polarity === 'open' || (polarity === 'denied' && (isOfAFracture || !isNoun(sentence, cue))))
      return [];
    return [{ sign: 'metastaticDisease', value: polarity === 'stated', quote: quoteOf(sentence, cue) }];
  });
}

/** A disease told as history is still there. */
function polarityOfADisease(sentence: ReadSentence, cue: Cue): 'stated' | 'denied' | 'open' {
  const { denied, doubtful, hypothetical } = sentence.contextAt(cue.from);
  if (doubtful || hypothetical || denied === 'unclear') return 'open';
  return denied === 'no' ? 'stated' : 'denied';
}

function isMetastasisOrMyeloma(sentence: ReadSentence, cue: Cue): boolean {
  for (let at = cue.from; at < cue.to; at += 1) {
    if (['metastasis', 'myeloma'].includes(sentence.wordAt(at))) return true;
  }
  return false;
}

/** "metastases" or "metastatic disease", not "metastatic" alone. */
function isNoun(sentence: ReadSentence, cue: Cue<Concept>): boolean {
  for (let at = cue.from; at < cue.to; at += 1) {
    if (
      sentence.tokens[at]?.plural === true ||
      ['disease', 'lesion', 'myeloma', 'deposit'].includes(sentence.wordAt(at))
    )
      return true;
  }
  return false;
}
