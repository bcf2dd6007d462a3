/** Which fracture an adjective belongs to: the one it stands before, or the one it is said of. */
import { beforeItsCompany } from './company.js';
import type { Owner } from './owners.js';
import type { Cue } from './phrases.js';
import { type Concept, cuesOfAny, distance, type ReadSentence, sameOwner } from './sentence.js';
import { isOfTheBody, STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

const BREAKS: ReadonlySet<string> = new Set([',', ';', 'with', '.', 'no', 'without', '(']);

/** The fracture an adjective stands before, or a predicate after. */
export function fractureOf(sentence: ReadSentence, cue: Cue<Concept>, reach = 6): Cue<Concept> | undefined {
  const fractures = cuesOfAny(sentence, STRONG_OR_WEAK).filter(
    (other) => other.from !== cue.from && isOfTheBody(sentence, other),
  );
  const after = fractures.find(
    (other) =>
      other.from >= cue.to && distance(cue, other) <= reach && !isBrokenOff(sentence, cue.to, other.from),
  );
  if (after !== undefined) return after;
  return fractures.findLast(
    (other) =>
      other.to <= cue.from &&
      distance(cue, other) <= reach + 2 &&
      sameOwner(sentence, cue, other) &&
      isPredicate(sentence, other, cue),
  );
}

/** In "old T7, T8 fractures" the comma is one of the row of vertebrae. */
function isBrokenOff(sentence: ReadSentence, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const isInARow = sentence.mentions.some((mention) => at > mention.from && at < mention.to);
    if (!isInARow && BREAKS.has(sentence.wordAt(at))) return true;
  }
  return false;
}

/** Of "Three fractures: T7 chronic, L1 acute" chronic is T7 alone, though the noun is of all: the nearer owner counts. */
export function narrower(own: Owner, ofFracture: Owner): Owner {
  return isNarrower(own, ofFracture) ? own : ofFracture;
}

export function isNarrower(own: Owner, than: Owner): boolean {
  if (own.kind === 'rest') return true;
  if (own.kind !== 'mention' || than.kind !== 'mention') return false;
  const [{ levels }, all] = [own.mention, than.mention.levels];
  return levels.length > 0 && levels.length < all.length && levels.every((level) => all.includes(level));
}

const LINKS = words(`
  is are appears remains , of in ( nature the a consistent compatible with keeping likely due secondary to
  looks most morphology appearance which both all be considered as at being represents has acute subacute
  chronic old healed and was were related - -- : well here new remote fracture vertebra vertebral body now
  still since and both age clearly with currently by contrast there however itself definitely one probably
  appearing them these those two three four soundly
  from so each every thus therefore hence )
`);

function isPredicate(sentence: ReadSentence, fracture: Cue, cue: Cue): boolean {
  const company = beforeItsCompany(sentence, cue);
  const to = company !== undefined && company >= fracture.to ? company : cue.from;
  for (let at = fracture.to; at < to; at += 1) {
    const isNamed = sentence.mentions.some((mention) => at >= mention.from && at < mention.to);
    const isMeasured = sentence.quantities.some((quantity) => at >= quantity.from && at < quantity.to);
    if (!isNamed && !isMeasured && !LINKS.has(sentence.wordAt(at))) return false;
  }
  return true;
}
