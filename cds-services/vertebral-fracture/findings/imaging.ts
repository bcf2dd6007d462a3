/** What was imaged, when, and of which part of the spine; and to which study an Observation belongs. */
import type { CodeableConcept, Coding, DiagnosticReport, ImagingStudy, Observation } from 'fhir/r4.js';
import { lexicon } from '../knowledge.js';
import { codesOf, textsOf } from './code-systems.js';
import { regionOfCode } from './body-site.js';
import { isInRegion, type Level, positionOf, type Region } from './level.js';
import type { PatientRecord } from './patient-record.js';
import { type Moment, momentOf } from './time.js';
import { shippedValueSets } from './value-sets.js';
import { containsAny, fold } from './words.js';

export interface Study {
  /** `ImagingStudy/id`. */
  readonly key: string;
  readonly started: string | undefined;
  readonly modalities: ReadonlySet<string>;
  /** Parts of the spine it is known to show. */
  readonly regions: ReadonlySet<Region | 'whole'>;
}

export interface ImagingContext {
  readonly studies: readonly Study[];
  readonly studyOf: (observation: Observation) => Study | undefined;
}

/** Indexes the studies and the ways an Observation is tied to one: derivedFrom, partOf, or the report that lists it. */
export function imagingContext(record: PatientRecord): ImagingContext {
  const studies = new Map(
    record.imagingStudies.map((study) => [`ImagingStudy/${study.id ?? ''}`, studyOf(study)]),
  );
  const byObservation = observationsOfReports(record);
  return {
    studies: [...studies.values()],
    studyOf: (observation) => {
      const direct = [...(observation.derivedFrom ?? []), ...(observation.partOf ?? [])];
      for (const key of [
        ...direct.map((reference) => record.keyOf(reference)),
        byObservation.get(`Observation/${observation.id ?? ''}`),
      ]) {
        const study = key === undefined ? undefined : studies.get(key);
        if (study !== undefined) return study;
      }
      return undefined;
    },
  };
}

function observationsOfReports(record: PatientRecord): ReadonlyMap<string, string> {
  const studyOfObservation = new Map<string, string>();
  for (const report of record.reports) {
    const study = firstStudy(report, record);
    if (study === undefined) continue;
    for (const result of report.result ?? []) {
      const key = record.keyOf(result);
      if (key !== undefined) studyOfObservation.set(key, study);
    }
  }
  return studyOfObservation;
}

function firstStudy(report: DiagnosticReport, record: PatientRecord): string | undefined {
  return (report.imagingStudy ?? [])
    .map((reference) => record.keyOf(reference))
    .find((key) => key !== undefined);
}

function studyOf(study: ImagingStudy): Study {
  const series = study.series ?? [];
  const modalities = [...(study.modality ?? []), ...series.map((one) => one.modality)];
  return {
    key: `ImagingStudy/${study.id ?? ''}`,
    started: study.started ?? series.map((one) => one.started).find((started) => started !== undefined),
    modalities: new Set(modalities.flatMap((modality: Coding | undefined) => modality?.code ?? [])),
    regions: regionsOf(study),
  };
}

function regionsOf(study: ImagingStudy): ReadonlySet<Region | 'whole'> {
  const regions = new Set<Region | 'whole'>();
  const series = study.series ?? [];
  for (const site of series.map((one) => one.bodySite)) {
    const region = site?.code === undefined ? undefined : regionOfCode(site.code);
    if (region !== undefined) regions.add(region);
  }
  const texts = [
    study.description,
    ...series.flatMap((one) => [one.description, one.bodySite?.display, one.bodySite?.code]),
    ...(study.procedureCode ?? []).flatMap((code: CodeableConcept) => textsOf(code)),
  ];
  for (const text of texts)
    if (typeof text === 'string') for (const region of regionsInText(text)) regions.add(region);
  if (
    regions.size === 0 &&
    (study.procedureCode ?? []).some((code) => shippedValueSets.codeIn('spine-imaging', code) !== undefined)
  ) {
    regions.add('whole');
  }
  return regions;
}

/** Regions of the spine a study's description names; `whole` when it only says spine. */
export function regionsInText(text: string): readonly (Region | 'whole')[] {
  const folded = fold(text);
  const named: (Region | 'whole')[] = [];
  if (containsAny(folded, lexicon.wholeSpine)) named.push('whole');
  if (containsAny(folded, lexicon.thoracolumbarSpine)) named.push('thoracolumbar');
  if (containsAny(folded, lexicon.thoracicSpine)) named.push('thoracic');
  if (containsAny(folded, lexicon.lumbarSpine)) named.push('lumbar');
  if (named.length === 0 && / (spine|tlspine|tl spine) /.test(folded)) named.push('whole');
  return named;
}

const CROSS_SECTIONAL = ['MR', 'CT'];

/** True for MR or CT, the imaging the article decides from. */
export function isCrossSectional(study: Study): boolean {
  return CROSS_SECTIONAL.some((modality) => study.modalities.has(modality));
}

/**
 * True when the study shows the level. The field of view of a lumbar study reaches up to T11,
 * that of a thoracic study down to L1; a thoracolumbar one is taken to show both regions.
 */
export function shows(study: Study, level: Level): boolean {
  return [...study.regions].some((region) => {
    switch (region) {
      case 'whole':
      case 'thoracolumbar':
        return true;
      case 'lumbar':
        return positionOf(level) >= positionOf('T11');
      case 'thoracic':
        return positionOf(level) <= positionOf('L1') || isInRegion(level, 'thoracic');
    }
  });
}

export function startOf(study: Study): Moment | undefined {
  return momentOf(study.started);
}

/** True for a report of spine imaging, by its code; used where no ImagingStudy is recorded. */
export function isSpineReport(report: DiagnosticReport): boolean {
  return (
    codesOf(report.code).length > 0 && shippedValueSets.codeIn('spine-imaging', report.code) !== undefined
  );
}
