/** Follows a report from sentence to sentence and gives each statement to the vertebra it speaks of. */
import type { Level } from '../level.js';
import { DescribedFractures } from './described.js';
import { KnownFractures } from './known-fractures.js';
import { countOfBoth, groupIn } from './group.js';
import { isSetOff } from './labels.js';
import type { Mention } from './levels.js';
import { isOnlyThere } from './only-one.js';
import type { Owner } from './owners.js';
import type { Placed } from './placed.js';
import { isWithin, RegionHeadings, regionOf } from './region.js';
import { levelsOfRest, type Rest } from './rest-of-them.js';
import { deniesAValue, isOfNothing, type Said, type SaidValue } from './said.js';
import {
  isOfAllFractures,
  isOfAllOfThem,
  isOfEach,
  isOfSeveral,
  isOfTheseFractures,
  SAID_OF_ONE,
  speaksOfSeveral,
  wallsIn,
} from './said-of-several.js';
import type { Section } from './sections.js';
import { cuesOf, type ReadSentence } from './sentence.js';

type Topic =
  | {
      readonly kind: 'vertebrae';
      readonly levels: readonly Level[];
      readonly isLabel: boolean;
      readonly isFractured: boolean;
      /** Nothing but "no fracture" was said of them. */
      readonly isDenied: boolean;
    }
  /** A disc, another part of the spine, or vertebrae in general. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'none' };

type Place = readonly Level[] | 'unnamed' | 'elsewhere';

const OF_A_FRACTURE: ReadonlySet<string> = new Set(['acuity', 'progression', 'aetiology']);

const NO_TOPIC: Topic = { kind: 'none' };

export class Discourse {
  #topic: Topic = NO_TOPIC;
  #paragraph = -1;
  #section: Section | undefined;
  /** Vertebrae named together last, for "the former" and "the latter". */
  #list: readonly Level[] = [];
  readonly #known = new KnownFractures();
  readonly #described = new DescribedFractures();
  readonly #headings = new RegionHeadings();
  /** Vertebrae of the section whose fractures were told so far, in their order. */
  readonly #fractured = new Set<Level>();
  /** The list named last whose vertebrae were said to be fractured, for "the others". */
  #fracturedList: readonly Level[] = [];

  /** The statements of the next sentence, each given to its vertebra; those about other things are left out. */
  follow(
    sentence: ReadSentence,
    said: readonly Said[],
    { section, paragraph }: { section: Section; paragraph: number },
  ): readonly Placed[] {
    this.#enter(sentence, section, paragraph);
    this.#known.enter(section);
    const placed: Placed[] = [];
    for (const one of said) {
      const own = this.#ofItsRegion(this.#place(one, sentence, section), one, sentence);
      this.#known.note(own);
      placed.push(...own);
    }
    this.#known.leave(placed, sentence);
    this.#described.note(placed);
    this.#leave(sentence, said);
    for (const { said, level } of placed)
      if (isAFracture(said) && level !== undefined) this.#fractured.add(level);
    if (section === 'addendum' && namesNoFracture(sentence, said)) this.#topic = NO_TOPIC;
    return placed;
  }

  /** What is denied of one region is of no vertebra in another; of a vertebra not named, only where one is fractured there. */
  #ofItsRegion(placed: readonly Placed[], said: Said, sentence: ReadSentence): readonly Placed[] {
    if (said.kind === 'status' || !(deniesAValue(said) || isOfNothing(said))) return placed;
    const heading = said.owner.kind === 'topic' ? this.#headings.current : undefined;
    const region = regionOf(sentence, said.quote) ?? heading;
    if (region === undefined) return placed;
    const isOfAGroup = region === heading && placed.length > 1;
    if (isOfAGroup && placed.some(({ level }) => level !== undefined && isWithin(level, region)))
      return placed;
    const isAnyThere = [...this.#fractured].some((level) => isWithin(level, region));
    return placed.filter(({ level }) => (level === undefined ? isAnyThere : isWithin(level, region)));
  }

  #place(one: Said, sentence: ReadSentence, section: Section): readonly Placed[] {
    const place = this.#placeOf(one, sentence);
    if (place === 'elsewhere' || place === 'unnamed') {
      const group = this.#groupOf(one, place, sentence);
      if (group.length > 0) return group.map((level) => ({ said: one, level, section }));
      return place === 'elsewhere' || countsNot(one) ? [] : [{ said: one, level: undefined, section }];
    }
    if (one.nth !== undefined) {
      const level = place[one.nth];
      return level === undefined ? [] : [{ said: one, level, section }];
    }
    const placed = place.map((level) => ({ said: one, level, section }));
    return [...placed, ...this.#deniedOfTheOthers(one, place, sentence, section)];
  }

  /** "The others are old.", "Two old fractures.": the vertebrae the text has told of before. */
  #groupOf(said: Said, place: 'elsewhere' | 'unnamed', sentence: ReadSentence): readonly Level[] {
    if (place === 'elsewhere' && (said.owner.kind === 'others' || said.owner.kind === 'rest')) {
      const topic = this.#topic.kind === 'vertebrae' ? this.#topic.levels : [];
      const others = this.#known.others(said, sentence, topic);
      if (others.length > 0) return others;
    }
    return said.owner.kind === 'topic' || said.owner.kind === 'others' ? this.#known.all(said, sentence) : [];
  }

  #enter(sentence: ReadSentence, section: Section, paragraph: number): void {
    const refersBack = cuesOf(sentence, 'it', 'former', 'latter', 'both').some(
      (cue) => cue.from <= sentence.from + 4,
    );
    const isNewParagraph = paragraph !== this.#paragraph;
    if (section !== this.#section || (isNewParagraph && !refersBack)) this.#topic = NO_TOPIC;
    if (section !== this.#section) {
      this.#fractured.clear();
      this.#described.clear();
      this.#headings.clear();
    }
    this.#headings.follow(sentence);
    this.#paragraph = paragraph;
    this.#section = section;
  }

  #placeOf(said: Said, sentence: ReadSentence): Place {
    const { owner } = said;
    switch (owner.kind) {
      case 'mention':
        return this.#besideTopic(said, owner.mention, sentence) ?? placeOfMention(owner);
      case 'others':
        return 'elsewhere';
      case 'rest':
        return this.#restOf(said, owner.rest, sentence);
      case 'former':
      case 'latter':
        return this.#oneOfTwo(owner, sentence);
      case 'allBut':
        return this.#allBut(owner);
      case 'topic':
        return (
          this.#placeOfGroup(said, sentence) ??
          this.#placeOfBoth(said, sentence) ??
          this.#placeOfDescribed(sentence) ??
          this.#placeOfTopic(said, sentence)
        );
    }
  }

  #placeOfDescribed(sentence: ReadSentence): Place | undefined {
    const meant = this.#described.meantIn(sentence);
    if (meant !== 'unclear') return meant === undefined ? undefined : [meant];
    return this.#topic.kind === 'vertebrae' && this.#topic.levels.length > 1 ? undefined : 'elsewhere';
  }

  /** "No retropulsion at either level.": the fractures told so far, where they are as many as the words say. */
  #placeOfGroup(said: Said, sentence: ReadSentence): Place | undefined {
    if (said.kind !== 'value' || !isOfEach(said) || said.nth !== undefined) return undefined;
    const topic = this.#topic.kind === 'vertebrae' ? this.#topic.levels : [];
    const group = groupIn(sentence) ?? (topic.length < 2 ? wallsIn(sentence, said) : undefined);
    if (group === undefined) return undefined;
    const { count } = group;
    if (count !== undefined && topic.length === count) return topic;
    if (count === undefined && topic.length >= 2 && !group.isOfAll) return topic;
    const all = [...this.#fractured];
    if (all.length >= 2 && (count === undefined || count === all.length)) return all;
    return count !== undefined && topic.length >= 2 ? 'elsewhere' : undefined;
  }

  /** "T8: wedge. L1: wedge. Both are old.": under a single vertebra, all fractures told so far, where they are so many. */
  #placeOfBoth(said: Said, sentence: ReadSentence): Place | undefined {
    if (said.kind !== 'value' || !OF_A_FRACTURE.has(said.finding.name) || said.nth !== undefined)
      return undefined;
    if (this.#topic.kind !== 'vertebrae') return undefined;
    const all = [...this.#fractured];
    if (said.finding.name === 'aetiology' && isOfAllFractures(sentence) && all.length >= 2) return all;
    if (this.#topic.levels.length !== 1) return undefined;
    const count = countOfBoth(sentence);
    if (count === undefined) return undefined;
    return all.length === count ? all : 'elsewhere';
  }

  /** "the other two": of the fractures told so far, where they are as many as the words say. */
  #allBut({ besides, count }: Extract<Owner, { kind: 'allBut' }>): Place {
    const topic = this.#topic.kind === 'vertebrae' ? this.#topic.levels : [];
    const rest = [...new Set([...topic, ...this.#fractured])].filter((level) => !besides.includes(level));
    return rest.length > 0 && (count === undefined || count === rest.length) ? rest : 'elsewhere';
  }

  /** What is denied of "the others" may be of any vertebra; what is told of them is of the list they belong to. */
  #restOf(said: Said, rest: Rest, { mentions }: ReadSentence): Place {
    if (denies(said)) return 'elsewhere';
    const levels = levelsOfRest(
      rest,
      mentions.filter(({ to }) => to <= rest.from),
      this.#fracturedList,
      this.#topic.kind === 'vertebrae' ? this.#topic.levels : [],
    );
    return levels.length > 0 ? levels : 'elsewhere';
  }

  /** "only the T12 fracture shows oedema": the others named before show none. */
  #deniedOfTheOthers(
    said: Said,
    place: readonly Level[],
    sentence: ReadSentence,
    section: Section,
  ): readonly Placed[] {
    if (said.kind !== 'value' || said.finding.value !== true || !SAID_OF_ONE.has(said.finding.name))
      return [];
    if (said.owner.kind !== 'mention' || !isOnlyThere(sentence, said.owner.mention, said.quote)) return [];
    const { from } = said.owner.mention;
    const earlier = sentence.mentions
      .filter(({ to, kind }) => to <= from && kind === 'vertebrae')
      .flatMap(({ levels }) => levels);
    const topic = this.#topic.kind === 'vertebrae' ? this.#topic.levels : [];
    const others = new Set([...earlier, ...topic].filter((level) => !place.includes(level)));
    const denial = { ...said, finding: { ...said.finding, value: false } } as Said;
    return [...others].map((level) => ({ said: denial, level, section }));
  }

  /** Ligaments, facets and a kyphosis at the disc beside the fracture ("torn at L1-L2") are the fracture's. */
  #besideTopic(said: Said, { kind, levels }: Mention, sentence: ReadSentence): readonly Level[] | undefined {
    if (said.kind !== 'value' || !isSaidOfADisc(said, kind)) return undefined;
    const topic = this.#topic.kind === 'vertebrae' ? this.#topic.levels : [];
    const named = sentence.mentions.filter((mention) => mention.kind === 'vertebrae');
    const around = named.length > 0 ? named.flatMap((mention) => mention.levels) : topic;
    const beside = [...new Set(around)].filter((level) => levels.includes(level));
    return beside.length === 1 ? beside : undefined;
  }

  #oneOfTwo(owner: { kind: 'former' | 'latter'; at: number }, sentence: ReadSentence): Place {
    const before = sentence.mentions
      .filter(({ kind, to }) => (kind === 'vertebrae' || kind === 'outside') && to <= owner.at)
      .flatMap(({ kind, levels }): readonly (Level | undefined)[] =>
        kind === 'outside' ? [undefined] : levels,
      );
    const list: readonly (Level | undefined)[] = before.length >= 2 ? before : this.#list;
    const level = owner.kind === 'former' ? list[0] : list.at(-1);
    const isExact =
      list.length === 2 ||
      ['first', 'last'].some((word) => [owner.at, owner.at + 1].some((at) => sentence.wordAt(at) === word));
    return level === undefined || !isExact ? 'elsewhere' : [level];
  }

  #placeOfTopic(said: Said, sentence: ReadSentence): Place {
    switch (this.#topic.kind) {
      case 'none':
        return 'unnamed';
      case 'elsewhere':
        return said.kind === 'status' || cuesOf(sentence, 'fracture').length > 0 ? 'unnamed' : 'elsewhere';
      case 'vertebrae': {
        const { levels, isLabel, isFractured, isDenied } = this.#topic;
        if (said.kind === 'value' && said.ofFracturesBefore === true && !isFractured) return 'elsewhere';
        if (said.kind === 'status' && said.general === true && !isLabel) return 'unnamed';
        if (isDenied && levels.length > 1 && said.kind === 'status' && said.status !== 'absent')
          return 'unnamed';
        if (levels.length === 1 && said.kind === 'status' && isOfAllOfThem(sentence, said)) return 'unnamed';
        if (levels.length === 1 || said.nth !== undefined) return levels;
        if (isFractured && isOfTheseFractures(sentence, said)) return levels;
        return isOfSeveral(sentence, said) || speaksOfSeveral(sentence) ? levels : 'unnamed';
      }
    }
  }

  /** A sentence that names only the disc beside the fracture goes on about the fracture. */
  #isOnlyBesideTopic(named: readonly Mention[]): boolean {
    const topic = this.#topic;
    if (topic.kind !== 'vertebrae' || topic.levels.length !== 1) return false;
    return named.every(
      ({ kind, levels }) => kind === 'disc' && levels.some((level) => topic.levels.includes(level)),
    );
  }

  #leave(sentence: ReadSentence, said: readonly Said[]): void {
    const named =
      sentence.mentions.length === 0 ? [] : sentence.mentions.filter(({ kind }) => kind !== 'reference');
    if (named.length === 0) {
      if (cuesOf(sentence, 'others').length > 0) this.#topic = { kind: 'elsewhere' };
      return;
    }
    if (this.#isOnlyBesideTopic(named)) return;
    const ofFracture = named.filter((mention) =>
      said.some(
        (one) => one.kind === 'status' && one.owner.kind === 'mention' && one.owner.mention === mention,
      ),
    );
    const subjects = ofFracture.length > 0 ? ofFracture : named;
    const levels = levelsOf(subjects);
    const isLabel = named[0]?.from === sentence.from && isSetOff(sentence.tokens, named[0].to);
    this.#topic =
      levels.length > 0
        ? {
            kind: 'vertebrae',
            levels,
            isLabel,
            isFractured: ofFracture.length > 0,
            isDenied:
              ofFracture.length > 0 && said.every((one) => one.kind === 'value' || one.status === 'absent'),
          }
        : { kind: 'elsewhere' };
    if (levels.length >= 2) this.#list = levels;
    if (levels.length >= 2 && ofFracture.length > 0) this.#fracturedList = levels;
  }
}

function levelsOf(mentions: readonly Mention[]): readonly Level[] {
  const vertebrae = mentions.filter(({ kind }) => kind === 'vertebrae');
  const [only, another] = vertebrae;
  if (only === undefined) return [];
  if (another === undefined && only.levels.length === 1) return only.levels;
  return [...new Set(vertebrae.flatMap(({ levels }) => levels))];
}

/** "The fractured vertebra is L1. There is no fracture at L2. Loss of height 20 %.": an addendum goes on about L1. */
function namesNoFracture(sentence: ReadSentence, said: readonly Said[]): boolean {
  if (sentence.mentions.length === 0) return false;
  return !said.some((one) => one.kind === 'value' || one.status !== 'absent');
}

function placeOfMention({ mention }: Extract<Owner, { kind: 'mention' }>): Place {
  switch (mention.kind) {
    case 'vertebrae':
      return mention.levels;
    case 'either':
      return 'unnamed';
    case 'outside':
      return mention.unusual ? 'unnamed' : 'elsewhere';
    case 'disc':
    case 'reference':
      return 'elsewhere';
  }
}

/** What is told of the disc, or of one of two neighbours, and meant of the fracture beside it. */
function isSaidOfADisc({ finding: { name } }: SaidValue, kind: Mention['kind']): boolean {
  if (name === 'stability') return kind === 'disc';
  return (kind === 'disc' || kind === 'either') && (name === 'kyphosis' || name === 'kyphosisDegrees');
}

/** A fracture that is there, may be there, or was treated. */
function isAFracture(said: Said): boolean {
  return said.kind === 'status' && said.status !== 'absent';
}

function denies(said: Said): boolean {
  return said.kind === 'value' ? deniesAValue(said) : said.status === 'absent';
}

/** What is worth nothing without a vertebra. */
function countsNot(said: Said): boolean {
  return said.kind === 'value' ? said.near === true : said.unnamedCountsNot === true;
}
