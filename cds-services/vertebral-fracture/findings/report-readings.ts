/** Imaging reports, and observations that are report text, read as statements about fractures and about the patient. */
import type { DiagnosticReport, ImagingStudy, Observation } from 'fhir/r4.js';
import type { Policy } from '../policy.js';
import { catalogue } from './catalogue.js';
import { codesOf, textsOf } from './code-systems.js';
import { withImplications } from './derived-statements.js';
import type { Evidence, FractureFindingName, PatientFindingName } from './finding.js';
import type { FractureClaim } from './fracture-claim.js';
import { type ImagingContext, isSpineReport, regionsInText, type Study } from './imaging.js';
import type { Level } from './level.js';
import { type LocalCodes, recognise } from './observation-code.js';
import { isBlindTo, isFinal } from './observation-readings.js';
import type { PatientRecord } from './patient-record.js';
import type { Reading } from './reading.js';
import { documentsOf } from './report-documents.js';
import { readOrRemembered } from './read-lately.js';
import type { Quote, ReadReport, ReportedFracture } from './report-text/read-report.js';
import { statement, type Statement } from './statement.js';
import { containsAny, fold } from './words.js';
import { lexicon } from '../knowledge.js';
import { dayOf, type Moment, momentOf, momentOfPeriod } from './time.js';

/** What the texts of the record say. */
export interface FromText {
  readonly readings: readonly Reading[];
  /** Vertebrae called fractured; doubtful ones need confirmation. */
  readonly fractured: readonly { readonly level: Level; readonly doubtful: boolean }[];
  /** A fracture whose vertebra no text names. */
  readonly claims: readonly FractureClaim[];
  /** Vertebrae the newest text that speaks of them calls not fractured. */
  readonly denied: readonly Level[];
  /** Cement told of, by vertebra, with where it is told. */
  readonly cement: readonly { readonly level: Level; readonly evidence: Evidence }[];
  /** Words that make the numbers of the vertebrae uncertain. */
  readonly numbering: readonly Evidence[];
  readonly unread: readonly string[];
  /** Vertebrae that the description or note of a study calls fractured: too weak to make a fracture, enough to place one. */
  readonly hinted: readonly Level[];
}

/** One text, with where it came from. */
interface SourceText {
  readonly resource: string;
  readonly path: string;
  readonly status: string;
  readonly issued: number;
  readonly study: Study | undefined;
  readonly date: Moment | undefined;
  /** Texts with the same key are one report of one examination. */
  readonly examination: string;
  /** An addendum or correction outranks the report it belongs to. */
  readonly isCorrection: boolean;
  readonly report: ReadReport;
}

/** Reads every text of the record that reports imaging. */
export function reportReadings(
  record: PatientRecord,
  imaging: ImagingContext,
  localCodes: LocalCodes,
  policy: Policy,
): FromText {
  const { texts, unread } = sourceTexts(record, imaging, localCodes);
  const examinations = byExamination([...texts].sort(bestFirst));
  const said = examinations.flatMap(saidOfExamination);
  const newestFirst = [...said].sort((a, b) => timeOf(b.text) - timeOf(a.text));
  const readings = said.flatMap((one) => readingsOf(one, policy));
  return {
    readings: [...readings, ...patientReadings(examinations, record.asOf, policy)],
    fractured: fracturedIn(newestFirst),
    claims: newestFirst.flatMap(claimWithoutLevel),
    denied: deniedIn(newestFirst),
    cement: said.flatMap(({ text, fracture }) => cementAt(text, fracture)),
    numbering: texts.flatMap((text) =>
      text.report.numberingUncertain.map((quote) => evidenceOf(text, quote)),
    ),
    unread,
    hinted: hintedIn(record.imagingStudies),
  };
}

/** Characters of reports read in one record; a hundred long reports hold less, and what is older is named as unread. */
const MOST_TEXT = 1_000_000;

function newestFirst(a: DiagnosticReport, b: DiagnosticReport): number {
  return (b.issued ?? b.effectiveDateTime ?? '').localeCompare(a.issued ?? a.effectiveDateTime ?? '');
}

function hintedIn(studies: readonly ImagingStudy[]): readonly Level[] {
  const texts = studies.flatMap(({ description, note = [], series = [] }) => [
    description,
    ...note.map(({ text }) => text),
    ...series.map((one) => one.description),
  ]);
  const short = texts.filter(
    (text): text is string => typeof text === 'string' && text.length <= LONGEST_HINT,
  );
  const fractures = short.flatMap((text) => readOrRemembered(text).fractures).filter(isFracture);
  return [...new Set(fractures.flatMap(({ level }) => level ?? []))];
}

/** Characters of a description or note. */
const LONGEST_HINT = 2_000;

function sourceTexts(
  record: PatientRecord,
  imaging: ImagingContext,
  localCodes: LocalCodes,
): { texts: readonly SourceText[]; unread: readonly string[] } {
  const unread: string[] = [];
  let length = 0;
  const reports = [...record.reports]
    .filter((report) => isOfImaging(report))
    .sort(newestFirst)
    .flatMap((report) => {
      const { documents, isPartlyUnread } = documentsOf(report);
      const resource = `DiagnosticReport/${report.id ?? '(no id)'}`;
      length += documents.reduce((sum, { text }) => sum + text.length, 0);
      const isTooMuch = length > MOST_TEXT;
      if (isPartlyUnread || isTooMuch) unread.push(resource);
      if (isTooMuch) return [];
      const study = studyOfReport(report, record, imaging);
      return documents.map(({ path, text }) => sourceText(report, resource, path, text, study));
    });
  const observations = record.observations.flatMap((observation) => {
    const study = imaging.studyOf(observation);
    const text = observation.valueString;
    if (study === undefined || text === undefined || !isProse(observation, text, localCodes)) return [];
    return [
      sourceText(observation, `Observation/${observation.id ?? '(no id)'}`, 'valueString', text, study),
    ];
  });
  return { texts: [...reports, ...observations], unread };
}

function sourceText(
  resource: DiagnosticReport | Observation,
  key: string,
  path: string,
  text: string,
  study: Study | undefined,
): SourceText {
  const own =
    momentOf(resource.effectiveDateTime) ??
    momentOfPeriod(resource.effectivePeriod) ??
    momentOf(resource.issued);
  const date = momentOf(study?.started) ?? own;
  return {
    resource: key,
    path,
    status: resource.status,
    issued: momentOf(resource.issued)?.latest ?? own?.latest ?? 0,
    study,
    date,
    examination: study?.key ?? key,
    isCorrection: ['amended', 'corrected', 'appended'].includes(resource.status),
    report: readOrRemembered(text),
  };
}

/** Final before preliminary, a correction before what it corrects, newer before older. */
function bestFirst(a: SourceText, b: SourceText): number {
  return (
    Number(isFinal(b)) - Number(isFinal(a)) ||
    Number(b.isCorrection) - Number(a.isCorrection) ||
    b.issued - a.issued
  );
}

function byExamination(texts: readonly SourceText[]): readonly (readonly SourceText[])[] {
  const groups = new Map<string, SourceText[]>();
  for (const text of texts) groups.set(text.examination, [...(groups.get(text.examination) ?? []), text]);
  return [...groups.values()];
}

interface SaidOfVertebra {
  readonly text: SourceText;
  readonly fracture: ReportedFracture;
}

/** Several reports of one examination are one: what the best of them says of a vertebra counts, the others add. */
function saidOfExamination(texts: readonly SourceText[]): readonly SaidOfVertebra[] {
  const known = new Map<string, { status: ReportedFracture['status']; resource: string }>();
  const told = new Set<string>();
  const said: SaidOfVertebra[] = [];
  for (const text of texts) {
    for (const fracture of text.report.fractures) {
      const level = fracture.level ?? '';
      const before = known.get(level);
      const isSameReport = before?.resource === text.resource;
      if (before !== undefined && !isSameReport && before.status !== fracture.status) continue;
      known.set(level, before ?? { status: fracture.status, resource: text.resource });
      const findings = Object.fromEntries(
        Object.entries(fracture.findings).filter(([name]) => isSameReport || !told.has(`${level} ${name}`)),
      );
      said.push({ text, fracture: { ...fracture, findings } });
    }
    for (const fracture of text.report.fractures) {
      for (const name of Object.keys(fracture.findings)) told.add(`${fracture.level ?? ''} ${name}`);
    }
  }
  return said;
}

function isFracture({ status }: ReportedFracture): boolean {
  return status === 'present' || status === 'possible';
}

function readingsOf({ text, fracture }: SaidOfVertebra, policy: Policy): readonly Reading[] {
  if (!isFracture(fracture)) return [];
  return (Object.keys(fracture.findings) as FractureFindingName[]).flatMap((name) => {
    const found = fracture.findings[name];
    const [quote] = found?.evidence ?? [];
    if (found === undefined || quote === undefined || name === 'priorAugmentation') return [];
    // An angle says more than the word: a kyphosis of 8 degrees is none that matters.
    if (name === 'kyphosis' && fracture.findings.kyphosisDegrees !== undefined) return [];
    const made = statement(name, found.value, evidenceOf(text, quote), {
      final: isFinal(text),
      at: text.date?.latest,
      measured: isMeasured(name, quote),
    });
    if (isBlindTo(made, text.study?.modalities)) return [];
    return withImplications(made, policy).map((one) => reading(one, fracture.level ?? undefined, text));
  });
}

/** Words ("mild", "Genant 2") stand for a span; a number was measured. */
function isMeasured(name: FractureFindingName, { quote }: Quote): boolean {
  return catalogue[name].value.kind !== 'quantity' || (/\d/.test(quote) && !/genant|grade/i.test(quote));
}

function reading(made: Statement, level: Level | undefined, text: SourceText): Reading {
  return { statement: made, level, ambiguous: false, focus: [], study: text.study?.key };
}

function evidenceOf(text: SourceText, { quote, start, end }: Quote): Evidence {
  return {
    resource: text.resource,
    path: text.path,
    ...(text.date !== undefined && { date: text.date.text }),
    quote: quote.replace(/\s+/g, ' ').slice(0, LONGEST_QUOTE),
    start,
    end,
    ...(!isFinal(text) && { status: text.status }),
  };
}

/** Characters of a quote on a card. */
const LONGEST_QUOTE = 200;

function timeOf({ date }: SourceText): number {
  return date?.latest ?? -1;
}

function fracturedIn(newestFirst: readonly SaidOfVertebra[]): FromText['fractured'] {
  const levels = new Map<Level, boolean>();
  for (const { text, fracture } of newestFirst) {
    if (fracture.level === null || !isFracture(fracture)) continue;
    const doubtful = fracture.status === 'possible' || !isFinal(text);
    levels.set(fracture.level, (levels.get(fracture.level) ?? true) && doubtful);
  }
  return [...levels].map(([level, doubtful]) => ({ level, doubtful }));
}

/** "No acute fracture" of an old one aside, the newest word on a vertebra that denies its fracture. */
function deniedIn(newestFirst: readonly SaidOfVertebra[]): readonly Level[] {
  const seen = new Set<Level>();
  return newestFirst.flatMap(({ fracture }) => {
    const { level, status } = fracture;
    if (level === null || status === 'historical' || seen.has(level)) return [];
    seen.add(level);
    return status === 'absent' ? [level] : [];
  });
}

function claimWithoutLevel({ text, fracture }: SaidOfVertebra): readonly FractureClaim[] {
  const [quote] = fracture.evidence;
  if (fracture.level !== null || quote === undefined || !isFracture(fracture)) return [];
  return [
    {
      source: text.resource,
      path: text.path,
      quote: evidenceOf(text, quote).quote ?? '',
      date: text.date?.text,
      levels: [],
      isPair: false,
      region: undefined,
      outsideScope: false,
      morphology: undefined,
      stability: undefined,
      aetiology: undefined,
      active: true,
      unconfirmed: fracture.status === 'possible' || !isFinal(text),
      onset: undefined,
      history: false,
    },
  ];
}

function cementAt(text: SourceText, { level, findings }: ReportedFracture): FromText['cement'] {
  const [quote] = findings.priorAugmentation?.evidence ?? [];
  return level === null || quote === undefined ? [] : [{ level, evidence: evidenceOf(text, quote) }];
}

type Sign = keyof ReadReport['patientFindings'];

/** What a sign of the patient means for the decision. A compressed cord asks for an examination; a free one is none. */
const MEANS: Readonly<Record<Sign, PatientFindingName>> = {
  cordCompression: 'suspectedNeurologicalDeficit',
  caudaEquinaCompression: 'suspectedNeurologicalDeficit',
  metastaticDisease: 'malignancy',
  osteoporosis: 'osteoporosis',
  activeInfection: 'activeInfection',
};
/** Diseases that stay; the other signs are those of the day. */
const LASTING: ReadonlySet<Sign> = new Set(['metastaticDisease', 'osteoporosis']);

/** Only what is stated as there counts, and for signs of the day only in the newest text that speaks of them. */
function patientReadings(
  examinations: readonly (readonly SourceText[])[],
  asOf: number,
  policy: Policy,
): readonly Reading[] {
  const texts = examinations.flat().sort((a, b) => timeOf(b) - timeOf(a) || bestFirst(a, b));
  return (Object.keys(MEANS) as Sign[]).flatMap((sign) => {
    const about = texts.filter(({ report }) => report.patientFindings[sign] !== undefined);
    const counted = LASTING.has(sign)
      ? about
      : about.slice(0, 1).filter((text) => isRecent(text, asOf, policy));
    return counted.flatMap((text) => {
      const found = text.report.patientFindings[sign];
      const [quote] = found?.evidence ?? [];
      if (found?.value !== true || quote === undefined || isGraded(sign, text)) return [];
      const made = statement(
        MEANS[sign],
        true,
        { ...evidenceOf(text, quote), derived: DERIVED[sign] },
        {
          final: isFinal(text),
          at: text.date?.latest,
          standing: LASTING.has(sign),
        },
      );
      return [reading(made, undefined, text)];
    });
  });
}

/** A grade of epidural compression says more than "compression", and has a row of its own. */
function isGraded(sign: Sign, { report }: SourceText): boolean {
  return (
    sign === 'cordCompression' &&
    report.fractures.some(({ findings }) => findings.epiduralCompressionGrade !== undefined)
  );
}

const DERIVED: Readonly<Record<Sign, string>> = {
  cordCompression: 'cord compression on imaging',
  caudaEquinaCompression: 'cauda equina compression on imaging',
  metastaticDisease: 'metastases or myeloma on imaging',
  osteoporosis: 'said in an imaging report',
  activeInfection: 'spinal infection on imaging',
};

function isRecent({ date }: SourceText, asOf: number, policy: Policy): boolean {
  return date === undefined || dayOf(asOf) - dayOf(date.latest) <= policy.imagingCurrentDays;
}

/** Reports tied to imaging by their study, by their code, or by words of their name or category; one without any name too. */
function isOfImaging(report: DiagnosticReport): boolean {
  if ((report.imagingStudy ?? []).length > 0 || isSpineReport(report)) return true;
  const names = [report.code, ...(report.category ?? [])].flatMap(textsOf);
  if (names.length === 0) return codesOf(report.code).length === 0;
  return names.some(
    (name) => regionsInText(name).length > 0 || containsAny(fold(name), lexicon.imagingReports),
  );
}

function studyOfReport(
  report: DiagnosticReport,
  record: PatientRecord,
  imaging: ImagingContext,
): Study | undefined {
  const keys = (report.imagingStudy ?? []).flatMap((reference) => record.keyOf(reference) ?? []);
  return imaging.studies.find(({ key }) => keys.includes(key));
}

/** Fewest words that are read as prose. */
const FEWEST_WORDS = 3;

/** Text of an observation whose code names no finding of its own. */
function isProse(observation: Observation, text: string, localCodes: LocalCodes): boolean {
  return (
    recognise(observation.code, localCodes) === undefined && text.trim().split(' ').length >= FEWEST_WORDS
  );
}
