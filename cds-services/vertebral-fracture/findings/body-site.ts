/** Body sites and code texts as vertebrae or regions of the spine. */
import type { CodeableConcept } from 'fhir/r4.js';
import { bodyStructures } from '../knowledge.js';
import { codesOf, SNOMED_CT, textsOf } from './code-systems.js';
import { isLevel, isOutsideScope, type Level, levelsInText, positionOf, type Region } from './level.js';

const LEVEL_BY_CODE: ReadonlyMap<string, Level> = new Map(
  Object.entries(bodyStructures.vertebrae).flatMap(([level, code]) =>
    isLevel(level) ? [[code, level]] : [],
  ),
);
const REGION_BY_CODE: ReadonlyMap<string, Region> = new Map(Object.entries(bodyStructures.regions));

/** SNOMED CT code of a vertebra, for body sites this service writes. */
export function codeOfLevel(level: Level): string {
  return bodyStructures.vertebrae[level] ?? '';
}

/** Vertebrae a body site names; where it names none, those its code's text names. */
export function levelsOf(
  bodySite: CodeableConcept | readonly CodeableConcept[] | undefined,
  code: CodeableConcept | undefined,
): readonly Level[] {
  const sites = bodySite === undefined ? [] : isList(bodySite) ? bodySite : [bodySite];
  const fromSites = distinct(sites.flatMap(levelsOfConcept));
  return fromSites.length > 0 ? fromSites : distinct(textsOf(code).flatMap(levelsInText));
}

function isList(value: CodeableConcept | readonly CodeableConcept[]): value is readonly CodeableConcept[] {
  return Array.isArray(value);
}

function levelsOfConcept(concept: CodeableConcept): readonly Level[] {
  const coded = codesOf(concept).flatMap(({ system, code }) =>
    system === SNOMED_CT ? (LEVEL_BY_CODE.get(code) ?? []) : [],
  );
  return coded.length > 0 ? coded : textsOf(concept).flatMap(levelsInText);
}

function distinct(levels: readonly Level[]): readonly Level[] {
  return [...new Set(levels)].sort((a, b) => positionOf(a) - positionOf(b));
}

/** Region a coded body structure stands for; `whole` for spine or vertebra. */
export function regionOfCode(code: string): Region | 'whole' | undefined {
  return bodyStructures.wholeSpine.includes(code) ? 'whole' : REGION_BY_CODE.get(code);
}

/** True when a body site lies above T1 or below L5. */
export function isOutside(sites: readonly CodeableConcept[]): boolean {
  return sites.length > 0 && sites.every((site) => textsOf(site).some(isOutsideScope));
}
