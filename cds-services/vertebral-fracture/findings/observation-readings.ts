/** Observations and their components, read as statements about findings. */
import type { CodeableConcept, Observation } from 'fhir/r4.js';
import type { Policy } from '../policy.js';
import { catalogue, type ObservedName } from './catalogue.js';
import { withImplications, genantHeightLoss } from './derived-statements.js';
import type { Evidence, FindingName } from './finding.js';
import type { ImagingContext } from './imaging.js';
import { levelsOf } from './body-site.js';
import { wordsOf } from './code-systems.js';
import { type LocalCodes, recognise, type Recognised } from './observation-code.js';
import { observedValue, valueAsRecorded, type ValueHolder } from './observed-value.js';
import type { PatientRecord } from './patient-record.js';
import type { Reading } from './reading.js';
import { statement, type Statement, type ValueOf } from './statement.js';
import { dayOf, momentOf, momentOfPeriod } from './time.js';
import { fold, matches } from './words.js';
import { lexicon } from '../knowledge.js';

const FINAL: ReadonlySet<string> = new Set(['final', 'amended', 'corrected', 'appended']);

/** False for registered, preliminary and partial results. */
export function isFinal({ status }: { readonly status: string }): boolean {
  return FINAL.has(status);
}

/** What a code observed and where, before it becomes statements. */
interface Observed {
  readonly recognised: Recognised;
  readonly holder: ValueHolder;
  readonly path: string;
}

/** Every statement the record's Observations make, in the order of the record. */
export function observationReadings(
  record: PatientRecord,
  imaging: ImagingContext,
  localCodes: LocalCodes,
  policy: Policy,
): readonly Reading[] {
  return record.observations.flatMap((observation) =>
    readingsOf(observation, record, imaging, localCodes, policy),
  );
}

function readingsOf(
  observation: Observation,
  record: PatientRecord,
  imaging: ImagingContext,
  localCodes: LocalCodes,
  policy: Policy,
): readonly Reading[] {
  const seen = observed(observation, localCodes);
  if (seen.length === 0) return [];
  const study = imaging.studyOf(observation);
  const date = dateOf(observation, study?.started);
  const levels = levelsOf(observation.bodySite, observation.code);
  return seen.flatMap(({ recognised, holder, path }) => {
    const component = observation.component?.find((candidate) => candidate === holder);
    const own = component === undefined ? [] : levelsOf(undefined, component.code);
    const levelsHere = own.length > 0 ? own : levels;
    const quote = quoteOf(recognised, component?.code ?? observation.code, holder);
    const evidence: Evidence = {
      resource: `Observation/${observation.id ?? '(no id)'}`,
      path,
      ...(date !== undefined && { date: date.text }),
      ...(quote !== undefined && { quote }),
      ...(!isFinal(observation) && { status: observation.status }),
    };
    const trust = { final: isFinal(observation), at: date?.latest };
    return statementsOf(recognised, holder, evidence, trust)
      .flatMap((made) => agedUntil(made, record.asOf))
      .filter((made) => !isBlindTo(made, study?.modalities))
      .flatMap((made) => withImplications(made, policy))
      .map((made) => ({
        statement: made,
        level: levelsHere.length === 1 ? levelsHere[0] : undefined,
        ambiguous: levelsHere.length > 1,
        focus: (observation.focus ?? []).flatMap((reference) => record.keyOf(reference) ?? []),
        study: study?.key,
      }));
  });
}

/** The value as recorded; with the words of the code where the words are what was recognised. */
function quoteOf({ byWords }: Recognised, code: CodeableConcept, holder: ValueHolder): string | undefined {
  const value = valueAsRecorded(holder);
  return value === undefined || !byWords ? value : `${wordsOf(code) ?? ''}: ${value}`;
}

function observed(observation: Observation, localCodes: LocalCodes): readonly Observed[] {
  const own = recognise(observation.code, localCodes);
  const components = (observation.component ?? []).flatMap((component, index) => {
    const recognised = recognise(component.code, localCodes);
    return recognised === undefined
      ? []
      : [{ recognised, holder: component, path: `component[${index}].${valuePath(component)}` }];
  });
  return own === undefined
    ? components
    : [{ recognised: own, holder: observation, path: valuePath(observation) }, ...components];
}

function valuePath(holder: ValueHolder): string {
  return Object.keys(holder).find((key) => key.startsWith('value')) ?? 'value';
}

/** The day the image was taken if known, else when it was observed. */
function dateOf(observation: Observation, started: string | undefined) {
  return (
    momentOf(started) ??
    momentOf(observation.effectiveDateTime) ??
    momentOfPeriod(observation.effectivePeriod) ??
    momentOf(observation.effectiveInstant) ??
    momentOf(observation.issued)
  );
}

/** An age was right on the day it was recorded; the fracture has grown older since. Undated, it says nothing. */
function agedUntil(made: Statement, asOf: number): readonly Statement[] {
  if (made.finding !== 'ageDays' || typeof made.value !== 'object') return [made];
  if (made.at === undefined) return [];
  const since = Math.max(0, dayOf(asOf) - dayOf(made.at));
  return [{ ...made, value: { ...made.value, min: made.value.min + since, max: made.value.max + since } }];
}

/** "No oedema" counts only where oedema could have been seen: on MR, or by scintigraphy. */
export function isBlindTo(made: Statement, modalities: ReadonlySet<string> | undefined): boolean {
  if (made.finding !== 'marrowOedema' || made.value !== false) return false;
  if (modalities === undefined || modalities.size === 0) return false;
  return !['MR', 'NM', 'ST', 'PT'].some((modality) => modalities.has(modality));
}

function statementsOf(
  { finding, inverse }: Recognised,
  holder: ValueHolder,
  evidence: Evidence,
  trust: { final: boolean; at: number | undefined },
): readonly Statement[] {
  switch (finding) {
    case 'genantGrade': {
      const grade = observedValue(holder, { kind: 'quantity', least: 0, most: 3, units: ['{score}', '1'] });
      const loss =
        typeof grade === 'object' && grade.min === grade.max ? genantHeightLoss(grade.min) : undefined;
      if (loss === undefined) return [];
      const graded = { ...evidence, derived: 'Genant grade' };
      return [statement('heightLossPercent', loss, graded, { ...trust, measured: false })];
    }
    case 'asiaImpairmentScale': {
      const grade = observedValue(holder, { kind: 'choice', choices: ['A', 'B', 'C', 'D', 'E'] });
      return typeof grade === 'string'
        ? [statement('neurologicalDeficit', grade !== 'E', { ...evidence, derived: `AIS ${grade}` }, trust)]
        : [];
    }
    case 'neurologicalExamination': {
      const isAbnormal = examinationIsAbnormal(holder);
      return isAbnormal === undefined ? [] : [statement('neurologicalDeficit', isAbnormal, evidence, trust)];
    }
    case 'fracturePresence':
      return [];
    default:
      return ofCatalogue(finding, inverse, holder, evidence, trust);
  }
}

/** The result of an examination in words; anything but a plain "normal" or "abnormal" says nothing. */
function examinationIsAbnormal(holder: ValueHolder): boolean | undefined {
  const words = fold(valueAsRecorded(holder) ?? '');
  const { normal, abnormal } = lexicon.neurologicalExamination;
  if (matches(words, normal)) return false;
  return matches(words, abnormal) ? true : undefined;
}

function ofCatalogue(
  finding: FindingName,
  inverse: boolean,
  holder: ValueHolder,
  evidence: Evidence,
  trust: { final: boolean; at: number | undefined },
): readonly Statement[] {
  const value = observedValue(holder, catalogue[finding].value);
  if (value === undefined) return [];
  // The catalogue's kind and the finding's value type belong together by its declaration.
  const stated = (inverse && typeof value === 'boolean' ? !value : value) as ValueOf<FindingName>;
  return [statement(finding, stated, evidence, trust)];
}

/** Observations that say a vertebra is fractured without describing it (RadElement presence). */
export function fracturePresences(
  record: PatientRecord,
  localCodes: LocalCodes,
): readonly { readonly code: CodeableConcept | undefined; readonly observation: Observation }[] {
  const isPresence = (name: ObservedName | undefined) => name === 'fracturePresence';
  return record.observations
    .filter((observation) => isPresence(recognise(observation.code, localCodes)?.finding))
    .filter((observation) => observedValue(observation, { kind: 'yes-no', danger: true }) === true)
    .map((observation) => ({ code: observation.code, observation }));
}
