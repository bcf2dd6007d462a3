/** An assessment as a table for people at a terminal. */

/** The part of the assessment JSON the table shows. */
export interface ShownAssessment {
  readonly knowledgeVersion: string;
  readonly asOf: string;
  readonly patient: { readonly id: string; readonly ageYears?: number; readonly sex?: string };
  readonly patientFindings: ShownFindings;
  readonly fractures: readonly ShownFracture[];
  readonly notUsed: readonly { readonly resource: string; readonly reason: string }[];
  readonly stale: readonly { readonly finding: string; readonly resource: string; readonly date?: string }[];
  readonly unreadReports: readonly string[];
}

interface ShownFracture {
  readonly levels: readonly string[];
  readonly findings: ShownFindings;
  readonly outcome: string;
  readonly rule: string;
  readonly indicator: string;
  readonly advice: string;
  readonly missing: readonly string[];
  readonly ifConfirmed?: readonly {
    readonly assume: object;
    readonly outcome: string;
    readonly rule: string;
  }[];
  readonly warnings: readonly { readonly rule: string; readonly text: string }[];
  readonly notes: readonly { readonly text: string }[];
}

type ShownFindings = Readonly<
  Record<
    string,
    {
      readonly value: unknown;
      readonly conflict?: true;
      readonly evidence: readonly {
        readonly resource: string;
        readonly date?: string;
        readonly derived?: string;
      }[];
    }
  >
>;

/** Lines of the table, ready to print. */
export function assessmentTable(assessment: ShownAssessment): string {
  const { patient, fractures } = assessment;
  const lines = [
    `Patient ${patient.id}${patient.ageYears === undefined ? '' : `, ${patient.ageYears} years`}${patient.sex === undefined ? '' : `, ${patient.sex}`}   as of ${assessment.asOf}   knowledge ${assessment.knowledgeVersion}`,
    '',
    ...(fractures.length === 0 ? ['No vertebral fracture found in this record.', ''] : []),
    ...fractures.flatMap(fractureLines),
    ...section('Patient', findingLines(assessment.patientFindings)),
    ...section(
      'Too old to count',
      assessment.stale.map(
        ({ finding, resource, date }) =>
          `${finding}  ${resource}${date === undefined ? ', no date' : `, ${date}`}`,
      ),
    ),
    ...section(
      'Not used',
      assessment.notUsed.map(({ resource, reason }) => `${resource}  ${reason}`),
    ),
    ...section(
      'Reports whose text was not read',
      assessment.unreadReports.map((report) => report),
    ),
  ];
  return lines.join('\n').trimEnd();
}

function fractureLines(fracture: ShownFracture): readonly string[] {
  const where = fracture.levels.length === 0 ? 'Level not known' : fracture.levels.join(' or ');
  return [
    `${where}: ${fracture.outcome}   (rule ${fracture.rule}, ${fracture.indicator})`,
    `  ${fracture.advice}`,
    ...(fracture.missing.length === 0 ? [] : [`  Missing: ${fracture.missing.join(', ')}`]),
    ...(fracture.ifConfirmed ?? []).map(
      ({ assume, outcome, rule }) => `  If ${assumptions(assume)}: ${outcome} (${rule})`,
    ),
    ...fracture.warnings.map(({ text, rule }) => `  ! ${text} (${rule})`),
    ...fracture.notes.map(({ text }) => `  - ${text}`),
    ...findingLines(fracture.findings),
    '',
  ];
}

function assumptions(assume: object): string {
  return Object.entries(assume)
    .map(([name, value]) => `${name} = ${shown(value)}`)
    .join(' and ');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : [title, ...lines.map((line) => (line.startsWith('  ') ? line : `  ${line}`)), ''];
}

function findingLines(findings: ShownFindings): readonly string[] {
  const rows = Object.entries(findings).map(([name, { value, conflict, evidence }]) => [
    name,
    `${shown(value)}${conflict === true ? ' (conflict)' : ''}`,
    evidence
      .map(({ resource, date, derived }) =>
        [resource, date?.slice(0, 10), derived].filter((part) => part !== undefined).join(', '),
      )
      .join('; '),
  ]);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(
    ([name = '', value = '', source = '']) =>
      `  ${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${source}`,
  );
}

function shown(value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'object' && value !== null && 'min' in value && 'max' in value) {
    return value.min === value.max ? String(value.min) : `${String(value.min)} to ${String(value.max)}`;
  }
  return String(value);
}
