/** Data the call could not bring, in words for the card: what is missing because it was not read, not because it is not there. */
import type { KeyData, Unavailable } from '../../../src/cds-hooks/service.js';
import type { PrefetchKey } from '../prefetch.js';
import { capitalised } from './wording.js';

const NAMES: Readonly<Record<PrefetchKey, string>> = {
  patient: 'the patient',
  conditions: 'diagnoses',
  imagingStudies: 'imaging studies',
  reports: 'reports',
  imagingFindings: 'imaging and examination findings',
  measurements: 'pain score and laboratory results',
  medications: 'medication',
  allergies: 'allergies',
  procedures: 'procedures',
  encounters: 'the current stay',
};

/** Sentences such as "Imaging studies could not be read (not in time)." */
export function dataGaps(data: ReadonlyMap<string, KeyData>): readonly string[] {
  return [...data].flatMap(([key, state]) => {
    const name = key in NAMES ? NAMES[key as PrefetchKey] : key;
    if (state.state === 'unavailable') return [`${capitalised(name)}: not read (${why(state.reason)}).`];
    if (state.state === 'present' && !state.complete)
      return [`${capitalised(name)}: not all of it could be read.`];
    return [];
  });
}

function why(reason: Unavailable): string {
  switch (reason) {
    case 'not-provided':
      return 'not sent';
    case 'not-registered':
      return 'its FHIR server is not registered here';
    case 'client-failed':
      return 'the EHR could not provide it';
    case 'forbidden':
      return 'access refused';
    case 'timeout':
      return 'not in time';
    case 'failed':
      return 'the FHIR server failed';
  }
}
