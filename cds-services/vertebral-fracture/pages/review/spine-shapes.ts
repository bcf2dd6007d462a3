/** How each vertebra is drawn: where it stands, and the outline of its body after what is known of the fracture. Pure geometry. */
import type { Fracture, Morphology } from '../../findings/finding.js';
import type { Interval } from '../../findings/interval.js';
import { type Level, LEVELS } from '../../findings/level.js';

export interface DrawnVertebra {
  readonly level: Level;
  /** Points of the outline in the units of the drawing; the front of the body is on the left. */
  readonly outline: string;
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly fracture?: Fracture;
}

/** Units of the drawing. */
export const drawing = { width: 285, height: 590 };

const FIRST_TOP = 12;
const GAP = 5;
const LABEL_SPACE = 34;

/** Bodies grow from T1 to L5; the curve is a hint of kyphosis above and lordosis below. */
function sizeOf(index: number): { readonly width: number; readonly height: number; readonly shift: number } {
  const share = index / (LEVELS.length - 1);
  return {
    width: 52 + 30 * share,
    height: 23 + 12 * share,
    shift: 16 * Math.sin(share * Math.PI * 1.9),
  };
}

/** Every vertebra from T1 to L5. Of a pair of levels that is not told apart both are marked. */
export function drawnSpine(fractures: readonly Fracture[]): readonly DrawnVertebra[] {
  let top = FIRST_TOP;
  return LEVELS.map((level, index) => {
    const { width, height, shift } = sizeOf(index);
    const left = LABEL_SPACE + 20 + shift;
    const fracture = fractures.find(({ levels }) => levels.includes(level));
    const drawn: DrawnVertebra = {
      level,
      outline: outlineOf({ left, top, width, height }, fracture),
      top,
      left,
      width,
      height,
      ...(fracture !== undefined && { fracture }),
    };
    top += height + GAP;
    return drawn;
  });
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The middle of what is known; a little for a fracture whose loss nobody stated, so that it can be seen. */
function lossOf({ findings }: Fracture): number {
  const value: Interval | undefined = findings.heightLossPercent?.value;
  return value === undefined ? 0.12 : (value.min + Math.min(value.max, 100)) / 200;
}

function outlineOf(box: Box, fracture: Fracture | undefined): string {
  if (fracture === undefined) return points(box, 0, 0, 0);
  const loss = lossOf(fracture);
  const shape: Morphology | undefined = fracture.findings.morphology?.value;
  switch (shape) {
    case 'wedge':
    case 'chance':
      return points(box, loss, loss / 2, 0);
    case 'biconcave':
    case 'pincer':
      return points(box, 0, loss, 0);
    case 'crush':
    case 'translation':
    case undefined:
      return points(box, loss, loss, loss);
    case 'burst':
      return points(box, loss, loss, loss * 0.7, 6);
    default:
      return shape satisfies never;
  }
}

/** Front, middle and back lose their share from above; a burst body is also pushed back into the canal. */
function points(box: Box, front: number, middle: number, back: number, bulge = 0): string {
  const { left, top, width, height } = box;
  const bottom = top + height;
  const right = left + width;
  const at = (share: number) => top + height * Math.min(share, 0.92);
  const corners = [
    [left, at(front)],
    [left + width / 2, at(middle)],
    [right, at(back)],
    [right + bulge, (at(back) + bottom) / 2],
    [right, bottom],
    [left, bottom],
  ];
  return corners.map((corner) => corner.map((one) => Math.round(one * 10) / 10).join(',')).join(' ');
}
