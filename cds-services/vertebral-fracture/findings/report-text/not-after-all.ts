/** "The questionable T6 deformity is not a fracture", "the suspected fracture of L2 is excluded by CT": a doubt that the same sentence settles. */
import { type Concept, cuesOfAny, type ReadSentence } from './sentence.js';
import type { Span } from './context.js';
import type { Said, SaidStatus } from './said.js';
import { words } from './word-set.js';

const NOUNS: readonly Concept[] = ['fracture', 'wedgeFracture', 'compressedBody', 'wedge', 'wedgeLoss'];

/** What a sentence says of a fracture, without a doubt that it takes back itself. */
export function withoutSettledDoubts(sentence: ReadSentence, said: readonly Said[]): readonly Said[] {
  const [subject] = cuesOfAny(sentence, NOUNS);
  const doubt = said.find((one) => one.kind === 'status' && one.status === 'possible');
  if (subject === undefined || doubt?.owner.kind !== 'mention' || doubt.owner.mention.kind !== 'vertebrae')
    return said;
  const verb = verbBehind(sentence, Math.max(subject.to, doubt.owner.mention.to));
  const to = verb === undefined ? undefined : (notAFracture(sentence, verb) ?? excluded(sentence, verb));
  if (to === undefined) return said;
  const absent: SaidStatus = {
    kind: 'status',
    status: 'absent',
    quote: { from: subject.from, to },
    owner: doubt.owner,
    byName: true,
  };
  return [
    ...said.filter((one) => !isOf(one, doubt.owner) || !isBehind(one, { from: subject.from, to })),
    absent,
  ];
}

function isOf(one: Said, owner: Said['owner']): boolean {
  return one.owner.kind === 'mention' && owner.kind === 'mention' && one.owner.mention === owner.mention;
}

function isBehind({ quote }: Said, { to }: Span): boolean {
  return quote.from < to;
}

const SUBJECT = words(`
  on of at in the this that a an prior previous earlier recent last outside plain film radiograph xray x ray ct
  mri mr scan study examination report referral request seen suspected queried questioned raised reported
  described suggested mentioned by from lateral view body vertebra vertebral deformity fracture endplate superior
  inferior anterior year month week day yesterday previously dxa vfa image images , -
`);
const LONGEST_SUBJECT = 12;

/** The verb of the sentence, where only words of place and time stand before it. */
function verbBehind(sentence: ReadSentence, from: number): number | undefined {
  for (let at = from; at < from + LONGEST_SUBJECT; at += 1) {
    const word = sentence.wordAt(at);
    if (word === 'is' || word === 'are' || word === 'was') return at;
    if (!SUBJECT.has(word)) return undefined;
  }
  return undefined;
}

const BEFORE_THE_NOUN = words(`
  considered a an true real genuine compression vertebral thought to be now
`);
const CLEAR_ENDS: ReadonlySet<string> = new Set(['', '.', ',', ';']);

function notAFracture({ wordAt }: ReadSentence, verb: number): number | undefined {
  if (wordAt(verb + 1) !== 'not') return undefined;
  let at = verb + 2;
  while (BEFORE_THE_NOUN.has(wordAt(at))) at += 1;
  return wordAt(at) === 'fracture' && CLEAR_ENDS.has(wordAt(at + 1)) ? at + 1 : undefined;
}

const BY_AN_IMAGE = words(`
  on by the this today today's current present ct mr mri scan study imaging image images examination mr
`);
const IMAGES = words(`
  ct mr mri scan study imaging image images examination
`);

/** "is excluded by today's CT", "is not confirmed on MRI" */
function excluded({ wordAt }: ReadSentence, verb: number): number | undefined {
  const isPlain = wordAt(verb + 1) === 'excluded' || wordAt(verb + 1) === 'refuted';
  const isNotConfirmed = wordAt(verb + 1) === 'not' && wordAt(verb + 2) === 'confirmed';
  if (!isPlain && !isNotConfirmed) return undefined;
  let at = verb + (isPlain ? 2 : 3);
  while (BY_AN_IMAGE.has(wordAt(at))) at += 1;
  return IMAGES.has(wordAt(at - 1)) && ['', '.'].includes(wordAt(at)) ? at : undefined;
}
