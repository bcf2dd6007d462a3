/** Clinical and verification status of a Condition, and when it began. */
import type { Condition, Quantity } from 'fhir/r4.js';
import { type Moment, momentOf, momentWithin } from './time.js';

const NO_LONGER_ACTIVE: ReadonlySet<string> = new Set(['resolved', 'inactive', 'remission']);
const NOT_CONFIRMED: ReadonlySet<string> = new Set(['unconfirmed', 'provisional', 'differential']);

/** False for resolved, inactive, remission; without a status, an abatement ends it. */
export function isActive(condition: Condition): boolean {
  const codes = (condition.clinicalStatus?.coding ?? []).flatMap((coding) => coding.code ?? []);
  if (codes.length > 0) return !codes.some((code) => NO_LONGER_ACTIVE.has(code));
  return (
    condition.abatementDateTime === undefined &&
    condition.abatementPeriod === undefined &&
    condition.abatementAge === undefined &&
    condition.abatementString === undefined
  );
}

export function isUnconfirmed(condition: Condition): boolean {
  return (condition.verificationStatus?.coding ?? []).some(
    (coding) => coding.code !== undefined && NOT_CONFIRMED.has(coding.code),
  );
}

const UCUM_YEARS: ReadonlySet<string> = new Set(['a', 'year', 'years', 'yr', 'y']);

/** When the Condition began; recordedDate is not used, it only says when somebody wrote it down. */
export function onsetOf(condition: Condition, birthDate: string | undefined): Moment | undefined {
  return (
    momentOf(condition.onsetDateTime) ??
    momentWithin(condition.onsetPeriod) ??
    onsetByAge(condition.onsetAge, condition.onsetAge, birthDate) ??
    onsetByAge(condition.onsetRange?.low, condition.onsetRange?.high, birthDate)
  );
}

type AgeLike = Pick<Quantity, 'value' | 'unit' | 'code'>;

function onsetByAge(
  low: AgeLike | undefined,
  high: AgeLike | undefined,
  birthDate: string | undefined,
): Moment | undefined {
  const birth = momentOf(birthDate);
  if (birth === undefined || low?.value === undefined || high?.value === undefined) return undefined;
  if (!UCUM_YEARS.has(low.code ?? low.unit ?? '') || !UCUM_YEARS.has(high.code ?? high.unit ?? ''))
    return undefined;
  return {
    earliest: addYears(birth.earliest, low.value),
    // Until the end of the day before the next birthday.
    latest: addYears(birth.latest, high.value + 1) - MS_PER_DAY,
    text: `age ${low.value}`,
  };
}

const MS_PER_DAY = 86_400_000;

function addYears(ms: number, years: number): number {
  const date = new Date(ms);
  return date.setUTCFullYear(date.getUTCFullYear() + Math.floor(years));
}
