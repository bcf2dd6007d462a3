/** What a report says of each fracture, in a row of words: "T12 present 20-25, L1 possible". */
import { readReport, type ReadReport } from '../../cds-services/index.js';

type FindingName = keyof ReadReport['fractures'][number]['findings'];

/** @returns levels and statuses, with the value of one finding where it is asked for and told */
export function fracturesTold(text: string, finding?: FindingName): string {
  return readReport(text)
    .fractures.map(({ level, status, findings }) => {
      const value = finding === undefined ? undefined : findings[finding]?.value;
      return [level ?? 'none', status, ...(value === undefined ? [] : [shown(value)])].join(' ');
    })
    .join(', ');
}

function shown(value: string | boolean | { readonly min: number; readonly max: number }): string {
  return typeof value === 'object' ? `${value.min}-${value.max}` : String(value);
}
