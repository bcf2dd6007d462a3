/** Code systems by their FHIR canonical; the OID forms some EHRs send are read as the same. */
import type { CodeableConcept, Coding } from 'fhir/r4.js';
import { canonicalOf } from '../canonical.js';

export const FINDING_SYSTEM = canonicalOf('CodeSystem', 'finding');
export const ICD_10_CM = 'http://hl7.org/fhir/sid/icd-10-cm';
export const SNOMED_CT = 'http://snomed.info/sct';
export const LOINC = 'http://loinc.org';
export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const CPT = 'http://www.ama-assn.org/go/cpt';
export const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';

const SAME_SYSTEM: ReadonlyMap<string, string> = new Map([
  ['urn:oid:2.16.840.1.113883.6.90', ICD_10_CM],
  ['urn:oid:2.16.840.1.113883.6.96', SNOMED_CT],
  ['urn:oid:2.16.840.1.113883.6.1', LOINC],
  ['urn:oid:2.16.840.1.113883.6.88', RXNORM],
  ['urn:oid:2.16.840.1.113883.6.12', CPT],
  ['urn:oid:1.2.840.10008.2.16.4', DICOM],
  ['http://www.cms.gov/Medicare/Coding/ICD10', 'http://hl7.org/fhir/sid/icd-10-pcs'],
]);

/** A coding with a system and a code, the system in its canonical form. */
export interface PlainCode {
  readonly system: string;
  readonly code: string;
}

/** The usable codings of a concept; those without system or code are left to the text. */
export function codesOf(concept: CodeableConcept | undefined): readonly PlainCode[] {
  return (concept?.coding ?? []).flatMap((coding) => plainCode(coding) ?? []);
}

export function plainCode(coding: Coding | undefined): PlainCode | undefined {
  const { system, code } = coding ?? {};
  if (typeof system !== 'string' || typeof code !== 'string' || code === '') return undefined;
  const canonical = SAME_SYSTEM.get(system) ?? system;
  return { system: canonical, code: canonical === ICD_10_CM ? undotted(code) : code.trim() };
}

/** ICD-10-CM codes are compared without the dot and in upper case: EHRs write them both ways. */
export function undotted(code: string): string {
  return code.replaceAll('.', '').trim().toUpperCase();
}

/** Every text a concept carries: its own and the displays of its codings. */
export function textsOf(concept: CodeableConcept | undefined): readonly string[] {
  const displays = (concept?.coding ?? []).map((coding) => coding.display);
  return [concept?.text, ...displays].filter(
    (text): text is string => typeof text === 'string' && text !== '',
  );
}

/** What a concept says, for quoting: its first text, else its first code as written. */
export function wordsOf(concept: CodeableConcept | undefined): string | undefined {
  return (
    textsOf(concept)[0] ?? (concept?.coding ?? []).map(({ code }) => code).find((code) => code !== undefined)
  );
}
