/**
 * An export cut into shares for so many readers: each a run of whole lines in the order of the files, so that the shares,
 * one behind the other, are the export again.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { type InputFile, isCompressed, sizeUnpacked } from './inputs.js';

/** Bytes `from` to before `to` of a file: whole lines. */
export interface Stretch {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** Compressed files are not cut: the share in which one begins has the whole of it. */
export function cutInto(files: readonly InputFile[], shares: number): readonly (readonly Stretch[])[] {
  const whole = files.reduce((sum, file) => sum + sizeUnpacked(file), 0);
  const cut: Stretch[][] = Array.from({ length: shares }, () => []);
  let before = 0;
  for (const file of files) {
    const size = sizeUnpacked(file);
    const shareAt = (place: number) =>
      Math.min(shares - 1, Math.floor((place * shares) / Math.max(1, whole)));
    const last = isCompressed(file.path) ? shareAt(before) : shareAt(before + size);
    let from = 0;
    for (let share = shareAt(before); share <= last; share += 1) {
      const end = Math.ceil(((share + 1) * whole) / shares) - before;
      const to = share === last ? file.bytes : lineStartAt(file, Math.max(from, end));
      if (to > from) cut[share]?.push({ path: file.path, from, to });
      from = to;
    }
    before += size;
  }
  return cut;
}

const lookedAt = 1 << 16;
const LINE_END = 0x0a;

/** Where the first line begins that begins at this place or behind it; the end of the file where none does. */
function lineStartAt({ path, bytes }: InputFile, place: number): number {
  if (place === 0 || place >= bytes) return Math.min(place, bytes);
  const buffer = Buffer.alloc(lookedAt);
  const file = openSync(path, 'r');
  try {
    for (let at = place - 1; at < bytes; at += lookedAt) {
      const read = readSync(file, buffer, 0, lookedAt, at);
      const end = buffer.subarray(0, read).indexOf(LINE_END);
      if (end !== -1) return at + end + 1;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
