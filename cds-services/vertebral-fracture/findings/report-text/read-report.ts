/** Reads the text of a radiology report: the one entrance to this room. Deterministic; every value with the words it was read from. */
import type { FractureFindingName, FractureValues } from '../finding.js';
import type { Level } from '../level.js';
import { agesIn } from './age.js';
import { announcesFractures, listedAsFractured, startOfList } from './announced.js';
import { appearanceIn } from './appearance.js';
import { speaksOfSignal } from './bone-signal.js';
import { classified } from './classified.js';
import { barePercents } from './bare-percent.js';
import { isCertain } from './certainty.js';
import { checklistsIn } from './checklist.js';
import { type Denial, denialIn } from './denial.js';
import type { Span } from './context.js';
import { corrected, correctionsIn, speaksOfRecounting } from './corrections.js';
import { Discourse } from './discourse.js';
import type { Placed, PlacedOfPatient } from './placed.js';
import { deniedOfShapes, harmlessShapes, type HarmlessShape, withoutHarmless } from './harmless-shape.js';
import { HeadedLists, isBareHeading } from './headed-list.js';
import { withoutSettledDoubts } from './not-after-all.js';
import { deniedByRelative } from './denied-relative.js';
import { ellipsesIn } from './ellipsis.js';
import { fracturedPlaces } from './graded-places.js';
import { heightsIn } from './height.js';
import { ofAnotherStructure } from './other-structure.js';
import { ofAMimic } from './mimic-signs.js';
import { isOnlyOfThePast } from './past-signs.js';
import { entriesOf, type PlainEntry, signsOf } from './merge-sections.js';
import { withOpposed } from './opposed.js';
import { otherOnes } from './other-ones.js';
import { isOnlyOfSignal, patientSignsIn, touchesTheCord } from './patient-signs.js';
import { gradeAlone } from './grade-alone.js';
import { namedInstead } from './named-instead.js';
import { ratherThanFracture } from './rather-than-fracture.js';
import { renamed, renamingIn } from './renamed.js';
import { inOrder } from './respectively.js';
import {
  deniesAValue,
  isOfNothing,
  type FractureStatus,
  type PatientSign,
  type Said,
  type SaidValue,
} from './said.js';
import { scoresIn } from './scores.js';
import { changesIn } from './progression.js';
import { makesFindings, type Section } from './sections.js';
import { cuesOf, readSentence, type ReadSentence } from './sentence.js';
import { sentencesOf } from './sentences.js';
import { signsIn } from './signs.js';
import { sparedOnes } from './spared.js';
import { statusesIn } from './status.js';
import { comparesWithWeeksAgo } from './time-compared.js';
import { amountsThenAndNow } from './then-and-now.js';
import { type Token, tokensOf } from './tokens.js';

/** Words of the report, with their UTF-16 offsets into it: `text.slice(start, end) === quote`. */
export interface Quote {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

export interface ReportValue<Value> {
  readonly value: Value;
  readonly evidence: readonly Quote[];
}

export type ReportFindings = { readonly [Name in FractureFindingName]?: ReportValue<FractureValues[Name]> };

export interface ReportedFracture {
  /** `null` for a fracture whose vertebra is not named, or is one not everybody has (T13, L6). */
  readonly level: Level | null;
  readonly status: FractureStatus;
  readonly evidence: readonly Quote[];
  readonly findings: ReportFindings;
}

export interface ReadReport {
  readonly fractures: readonly ReportedFracture[];
  readonly patientFindings: Readonly<Partial<Record<PatientSign, ReportValue<boolean>>>>;
  /** The report speaks of transitional anatomy, T13 or L6: its numbers may be counted otherwise elsewhere. */
  readonly numberingUncertain: readonly Quote[];
}

/** The sentence before, with its paragraph. */
interface Before {
  readonly sentence: ReadSentence;
  readonly shapes: readonly HarmlessShape[];
  readonly paragraph: number;
}

const NOTHING_BEFORE: Partial<Before> = {};

/**
 * No report takes back the number of so many vertebrae. One that does is certain of none: what it takes back further is
 * left, and nothing it denies is read. Each time all that was told before is looked through.
 */
const MOST_TAKEN_BACK = 20;

/** @param text one report, as plain text */
export function readReport(text: string): ReadReport {
  const tokens = tokensOf(text);
  const discourse = new Discourse();
  let placed: Placed[] = [];
  const ofPatient: PlacedOfPatient[] = [];
  const numbering: Quote[] = [];
  const ofSignal: PlacedOfPatient[] = [];
  let isRecounted = false;
  let isOfWeeks = false;
  let isCordTouched = false;
  let takenBackSoFar = 0;
  const lists = new HeadedLists();
  let announcedIn: number | undefined;
  let last: Before | undefined;
  for (const part of sentencesOf(tokens)) {
    if (part.section !== 'history') isOfWeeks ||= comparesWithWeeksAgo(tokens, part.from, part.to);
    if (!makesFindings(part.section)) continue;
    const sentence = readSentence(tokens, part);
    const { sentence: before, shapes: shapesBefore = [] } =
      last?.paragraph === part.paragraph ? last : NOTHING_BEFORE;
    const shapes = harmlessShapes(sentence);
    const read = isBareHeading(sentence) ? [] : saidIn(sentence, part.section, isOfWeeks);
    const said = ofFractures(sentence, before, withoutHarmless(sentence, read, shapes));
    isRecounted ||= part.section === 'addendum' && speaksOfRecounting(sentence);
    const byHeading = lists.follow(sentence, part.section);
    const listFrom = announcedIn === part.paragraph ? sentence.from : startOfList(sentence);
    const listed = listFrom === undefined ? [] : listedAsFractured(sentence, said, listFrom);
    if (announcesFractures(sentence)) announcedIn = part.paragraph;
    const denied = [
      ...(shapesBefore.length > 0 ? deniedOfShapes(shapesBefore, sentence) : []),
      ...(shapes.length > 0 ? deniedOfShapes(shapes, before) : []),
      ...(sentence.mentions.length > 0 ? deniedByName(sentence, before) : []),
    ];
    const others = part.section === 'addendum' ? [] : otherOnes(sentence, before);
    const amounts = said.some(isAHeight) ? [] : amountsAlone(sentence, before);
    const takesBack = said.some(isACorrection) ? undefined : renamingIn(sentence, part.section);
    if (takesBack !== undefined) takenBackSoFar += 1;
    const renaming = takenBackSoFar > MOST_TAKEN_BACK ? undefined : takesBack;
    if (renaming !== undefined) placed = [...renamed(placed, renaming, before !== undefined)];
    const all = [
      ...listed,
      ...others,
      ...byHeading,
      ...amounts,
      ...denied,
      ...(others.length > 0 ? said.filter((one) => !isAbsent(one)) : said),
    ];
    const own = discourse.follow(sentence, all, part);
    placed.push(...(renaming === undefined ? own : renamed(own, renaming, false)));
    last = { sentence, shapes, paragraph: part.paragraph };
    isCordTouched ||= touchesTheCord(sentence);
    for (const sign of patientSignsIn(sentence)) {
      const of = sign.sign === 'metastaticDisease' ? 'disease' : 'sign';
      if (!sign.value && !isCertain(sentence, denialIn(sentence, sign.quote, of))) continue;
      const placedSign = { ...sign, section: part.section };
      (isOnlyOfSignal(sentence, sign) ? ofSignal : ofPatient).push(placedSign);
    }
    for (const span of unusualIn(sentence)) numbering.push(quoted(text, tokens, span));
  }
  const certain = withCertainLevels(placed, isRecounted);
  const told = takenBackSoFar > MOST_TAKEN_BACK ? certain.filter(({ said }) => !denies(said)) : certain;
  return {
    fractures: entriesOf(corrected(told, isRecounted)).map((entry) => withQuotes(entry, text, tokens)),
    patientFindings: Object.fromEntries(
      signsOf(isCordTouched ? ofPatient : [...ofPatient, ...ofSignal]).map(({ sign, value, quotes }) => [
        sign,
        { value, evidence: quotes.map((quote) => quoted(text, tokens, quote)) },
      ]),
    ),
    numberingUncertain: numbering,
  };
}

/** Transitional anatomy, and vertebrae not everybody has. */
function unusualIn(sentence: ReadSentence): readonly Span[] {
  const named = sentence.mentions.filter(({ unusual }) => unusual);
  const told = cuesOf(sentence, 'transitional');
  return named.length > 0 ? [...told, ...named] : told;
}

/** Without what is said of another structure than a fractured vertebra. */
function ofFractures(
  sentence: ReadSentence,
  before: ReadSentence | undefined,
  said: readonly Said[],
): readonly Said[] {
  if (!said.some(({ kind }) => kind === 'value')) return said;
  const isOfAnother = ofAnotherStructure(sentence, before);
  const isOfAMimic = ofAMimic(sentence, before);
  return said.filter((one) => !isOfAnother(one) && !isOfAMimic(one));
}

function deniedByName(sentence: ReadSentence, before: ReadSentence | undefined): readonly Said[] {
  return [
    ...sparedOnes(sentence, before),
    ...deniedByRelative(sentence),
    ...ratherThanFracture(sentence),
    ...namedInstead(sentence),
  ];
}

/**
 * Where the vertebrae were counted anew, a denial holds only for the vertebra it names; of a fracture without a vertebra
 * nobody knows which one has not changed.
 */
function withCertainLevels(placed: readonly Placed[], isRecounted: boolean): readonly Placed[] {
  return placed.filter(({ said, level }) => {
    if (said.kind === 'status' || !deniesAValue(said)) return true;
    if (level === undefined && said.finding.name === 'progression') return false;
    return !isRecounted || said.owner.kind === 'mention';
  });
}

/** Every statement of a sentence; one without a phrase and a measurement makes none. */
function saidIn(sentence: ReadSentence, section: Section, isOfWeeks: boolean): readonly Said[] {
  const isBare = sentence.cues.length === 0 && sentence.quantities.length === 0;
  if (isBare && !speaksOfSignal(sentence.tokens, sentence)) return [];
  const corrections = section === 'addendum' ? correctionsIn(sentence) : [];
  const listed = checklistsIn(sentence);
  const said = inOrder(sentence, [
    ...(corrections.length > 0 ? corrections : withOpposed(sentence, statusesIn(sentence))),
    ...heightsIn(sentence),
    ...appearanceIn(sentence),
    ...agesIn(sentence),
    ...changesIn(sentence, isOfWeeks),
    ...withoutListed(signsIn(sentence), listed),
    ...scoresIn(sentence),
  ]);
  const all = [...said, ...classified(sentence, said), ...fracturedPlaces(sentence)];
  if (all.length === 0) return listed;
  const takenBackBefore = takenBack(sentence);
  const sure = all.filter(
    (one) =>
      one.quote.from >= takenBackBefore &&
      (!denies(one) || isCertainly(sentence, one)) &&
      !(shows(one) && isOnlyOfThePast(sentence, one.quote)),
  );
  const settled = withoutSettledDoubts(sentence, withoutUnfounded(sure, all));
  return [...settled, ...listed, ...ellipsesIn(sentence, settled)];
}

/** What a checklist tells is told by it alone. */
function withoutListed(signs: readonly Said[], listed: readonly SaidValue[]): readonly Said[] {
  if (listed.length === 0) return signs;
  const names = new Set(listed.map(({ finding }) => finding.name));
  return signs.filter((one) => one.kind !== 'value' || !names.has(one.finding.name));
}

/** "Another at L1 without a fracture line." */
function isAbsent(said: Said): boolean {
  return said.kind === 'status' && said.status === 'absent';
}

/** An addendum that says which vertebra was named by mistake. */
function isACorrection(said: Said): boolean {
  return said.kind === 'status' && said.replaces !== undefined;
}

/** What is old only because it has not changed is not, where it is not certain that it has not. */
function withoutUnfounded(sure: readonly Said[], all: readonly Said[]): readonly Said[] {
  if (sure.length === all.length) return sure;
  const dropped = all.filter(
    (one) => one.kind === 'value' && one.finding.name === 'progression' && !sure.includes(one),
  );
  return sure.filter(
    (one) =>
      one.kind !== 'value' ||
      one.finding.name !== 'acuity' ||
      one.firmness !== 'implied' ||
      !dropped.some(({ quote }) => quote.from === one.quote.from),
  );
}

function amountsAlone(sentence: ReadSentence, before: ReadSentence | undefined): readonly Said[] {
  if (sentence.quantities.length === 0) return gradeAlone(sentence, before);
  const ofTwoDays = amountsThenAndNow(sentence, before);
  if (ofTwoDays.length > 0) return ofTwoDays;
  return [...barePercents(sentence, before), ...gradeAlone(sentence, before)];
}

function isAHeight(said: Said): boolean {
  return said.kind === 'value' && said.finding.name === 'heightLossPercent';
}

function denies(said: Said): boolean {
  if (said.kind === 'status') return said.status === 'absent';
  return deniesAValue(said) || isOfNothing(said);
}

function shows(said: Said): boolean {
  return said.kind === 'value' && OF_TODAY.has(said.finding.name) && !denies(said);
}

const OF_TODAY: ReadonlySet<FractureFindingName> = new Set<FractureFindingName>([
  'marrowOedema',
  'retropulsion',
  'retropulsionMillimetres',
  'posteriorWallDisrupted',
  'canalCompromisePercent',
  'kyphosis',
  'kyphosisDegrees',
]);

function isCertainly(sentence: ReadSentence, said: Said): boolean {
  return isCertain(sentence, denialIn(sentence, said.quote, kindOf(said), mentionOf(said)));
}

function kindOf(said: Said): Denial['of'] {
  if (said.kind === 'status') return 'fracture';
  if (isOfNothing(said)) return 'amount';
  return said.finding.name === 'progression' ? 'change' : 'sign';
}

function mentionOf({ owner }: Said): Span | undefined {
  return owner.kind === 'mention' ? owner.mention : undefined;
}

/** "Acute L1 fracture, correction, acute L2 fracture": a dictation takes back what it has just said. */
function takenBack(sentence: ReadSentence): number {
  for (let at = sentence.to - 2; at > sentence.from; at -= 1) {
    if (!TAKES_BACK.has(sentence.wordAt(at)) || !SETS_OFF.has(sentence.wordAt(at - 1))) continue;
    if (!sentence.mentions.some(({ from, to }) => at >= from && at < to)) return at;
  }
  return sentence.from;
}

const TAKES_BACK: ReadonlySet<string> = new Set(['correction', 'scratch']);
const SETS_OFF: ReadonlySet<string> = new Set([',', '--', '-', ';']);

function withQuotes(entry: PlainEntry, text: string, tokens: readonly Token[]): ReportedFracture {
  const findings = entry.values.map(({ name, value, quotes }) => [
    name,
    { value, evidence: quotes.map((quote) => quoted(text, tokens, quote)) },
  ]);
  return {
    level: entry.level ?? null,
    status: entry.status,
    evidence: entry.quotes.map((quote) => quoted(text, tokens, quote)),
    findings: Object.fromEntries(findings) as ReportFindings,
  };
}

function quoted(text: string, tokens: readonly Token[], { from, to }: { from: number; to: number }): Quote {
  const start = tokens[from]?.start ?? 0;
  const end = tokens[to - 1]?.end ?? start;
  return { start, end, quote: text.slice(start, end) };
}
