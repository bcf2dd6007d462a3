/** What a report says of oedema, retropulsion, posterior wall and canal, in a row of short words: "T12.oed=T L1.can=0-0". */
import { readReport } from '../../cds-services/index.js';

const SHORT: Readonly<Record<string, string>> = {
  marrowOedema: 'oed',
  retropulsion: 'ret',
  posteriorWallDisrupted: 'wall',
  canalCompromisePercent: 'can',
};

/** @returns the signs of each fracture, vertebra by vertebra, sorted */
export function signsRead(text: string): readonly string[] {
  return readReport(text)
    .fractures.flatMap(({ level, findings }) =>
      Object.entries(findings).flatMap(([name, { value }]) => {
        const short = SHORT[name];
        return short === undefined ? [] : [`${level ?? 'unnamed'}.${short}=${shortened(value)}`];
      }),
    )
    .sort();
}

/** The same from a row of short words. */
export function signsOf(row: string): readonly string[] {
  return row
    .split(' ')
    .filter((word) => word !== '')
    .sort();
}

function shortened(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  const { min, max } = value as { min: number; max: number };
  return `${String(min)}-${String(max)}`;
}
