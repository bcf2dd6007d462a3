/** "Lumbar spine: no oedema, no retropulsion": what is denied of one region of the spine is not of a vertebra in another. */
import type { Level } from '../level.js';
import type { Span } from './context.js';
import type { ReadSentence } from './sentence.js';

export type Region = 'C' | 'T' | 'L' | 'S';

const REGIONS: Readonly<Record<string, Region>> = {
  cervical: 'C',
  thoracic: 'T',
  dorsal: 'T',
  lumbar: 'L',
  sacral: 'S',
};

/** @returns the only region named between two tokens */
function regionIn({ wordAt }: ReadSentence, from: number, to: number): Region | undefined {
  let found: Region | undefined;
  for (let at = from; at < to; at += 1) {
    const word = wordAt(at);
    const region = Object.hasOwn(REGIONS, word) ? REGIONS[word] : undefined;
    if (region === undefined) continue;
    if (found !== undefined && found !== region) return undefined;
    found = region;
  }
  return found;
}

/** Farthest a region stands behind what is said of it: "no oedema in the lumbar spine". */
const LONGEST_PLACE = 5;

/** @returns the region a statement names itself, before it in a sentence without a vertebra or right behind it */
export function regionOf(sentence: ReadSentence, { from, to }: Span): Region | undefined {
  const start = sentence.mentions.length === 0 ? sentence.from : from;
  return regionIn(sentence, start, Math.min(sentence.to, to + LONGEST_PLACE));
}

export function isWithin(level: Level, region: Region): boolean {
  return level.startsWith(region);
}

/** Follows the headings of regions ("LUMBAR SPINE:") through a report. */
export class RegionHeadings {
  #region: Region | undefined;

  get current(): Region | undefined {
    return this.#region;
  }

  clear(): void {
    this.#region = undefined;
  }

  /** A vertebra of another region told under a heading shows that the heading is only the title of the examination. */
  follow(sentence: ReadSentence): void {
    const at = sentence.wordAt(sentence.from + 1) === 'spine' ? sentence.from + 2 : sentence.from + 1;
    if (sentence.wordAt(at) === ':') this.#region = regionIn(sentence, sentence.from, sentence.from + 1);
    const region = this.#region;
    if (region === undefined) return;
    const isOutside = sentence.mentions.some(
      ({ kind, levels }) => kind === 'vertebrae' && levels.some((level) => !isWithin(level, region)),
    );
    if (isOutside) this.#region = undefined;
  }
}
