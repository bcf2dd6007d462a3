/** Which vertebrae each word of a sentence speaks of: the sentence is cut until each part names one group at most. */
import type { Level } from '../level.js';
import type { Mention } from './levels.js';
import type { RowHead } from './announced-row.js';
import type { Cue } from './phrases.js';
import type { Rest } from './rest-of-them.js';
import { startOfThereIs } from './there-is.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

export type Owner =
  | { readonly kind: 'mention'; readonly mention: Mention }
  /** "the remaining vertebrae", "elsewhere", "adjacent vertebrae" */
  | { readonly kind: 'others' }
  /** The first or the last of the vertebrae named before: "the former", "the latter". */
  | { readonly kind: 'former' | 'latter'; readonly at: number }
  /** "the other two": the vertebrae spoken of before but the ones named. */
  | { readonly kind: 'allBut'; readonly besides: readonly Level[]; readonly count: number | undefined }
  /** The vertebrae of a list that were not singled out: "others mild". */
  | { readonly kind: 'rest'; readonly rest: Rest }
  /** No vertebra is named: what the text spoke of before. */
  | { readonly kind: 'topic' };

interface Landmark {
  readonly from: number;
  readonly to: number;
  readonly owner: Owner;
}

const TOPIC: Owner = { kind: 'topic' };

/**
 * @param others cues that speak of all vertebrae but the ones named
 * @param groups cues that speak of all vertebrae named before them: "both", "all three"
 * @param rests words that stand for the vertebrae of a list that were not singled out
 * @param head what opens a list and speaks of all its vertebrae
 * @returns the owner of each token of the sentence
 */
export function ownersOf(
  tokens: readonly Token[],
  from: number,
  to: number,
  mentions: readonly Mention[],
  others: readonly Cue[],
  groups: readonly Cue[],
  rests: readonly Rest[],
  head: RowHead | undefined,
): (at: number) => Owner {
  const named = mentions.filter(({ kind }) => kind !== 'reference');
  if (named.length + others.length + rests.length === 0) return () => TOPIC;
  const landmarks: Landmark[] = [
    ...named.map((mention) => landmark(mention)),
    ...others
      .filter((cue) => !rests.some((rest) => cue.from < rest.to && cue.to > rest.from))
      .map((cue) => ({ from: cue.from, to: cue.to, owner: ownerOfCue(cue) })),
    ...rests.map((rest) => ({ from: rest.from, to: rest.to, owner: { kind: 'rest', rest } as const })),
    ...groups.flatMap((cue) => allBefore(cue, named)),
  ].sort((a, b) => a.from - b.from);
  const wordAt = (at: number) => tokens[at]?.word ?? '';
  const start = head?.to ?? from;
  const separators = [...separatorsIn(tokens, start, to, mentions), ...runOnsIn(landmarks, start, wordAt)];
  const divided = divide({ from: start, to }, landmarks, separators, wordAt);
  const parts = [...announced(head, from), ...divided];
  const owners: Owner[] = [];
  for (const part of parts) for (let at = part.from; at < part.to; at += 1) owners[at - from] = part.owner;
  return (at) => owners[at - from] ?? TOPIC;
}

function landmark(mention: Mention): Landmark {
  return { from: mention.from, to: mention.to, owner: { kind: 'mention', mention } };
}

function announced(head: RowHead | undefined, from: number): readonly OwnedPart[] {
  return head === undefined ? [] : [{ from, to: head.to, owner: { kind: 'mention', mention: head.mention } }];
}

/** "T6 (30 %) and T8 (vertebra plana), both unchanged": the vertebrae of several mentions together. */
function allBefore(cue: Cue, named: readonly Mention[]): readonly Landmark[] {
  const before = named.filter((mention) => mention.kind === 'vertebrae' && mention.to <= cue.from);
  const [first] = before;
  if (first === undefined || before.length < 2 || named.some((mention) => mention.from === cue.to)) return [];
  const levels = [...new Set(before.flatMap((mention) => mention.levels))];
  const mention: Mention = { kind: 'vertebrae', levels, from: cue.from, to: cue.to, unusual: false };
  return [{ from: cue.from, to: cue.to, owner: { kind: 'mention', mention } }];
}

function ownerOfCue({ concept, from }: Cue): Owner {
  return concept === 'former' || concept === 'latter' ? { kind: concept, at: from } : { kind: 'others' };
}

interface Part {
  readonly from: number;
  readonly to: number;
}
type OwnedPart = Part & { readonly owner: Owner };

interface Separator {
  readonly at: number;
  /** Strong ones are cut first. */
  readonly strength: number;
}

const STRENGTH: ReadonlyMap<string, number> = new Map([
  [';', 4],
  ['.', 4],
  ['while', 4],
  ['whilst', 4],
  ['whereas', 4],
  ['but', 4],
  ['however', 4],
  ['although', 4],
  ['though', 4],
  ['--', 3],
  ['(', 3],
  [')', 3],
  [',', 2],
  ['and', 1],
  ['with', 1],
  ['&', 1],
  ['plus', 1],
  ['without', 1],
  ['no', 1],
  ['including', 1],
]);

function separatorsIn(
  tokens: readonly Token[],
  from: number,
  to: number,
  mentions: readonly Mention[],
): readonly Separator[] {
  const separators: Separator[] = [];
  for (let at = from; at < to; at += 1) {
    const strength = STRENGTH.get(tokens[at]?.word ?? '');
    if (strength === undefined || mentions.some((mention) => at >= mention.from && at < mention.to)) continue;
    separators.push({ at, strength });
  }
  return separators;
}

function divide(
  part: Part,
  landmarks: readonly Landmark[],
  separators: readonly Separator[],
  wordAt: (at: number) => string,
): readonly OwnedPart[] {
  const inside = landmarks.filter((landmark) => landmark.from >= part.from && landmark.from < part.to);
  const [only] = inside;
  if (only === undefined) return [{ ...part, owner: TOPIC }];
  if (inside.length === 1) {
    const exception = exceptionBefore(only, part, wordAt);
    if (exception !== undefined)
      return excepted(part, only, exception, allBut(only, part.from, exception, landmarks, wordAt));
    const start =
      startOfRunOn(only, part, wordAt) ??
      startOfThereIs(part, only.from, wordAt) ??
      startAfterComma(only, part, wordAt);
    if (start !== undefined)
      return [
        { from: part.from, to: start, owner: TOPIC },
        { from: start, to: part.to, owner: only.owner },
      ];
    return isOfVertebrae(only) ? [{ ...part, owner: only.owner }] : apart(part, only, separators);
  }
  const own = separators.filter(({ at }) => at > part.from && at < part.to);
  const strongest = Math.max(...own.map(({ strength }) => strength), 0);
  if (strongest === 0) return nearest(part, inside, wordAt);
  const cuts = own.filter(({ strength }) => strength === strongest).map(({ at }) => at);
  const pieces = [part.from, ...cuts].map((from, index) => ({ from, to: cuts[index] ?? part.to }));
  const divided = pieces.map((piece) => divide(piece, landmarks, separators, wordAt));
  let before: Owner | undefined;
  return divided.flatMap((owned, index) => {
    const own = goingOn(owned, before, () => ownerAfter(divided, index), wordAt);
    before = owned.findLast(isNamed)?.owner ?? before;
    return own;
  });
}

/** A piece that names nothing goes on about what was named before it, or is about what is named behind it. */
function goingOn(
  owned: readonly OwnedPart[],
  before: Owner | undefined,
  after: () => Owner | undefined,
  wordAt: (at: number) => string,
): readonly OwnedPart[] {
  const [first, second] = owned;
  if (first?.owner.kind !== 'topic') return owned;
  const isRunOn = owned.length === 2 && second?.owner.kind === 'mention' && isAttached(second, first, wordAt);
  if (owned.length > 1 && !isRunOn) return owned;
  const owner = before ?? after() ?? TOPIC;
  return owned.map((piece, at) => (at > 0 ? piece : { ...piece, owner }));
}

/** The first owner named behind a piece, where it is of vertebrae. */
function ownerAfter(divided: readonly (readonly OwnedPart[])[], index: number): Owner | undefined {
  for (let at = index + 1; at < divided.length; at += 1) {
    const owner = divided[at]?.find(isNamed)?.owner;
    if (owner !== undefined)
      return owner.kind === 'mention' && owner.mention.kind === 'vertebrae' ? owner : undefined;
  }
  return undefined;
}

function isNamed({ owner }: OwnedPart): boolean {
  return owner.kind !== 'topic';
}

/** "heights are preserved except for L2": what comes before speaks of the others. */
function exceptionBefore(landmark: Landmark, part: Part, wordAt: (at: number) => string): number | undefined {
  for (let at = landmark.from - 1; at > part.from && at >= landmark.from - 4; at -= 1) {
    const word = wordAt(at);
    const isPair =
      (word === 'other' || word === 'apart' || word === 'aside') && ['than', 'from'].includes(wordAt(at + 1));
    if (word === 'except' || word === 'excepting' || word === 'exception' || isPair) return at;
  }
  return undefined;
}

function excepted(
  { from, to }: Part,
  { owner }: Landmark,
  exception: number,
  others: Owner,
): readonly OwnedPart[] {
  return [
    { from, to: exception, owner: others },
    { from: exception, to, owner },
  ];
}

const ALL: ReadonlySet<string> = new Set(['all', 'both', 'each', 'every']);

/** "fractures of T6, T9 and L1, all old except L1": the vertebrae named before, without the excepted one. */
function allBut(
  excepted: Landmark,
  from: number,
  to: number,
  landmarks: readonly Landmark[],
  wordAt: (at: number) => string,
): Owner {
  const isOfAll = ALL.has(wordAt(from)) || ALL.has(wordAt(from + 1));
  const but = levelsOf(excepted);
  const named = landmarks.filter((landmark) => landmark.to <= from).flatMap(levelsOf);
  const levels = [...new Set(named)].filter((level) => !but.includes(level));
  if (!isOfAll || but.length === 0 || levels.length === 0 || !but.every((level) => named.includes(level)))
    return { kind: 'others' };
  return { kind: 'mention', mention: { kind: 'vertebrae', levels, from, to, unusual: false } };
}

function levelsOf({ owner }: Landmark): readonly Level[] {
  return owner.kind === 'mention' && owner.mention.kind === 'vertebrae' ? owner.mention.levels : [];
}

function isOfVertebrae({ owner }: Landmark): boolean {
  return owner.kind === 'mention' && owner.mention.kind === 'vertebrae';
}

/** "the fragment narrows the canal by 60 %, and the distance at T11-12 is widened": what comes before the disc is not its. */
function apart(part: Part, landmark: Landmark, separators: readonly Separator[]): readonly OwnedPart[] {
  const cut = separators.findLast(
    ({ at, strength }) => strength >= 2 && at > part.from && at < landmark.from,
  )?.at;
  const own = { ...part, owner: landmark.owner };
  return cut === undefined
    ? [own]
    : [
        { from: part.from, to: cut, owner: TOPIC },
        { ...own, from: cut },
      ];
}

/** Nothing separates them: each word belongs to the vertebra nearest to it. */
function nearest(
  part: Part,
  landmarks: readonly Landmark[],
  wordAt: (at: number) => string,
): readonly OwnedPart[] {
  const isIntroduced = ({ from }: Landmark) => ['of', 'at', 'in', 'involving'].includes(wordAt(from - 1));
  const parts: OwnedPart[] = [];
  let from = part.from;
  landmarks.forEach((landmark, index) => {
    const next = landmarks[index + 1];
    const to =
      next === undefined
        ? part.to
        : isSubject(next, wordAt)
          ? next.from - (wordAt(next.from - 1) === 'the' ? 1 : 0)
          : isIntroduced(next)
            ? landmark.to
            : isShorthand(landmark, next, wordAt)
              ? next.from - 1
              : Math.ceil((landmark.to + next.from) / 2);
    parts.push({ from, to, owner: landmark.owner });
    from = to;
  });
  return parts;
}

/** "#L2 #L3 both old": the sign stands before each of them. */
function isShorthand(landmark: Landmark, next: Landmark, wordAt: (at: number) => string): boolean {
  const isBefore = ({ from }: Landmark) => wordAt(from - 1) === 'fracture';
  return isBefore(landmark) && isBefore(next) && next.from - 1 >= landmark.to;
}

const PREDICATES = words(`
  is are has have shows demonstrates remains appears
`);

/** Dictated without stops, a vertebra with an article and a verb of its own begins its own statement. */
function runOnsIn(
  landmarks: readonly Landmark[],
  from: number,
  wordAt: (at: number) => string,
): readonly Separator[] {
  return landmarks.flatMap((landmark): readonly Separator[] => {
    const at = landmark.from - 1;
    const isNew = at > from + 2 && wordAt(at) === 'the' && isOfVertebrae(landmark);
    if (!isNew || !isSubject(landmark, wordAt) || BEFORE_A_PART.has(wordAt(at - 1))) return [];
    return [{ at, strength: STRENGTH_OF_A_RUN_ON }];
  });
}

const STRENGTH_OF_A_RUN_ON = 3;

/** "the T11 is old and unchanged the L1 shows oedema": what has a verb of its own begins its own statement. */
function isSubject({ from, to }: Landmark, wordAt: (at: number) => string): boolean {
  const before = wordAt(from - 1);
  let at = to;
  while (at < to + LONGEST_NOUN && NOUN.has(wordAt(at))) at += 1;
  return PREDICATES.has(wordAt(at)) && !['of', 'at', 'in', 'involving', 'on', 'to', 'from'].includes(before);
}

const LONGEST_NOUN = 3;
const NOUN = words(`
  compression wedge burst osteoporotic insufficiency vertebral fracture deformity body vertebra
`);

/** "... from 2021 the L1 shows": where a new statement begins without a stop, its first token. */
function startOfRunOn(landmark: Landmark, part: Part, wordAt: (at: number) => string): number | undefined {
  const start = landmark.from - 1;
  const isNew = wordAt(start) === 'the' && start > part.from + 2 && isSubject(landmark, wordAt);
  return isNew && !LEADS_ON.has(wordAt(start - 1)) ? start : undefined;
}

const TURNS = words(`
  but though although while whilst whereas and with without no
`);

/** "T9 is acute but not retropulsed, L1 is old": what stands before the comma is still of the one before. */
function startAfterComma(landmark: Landmark, part: Part, wordAt: (at: number) => string): number | undefined {
  let comma = landmark.from - 1;
  while (comma > part.from && LEADS_TO_A_PLACE.has(wordAt(comma))) comma -= 1;
  const isLater = comma > part.from + 1 && wordAt(comma) === ',' && TURNS.has(wordAt(part.from));
  const isJoined = wordAt(comma + 1) === 'and';
  return isLater && (isJoined || isSubject(landmark, wordAt)) ? comma : undefined;
}

const LEADS_TO_A_PLACE = words(`
  and at in the
`);

const LEADS_ON = words(`
  of at in involving on to from with than and while whereas but although that as for by , ; ( : if when where
  because since only
`);

/** Words that lead on to a vertebra, and joints that begin its part already. */
const BEFORE_A_PART = new Set([...LEADS_ON, 'and', '.', ')']);

function isAttached(next: OwnedPart, first: OwnedPart, wordAt: (at: number) => string): boolean {
  return next.from === first.to && (wordAt(next.from) === 'the' || wordAt(next.from) === ',');
}
