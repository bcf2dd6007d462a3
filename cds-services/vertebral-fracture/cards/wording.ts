/** Findings and outcomes in a surgeon's words, in the language of the site. */
import type { AssumedValue } from '../decision/if-confirmed.js';
import type { MissingName } from '../decision/missing-facts.js';
import type {
  Finding,
  FindingName,
  Fracture,
  FractureFindings,
  PatientFindings,
} from '../findings/finding.js';
import type { Interval } from '../findings/interval.js';
import type { Level } from '../findings/level.js';
import type { CategoricalValue, ConfirmedName } from './texts/en.js';
import type { Texts } from './texts/texts.js';

/** A missing finding as something to do. */
export function toConfirm(name: MissingName, t: Texts): string {
  return name in t.toConfirm ? t.toConfirm[name as ConfirmedName] : t.findings[name];
}

/** "L1", "L1 and L3", "T11 or T12", "Vertebral fracture, level not recorded". */
export function whereText(fractures: readonly Pick<Fracture, 'levels'>[], t: Texts): string {
  const names = fractures.map(({ levels }) => levels.join(` ${t.or} `)).filter((name) => name !== '');
  return names.length === 0 ? t.summary.unknownLevel : listed(names, t);
}

/** "L1, L2 and L3". */
export function levelList(levels: readonly Level[], t: Texts): string {
  return listed(levels, t);
}

export function listed(parts: readonly string[], t: Texts): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${t.and} ${last}`;
}

/** "40 % height loss", "acute with oedema", "pain 8/10": what matters most first. */
export function keyFindings(
  findings: FractureFindings,
  patient: PatientFindings,
  t: Texts,
): readonly string[] {
  const parts: string[] = [];
  if (findings.morphology?.value === 'burst') parts.push(t.summary.burst);
  if (findings.heightLossPercent !== undefined) {
    parts.push(t.summary.heightLoss(intervalText(findings.heightLossPercent.value, t)));
  }
  const time = timeText(findings, t);
  if (time !== undefined) parts.push(time);
  if (patient.painScore !== undefined) parts.push(t.summary.pain(intervalText(patient.painScore.value, t)));
  return parts;
}

function timeText({ acuity, marrowOedema }: FractureFindings, t: Texts): string | undefined {
  const { withOedema, withoutOedema } = t.summary;
  const oedema = marrowOedema === undefined ? undefined : marrowOedema.value ? withOedema : withoutOedema;
  if (acuity === undefined) return oedema;
  const age = t.values[acuity.value];
  return oedema === undefined ? age : `${age} ${oedema}`;
}

/** "40", "25 to 40", "below 20", "above 80". */
export function intervalText({ min, max, minExclusive, maxExclusive }: Interval, t: Texts): string {
  if (min === max) return String(min);
  if (minExclusive === true && maxExclusive === undefined && max >= 100) return t.above(min);
  if (maxExclusive === true && min === 0) return t.below(max);
  return t.from(min, max);
}

function unitOf(name: FindingName, t: Texts): string {
  switch (name) {
    case 'heightLossPercent':
    case 'canalCompromisePercent':
      return ' %';
    case 'kyphosisDegrees':
      return ` ${t.degrees}`;
    case 'ageDays':
      return ` ${t.days}`;
    case 'painScore':
      return '/10';
    case 'plateletCount':
      return ` ${t.perVolume}`;
    default:
      return '';
  }
}

/** A finding's value with its unit, in words. */
export function valueText(
  name: FindingName,
  { value }: Finding<boolean | string | Interval>,
  t: Texts,
): string {
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (typeof value === 'string') return categorical(value, t);
  return `${intervalText(value, t)}${unitOf(name, t)}`;
}

/** Grades and types ("A3", "1b") are the same in every language. */
function categorical(value: string, t: Texts): string {
  return value in t.values ? t.values[value as CategoricalValue] : value;
}

/** "neurologically intact", "stable", "pain 8 to 10": an assumption of `ifConfirmed`. */
export function assumptionText(name: string, value: AssumedValue, t: Texts): string {
  if (typeof value === 'object') return `${nameOf(name, t)} ${intervalText(value, t)}`;
  if (typeof value === 'string') return textAssumption(name, value, t);
  switch (name) {
    case 'neurologicalDeficit':
    case 'marrowOedema':
    case 'conservativeTherapyFailed':
    case 'spineImagingDone':
    case 'posteriorWallDisrupted':
      return t.assumption[name][value ? 'yes' : 'no'];
    default:
      return value ? nameOf(name, t) : t.assumption.absent(nameOf(name, t));
  }
}

function textAssumption(name: string, value: string, t: Texts): string {
  switch (name) {
    case 'stability':
    case 'aetiology':
      return categorical(value, t);
    case 'level':
      return t.assumption.level(value);
    case 'epiduralCompressionGrade':
      return t.assumption.grade(value);
    default:
      return `${nameOf(name, t)} ${categorical(value, t)}`;
  }
}

function nameOf(name: string, t: Texts): string {
  return name in t.findings ? t.findings[name as MissingName] : name;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
