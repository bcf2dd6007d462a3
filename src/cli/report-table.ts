/** What the reader took from a report, as lines for people. */
import type { ReadReport } from '../../cds-services/index.js';

/** A line for each fracture, and under it each finding with the words it was read from. */
export function reportTable({ fractures, patientFindings, numberingUncertain }: ReadReport): string {
  const lines: string[] = [];
  for (const { level, status, evidence, findings } of fractures) {
    lines.push(`${level ?? 'level not named'}: fracture ${status}${said(evidence)}`);
    lines.push(...Object.entries(findings).map(([name, found]) => line(name, found)));
  }
  if (fractures.length === 0) lines.push('No fracture of a thoracic or lumbar vertebra is named.');
  const ofPatient = Object.entries(patientFindings);
  if (ofPatient.length > 0) lines.push('Patient:', ...ofPatient.map(([name, found]) => line(name, found)));
  if (numberingUncertain.length > 0) {
    lines.push(`Numbering of the vertebrae is uncertain${said(numberingUncertain)}`);
  }
  return lines.join('\n');
}

interface Found {
  readonly value: unknown;
  readonly evidence: readonly { readonly quote: string }[];
}

function line(name: string, { value, evidence }: Found): string {
  return `  ${name}: ${shown(value)}${said(evidence)}`;
}

function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object' || value === null) return String(value);
  const { min, max } = value as { min: number; max: number };
  return min === max ? String(min) : `${min} to ${max}`;
}

function said(evidence: readonly { readonly quote: string }[]): string {
  const quotes = evidence.map(({ quote }) => `"${quote.replace(/\s+/g, ' ')}"`);
  return quotes.length === 0 ? '' : ` (${quotes.join(', ')})`;
}
