/** The vertebrae this service speaks of, and how a level is read from text. */

export const LEVELS = [
  'T1',
  'T2',
  'T3',
  'T4',
  'T5',
  'T6',
  'T7',
  'T8',
  'T9',
  'T10',
  'T11',
  'T12',
  'L1',
  'L2',
  'L3',
  'L4',
  'L5',
] as const;
export type Level = (typeof LEVELS)[number];

export type Region = 'thoracic' | 'thoracolumbar' | 'lumbar';

const LEVEL_NAMES: ReadonlySet<string> = new Set(LEVELS);

export function isLevel(name: string): name is Level {
  return LEVEL_NAMES.has(name);
}

/** Position from the top of the thoracic spine, T1 = 0. */
export function positionOf(level: Level): number {
  return LEVELS.indexOf(level);
}

/** Thoracic: T1-T12; lumbar: L1-L5; thoracolumbar: the junction from T10 to L2. */
export function isInRegion(level: Level, region: Region): boolean {
  switch (region) {
    case 'thoracic':
      return level.startsWith('T');
    case 'lumbar':
      return level.startsWith('L');
    case 'thoracolumbar':
      return positionOf(level) >= positionOf('T10') && positionOf(level) <= positionOf('L2');
  }
}

const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
];

const LEVEL_TOKEN = /\b([TDL])\s?-?\s?(1[0-2]|[1-9])\b/gi;
const ORDINAL_TOKEN =
  /\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth) (thoracic|lumbar|dorsal)\b/gi;

/**
 * The vertebrae named in a short text such as a body site ("L1", "D12", "First lumbar vertebra").
 * `D` is the British and Indian letter for a thoracic (dorsal) vertebra.
 */
export function levelsInText(text: string): readonly Level[] {
  const found = new Set<Level>();
  for (const [, letter, number] of text.matchAll(LEVEL_TOKEN)) {
    addLevel(found, letter === 'L' || letter === 'l' ? `L${number ?? ''}` : `T${number ?? ''}`);
  }
  for (const [, ordinal, region] of text.matchAll(ORDINAL_TOKEN)) {
    const number = ORDINALS.indexOf((ordinal ?? '').toLowerCase()) + 1;
    addLevel(found, `${region?.toLowerCase() === 'lumbar' ? 'L' : 'T'}${number}`);
  }
  return [...found].sort((a, b) => positionOf(a) - positionOf(b));
}

function addLevel(found: Set<Level>, name: string): void {
  if (isLevel(name)) found.add(name);
}

const CERVICAL_OR_SACRAL = /\b(C[1-7]|S[1-5]|cervical|sacral|sacrum|coccyx)\b/i;

/** True when a text names a part of the spine above T1 or below L5, and no level between them. */
export function isOutsideScope(text: string): boolean {
  return CERVICAL_OR_SACRAL.test(text) && levelsInText(text).length === 0;
}
