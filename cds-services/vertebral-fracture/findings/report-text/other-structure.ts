/** "Sacrum: no oedema", "SI joints: no oedema", "Discs are desiccated. No oedema.": what is said of another structure. */
import type { FractureFindingName } from '../finding.js';
import { deniesAValue, type Said } from './said.js';
import { cuesOfAny, type ReadSentence } from './sentence.js';
import { STRONG_OR_WEAK } from './status.js';
import { words } from './word-set.js';

/** Other parts of the skeleton: no sign told there is one of a vertebra. */
const REGIONS = words(`
  cervical sacrum sacral coccyx hip hips pelvis pelvic rib ribs sternum skull femur femora shoulder shoulders
  si sacroiliac ilium iliac clavicle scapula cspine c-spine chest abdomen
`);
/** What has no marrow of its own, or is told of for its own sake. */
const STRUCTURES = words(`
  disc facet modic listhesis spondylolisthesis anterolisthesis retrolisthesis joint joints soft muscle muscles
  paraspinal
`);
/** Parts of the vertebra that are not its body; a sentence behind them goes on about the fracture. */
const PARTS = words(`
  pedicle pedicles element elements process processes lamina laminae ligament ligaments pars transverse spinous
`);
const OF_A_BODY = words(`
  vertebra vertebral body marrow bone fracture thoracic lumbar
`);
const LONGEST_LEAD = 4;
const SIGNS: ReadonlySet<FractureFindingName> = new Set<FractureFindingName>([
  'marrowOedema',
  'retropulsion',
  'posteriorWallDisrupted',
  'canalCompromisePercent',
]);

type Lead = 'region' | 'structure' | 'part';

interface Opening {
  readonly is: Lead;
  readonly isLabel: boolean;
}

/**
 * @param before the sentence before it in the paragraph
 * @returns a test for statements that are of another structure the sentence, or the one before, opens with
 */
export function ofAnotherStructure(
  sentence: ReadSentence,
  before: ReadSentence | undefined,
): (said: Said) => boolean {
  const own = openingOf(sentence);
  const earlier = own === undefined && before !== undefined ? openingOf(before) : undefined;
  return (said) => {
    if (said.kind !== 'value' || said.owner.kind !== 'topic' || !SIGNS.has(said.finding.name)) return false;
    const isOedema = said.finding.name === 'marrowOedema';
    if (own !== undefined)
      return own.is === 'region' ? own.isLabel || isOedema : isOedema && (own.isLabel || own.is !== 'part');
    return earlier !== undefined && earlier.is !== 'part' && isOedema && deniesAValue(said);
  };
}

function openingOf(sentence: ReadSentence): Opening | undefined {
  const isOfAFracture = cuesOfAny(sentence, STRONG_OR_WEAK).some(isFirstOf(sentence));
  const named = sentence.mentions[0]?.from ?? sentence.to;
  const end = Math.min(named, sentence.from + LONGEST_LEAD);
  for (let at = sentence.from; at < end; at += 1) {
    const word = sentence.wordAt(at);
    if (word === ':' || word === ',' || OF_A_BODY.has(word) || DENY.has(word)) return undefined;
    const is = leadOf(word);
    if (is === undefined) continue;
    const isLabel = isLabelled(sentence, at, end);
    return isOfAFracture && !isLabel ? undefined : { is, isLabel };
  }
  return undefined;
}

const DENY = words(`
  no not without none nil
`);

function isFirstOf({ from }: ReadSentence) {
  return (cue: { from: number }) => cue.from < from + LONGEST_LEAD;
}

function leadOf(word: string): Lead | undefined {
  if (REGIONS.has(word)) return 'region';
  if (STRUCTURES.has(word)) return 'structure';
  return PARTS.has(word) ? 'part' : undefined;
}

function isLabelled({ wordAt }: ReadSentence, from: number, end: number): boolean {
  for (let at = from + 1; at <= end + 1; at += 1) if (wordAt(at) === ':') return true;
  return false;
}
