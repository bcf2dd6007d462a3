/** Whether MR or CT shows each fracture: which studies are recent enough and cover the vertebra. */
import type { Policy } from '../policy.js';
import { speaksOfFracture } from './catalogue.js';
import type { Finding } from './finding.js';
import { onsetOfFracture } from './fracture-findings.js';
import { type ImagingContext, isCrossSectional, shows, startOf, type Study } from './imaging.js';
import type { Reading } from './reading.js';
import { dayOf } from './time.js';
import type { JoinedFracture } from './which-fractures.js';

/** Studies by MR or CT that show this fracture and were taken since it happened. */
export function studiesOfFracture(
  fracture: JoinedFracture,
  imaging: ImagingContext,
  readings: readonly Reading[],
  asOf: number,
  policy: Policy,
): readonly Study[] {
  return imaging.studies.filter(
    (study) =>
      isCrossSectional(study) &&
      isRecent(study, fracture, asOf, policy) &&
      (isOfVertebra(study, fracture) || describes(study, fracture, readings)),
  );
}

function isRecent(study: Study, fracture: JoinedFracture, asOf: number, policy: Policy): boolean {
  const start = startOf(study);
  if (start === undefined) return false;
  const onset = onsetOfFracture(fracture);
  if (onset !== undefined) return dayOf(start.latest) >= dayOf(onset.earliest);
  return dayOf(asOf) - dayOf(start.earliest) <= policy.imagingCurrentDays;
}

function isOfVertebra(study: Study, fracture: JoinedFracture): boolean {
  if (study.regions.size === 0) return false;
  return fracture.levels.length === 0 || fracture.levels.some((level) => shows(study, level));
}

/**
 * A study without a body site shows the vertebra when findings of it derive from the study,
 * or were recorded within a day of it without naming a study.
 */
function describes(study: Study, fracture: JoinedFracture, readings: readonly Reading[]): boolean {
  const start = startOf(study);
  return readings.some((reading) => {
    if (!fracture.readings.includes(reading) || !speaksOfFracture(reading.statement.finding)) return false;
    if (reading.study !== undefined) return reading.study === study.key;
    const { at } = reading.statement;
    return (
      study.regions.size === 0 &&
      at !== undefined &&
      start !== undefined &&
      Math.abs(dayOf(at) - dayOf(start.earliest)) <= 1
    );
  });
}

/** Recent MR or CT of the spine, where no fracture is known that it could be of. */
export function recentSpineStudies(imaging: ImagingContext, asOf: number, policy: Policy): readonly Study[] {
  return imaging.studies.filter((study) => {
    const start = startOf(study);
    if (!isCrossSectional(study) || study.regions.size === 0 || start === undefined) return false;
    return dayOf(asOf) - dayOf(start.earliest) <= policy.imagingCurrentDays;
  });
}

/** The finding that spine imaging is done, with the studies as evidence. */
export function imagingFinding(studies: readonly Study[]): Finding<boolean> | undefined {
  const distinct = [...new Map(studies.map((study) => [study.key, study])).values()];
  if (distinct.length === 0) return undefined;
  return {
    value: true,
    evidence: distinct.map((study) => ({
      resource: study.key,
      path: 'modality',
      ...(study.started !== undefined && { date: study.started }),
      quote: [...study.modalities].join(', '),
    })),
  };
}
