/** Data the call could not bring, in words for the card: what is missing because it was not read, not because it is not there. */
import type { KeyData } from '../../../src/cds-hooks/service.js';
import type { PrefetchKey } from '../prefetch.js';
import type { Texts } from './texts/texts.js';
import { capitalised } from './wording.js';

/** Sentences such as "Imaging studies: not read (not in time)." The role of the user is no fact about the patient. */
export function dataGaps(data: ReadonlyMap<string, KeyData>, t: Texts): readonly string[] {
  return [...data].flatMap(([key, state]) => {
    if (key === 'userRoles') return [];
    const name = capitalised(key in t.gaps ? t.gaps[key as PrefetchKey] : key);
    if (state.state === 'unavailable') return [t.notRead(name, t.whyUnavailable[state.reason])];
    if (state.state === 'present' && !state.complete) return [t.notAllRead(name)];
    return [];
  });
}
