/** The annotated reports of fixtures/reports: loading them, and counting where the reader agrees with the annotations. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readReport, type ReadReport } from '../../cds-services/index.js';

export type Half = 'development' | 'test';

const interval = (most: number) =>
  z.strictObject({ min: z.number().min(0), max: z.number().max(most) }).refine(({ min, max }) => min <= max);

const entry = z.strictObject({
  level: z
    .string()
    .regex(/^(T([1-9]|1[0-2])|L[1-5])$/)
    .nullable(),
  status: z.enum(['present', 'possible', 'absent', 'historical']),
  heightLossPercent: interval(100).optional(),
  morphology: z.enum(['wedge', 'biconcave', 'crush', 'burst', 'pincer', 'chance', 'translation']).optional(),
  stability: z.enum(['stable', 'unstable']).optional(),
  aetiology: z.enum(['osteoporotic', 'malignant', 'traumatic']).optional(),
  acuity: z.enum(['acute', 'subacute', 'chronic', 'acute-on-chronic', 'healed']).optional(),
  marrowOedema: z.boolean().optional(),
  posteriorWallDisrupted: z.boolean().optional(),
  retropulsion: z.boolean().optional(),
  canalCompromisePercent: interval(100).optional(),
  kyphosisDegrees: interval(180).optional(),
  kyphosis: z.literal(true).optional(),
  progression: z.boolean().optional(),
  priorAugmentation: z.literal(true).optional(),
  epiduralCompressionGrade: z.enum(['0', '1a', '1b', '1c', '2', '3']).optional(),
  aoType: z.enum(['A0', 'A1', 'A2', 'A3', 'A4', 'B', 'B1', 'B2', 'B3', 'C']).optional(),
  ofType: z.enum(['1', '2', '3', '4', '5']).optional(),
  sinsScore: interval(18).optional(),
  tlicsScore: interval(10).optional(),
});

const annotation = z.strictObject({
  fractures: z.array(entry),
  patientFindings: z.strictObject({
    cordCompression: z.boolean().optional(),
    caudaEquinaCompression: z.boolean().optional(),
    metastaticDisease: z.boolean().optional(),
    osteoporosis: z.literal(true).optional(),
    activeInfection: z.literal(true).optional(),
  }),
});

export interface AnnotatedText {
  readonly name: string;
  readonly kind: 'report' | 'sentence';
  readonly text: string;
  readonly expected: z.infer<typeof annotation>;
}

/** Every report and sentence of one half, its annotation checked; none where the half is not written yet. */
export function corpus(half: Half): readonly AnnotatedText[] {
  const folder = fileURLToPath(new URL(`../../fixtures/reports/${half}/`, import.meta.url));
  if (!existsSync(folder)) return [];
  const read = (path: string) => readFileSync(folder + path, 'utf8');
  const reports = readdirSync(`${folder}reports`)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name): AnnotatedText => {
      const expected = annotation.parse(JSON.parse(read(`reports/${name.replace(/txt$/, 'json')}`)));
      return { name, kind: 'report', text: read(`reports/${name}`), expected };
    });
  const sentences = readdirSync(`${folder}sentences`)
    .sort()
    .flatMap((file) =>
      z
        .array(z.strictObject({ text: z.string(), expected: annotation }))
        .parse(JSON.parse(read(`sentences/${file}`)))
        .map(({ text, expected }, index): AnnotatedText => {
          return { name: `${file} ${index + 1}`, kind: 'sentence', text, expected };
        }),
    );
  return [...reports, ...sentences];
}

export interface Tally {
  agreed: number;
  onlyRead: number;
  onlyAnnotated: number;
}

export interface Measured {
  readonly texts: number;
  /** By finding name; `fracture` is a fracture present or possible at its level, `status …` the exact status. */
  readonly byFinding: ReadonlyMap<string, Tally>;
  /** Fracture at its level, by level. */
  readonly byLevel: ReadonlyMap<string, Tally>;
  /** Denials (absent, false, stable) the annotation does not know. */
  readonly falseDenials: number;
  readonly errors: readonly {
    readonly name: string;
    readonly text: string;
    readonly problems: readonly string[];
  }[];
}

/** Findings the annotations don't hold, as the guide does not ask for them. */
const NOT_ANNOTATED: ReadonlySet<string> = new Set(['retropulsionMillimetres', 'severeDeformity']);
/** Compared apart from the findings. */
const NO_FINDING: ReadonlySet<string> = new Set(['level', 'status']);

/** Reads every text and counts agreement: intervals by overlap, everything else by equality. */
export function measure(texts: readonly AnnotatedText[]): Measured {
  const byFinding = new Map<string, Tally>();
  const byLevel = new Map<string, Tally>();
  const errors: Measured['errors'][number][] = [];
  let falseDenials = 0;
  const tallyIn = (tallies: Map<string, Tally>, key: string) => {
    const tally = tallies.get(key) ?? { agreed: 0, onlyRead: 0, onlyAnnotated: 0 };
    tallies.set(key, tally);
    return tally;
  };
  const count = (tally: Tally, read: boolean, annotated: boolean) => {
    if (read && annotated) tally.agreed += 1;
    else if (read) tally.onlyRead += 1;
    else if (annotated) tally.onlyAnnotated += 1;
  };
  for (const { name, text, expected } of texts) {
    const problems: string[] = [];
    const report = readReport(text);
    const compare = (key: string, where: string, read: unknown, annotated: unknown) => {
      const same = agrees(read, annotated);
      count(tallyIn(byFinding, key), same || read !== undefined, same);
      if (!same && annotated !== undefined) tallyIn(byFinding, key).onlyAnnotated += 1;
      if (same) return;
      problems.push(`${where} ${key}: read ${JSON.stringify(read)}, annotated ${JSON.stringify(annotated)}`);
      if (isDenial(read) && read !== annotated) falseDenials += 1;
    };
    const levels = new Set([...report.fractures, ...expected.fractures].map(({ level }) => level));
    for (const level of levels) {
      const where = level ?? 'no level';
      const read = report.fractures.find((one) => one.level === level);
      const annotated = expected.fractures.find((one) => one.level === level);
      for (const tally of [tallyIn(byFinding, 'fracture'), tallyIn(byLevel, where)]) {
        count(tally, isFracture(read), isFracture(annotated));
      }
      for (const status of ['present', 'possible', 'absent', 'historical'] as const) {
        count(tallyIn(byFinding, `status ${status}`), read?.status === status, annotated?.status === status);
      }
      if (read?.status !== annotated?.status) {
        problems.push(
          `${where}: read ${read?.status ?? 'nothing'}, annotated ${annotated?.status ?? 'nothing'}`,
        );
        if (read?.status === 'absent') falseDenials += 1;
      }
      for (const [key, one, other] of findingPairs(read, annotated)) compare(key, where, one, other);
    }
    const signs = new Set([...Object.keys(report.patientFindings), ...Object.keys(expected.patientFindings)]);
    for (const sign of signs as Set<keyof ReadReport['patientFindings']>) {
      compare(sign, 'patient', report.patientFindings[sign]?.value, expected.patientFindings[sign]);
    }
    if (problems.length > 0) errors.push({ name, text, problems });
  }
  return { texts: texts.length, byFinding, byLevel, falseDenials, errors };
}

type Entry = z.infer<typeof entry>;

function* findingPairs(
  read: ReadReport['fractures'][number] | undefined,
  annotated: Entry | undefined,
): Generator<[string, unknown, unknown]> {
  const own: Readonly<Record<string, { readonly value: unknown } | undefined>> = read?.findings ?? {};
  const expected: Readonly<Record<string, unknown>> = annotated ?? {};
  for (const key of new Set([...Object.keys(own), ...Object.keys(expected)])) {
    if (!NOT_ANNOTATED.has(key) && !NO_FINDING.has(key)) yield [key, own[key]?.value, expected[key]];
  }
}

function isFracture(one: { readonly status: string } | undefined): boolean {
  return one?.status === 'present' || one?.status === 'possible';
}

function isDenial(value: unknown): boolean {
  return value === false || value === 'stable';
}

const span = z.object({ min: z.number(), max: z.number() });

function agrees(read: unknown, annotated: unknown): boolean {
  const [a, b] = [span.safeParse(read), span.safeParse(annotated)];
  if (a.success && b.success) return a.data.min <= b.data.max && b.data.min <= a.data.max;
  return read !== undefined && read === annotated;
}

export function precision({ agreed, onlyRead }: Tally): number {
  return agreed / (agreed + onlyRead);
}
export function recall({ agreed, onlyAnnotated }: Tally): number {
  return agreed / (agreed + onlyAnnotated);
}
export function f1({ agreed, onlyRead, onlyAnnotated }: Tally): number {
  return (2 * agreed) / (2 * agreed + onlyRead + onlyAnnotated);
}
