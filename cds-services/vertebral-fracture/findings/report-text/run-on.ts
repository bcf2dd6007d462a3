/** "no retropulsion canal is patent cord is normal": dictated without stops, the next statement begins where the sign before it ends. */
import type { Concept } from './concept.js';
import type { Cue } from './phrases.js';
import type { Token } from './tokens.js';
import { words } from './word-set.js';

const NORMALS: ReadonlySet<Concept> = new Set<Concept>(['canalNormal', 'cordNormal', 'caudaNormal']);
const STRUCTURES: ReadonlySet<Concept> = new Set<Concept>(['posteriorWall', 'canal', 'cord', 'cauda']);
const PREDICATES = words(`
  is are remains appears shows intact preserved patent
`);
const NOUNS = words(`
  spinal central vertebral canal cord conus cauda
`);
const SIGNS: ReadonlySet<Concept> = new Set<Concept>([
  'fracture',
  'wedgeFracture',
  'oedema',
  'oedemaSignal',
  'retropulsion',
  'canalNarrowed',
  'cordCompression',
  'caudaCompression',
  'metastaticDisease',
]);

/** @returns where a structure with a predicate of its own stands right behind a sign */
export function startsOfRunOns(tokens: readonly Token[], cues: readonly Cue<Concept>[]): readonly number[] {
  return cues.flatMap((cue, index) => {
    const before = cues[index - 1];
    if (before?.to !== cue.from || !SIGNS.has(before.concept)) return [];
    return isStatement(tokens, cue) ? [cue.from] : [];
  });
}

function isStatement(tokens: readonly Token[], { concept, from, to }: Cue<Concept>): boolean {
  if (NORMALS.has(concept)) return NOUNS.has(tokens[from]?.word ?? '');
  return STRUCTURES.has(concept) && PREDICATES.has(tokens[to]?.word ?? '');
}

const ADVICE = words(`
  correlate correlation
`);
const NO_DENIALS = words(`
  longer more significant
`);

/** True where another statement begins behind a denial: "no oedema no retropulsion", "no retropulsion correlate clinically". */
export function beginsAnew(
  {
    tokens,
    cues,
    wordAt,
  }: {
    readonly tokens: readonly Token[];
    readonly cues: readonly Cue<Concept>[];
    readonly wordAt: (at: number) => string;
  },
  at: number,
): boolean {
  const word = wordAt(at);
  if (word === 'no') return !NO_DENIALS.has(wordAt(at + 1)) && cues.some(({ from }) => from === at + 1);
  const asked = ['please', 'clinical', 'clinically'].includes(word) ? wordAt(at + 1) : word;
  if (ADVICE.has(asked)) return true;
  return cues.some((cue) => cue.from === at && isStatement(tokens, cue));
}
