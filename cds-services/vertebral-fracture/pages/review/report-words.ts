/** The sentence of a report that a value was read from, with the words that say it. */
import type { FhirResource } from 'fhir/r4.js';
import type { Evidence } from '../../findings/finding.js';
import { documentsOf } from '../../findings/report-documents.js';

export interface MarkedSentence {
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

export type SentenceOf = (evidence: Evidence) => MarkedSentence | undefined;

/** Characters shown beside the words at most, on each side. */
const MOST_BESIDE = 240;

/** @param resources of the call; their reports are opened once */
export function sentencesIn(resources: readonly FhirResource[]): SentenceOf {
  const texts = new Map<string, string>();
  for (const resource of resources) {
    if (resource.resourceType !== 'DiagnosticReport') continue;
    for (const { path, text } of documentsOf(resource).documents) {
      texts.set(`DiagnosticReport/${resource.id ?? ''} ${path}`, text);
    }
  }
  return ({ resource, path, start, end }) => {
    const text = texts.get(`${resource} ${path}`);
    if (text === undefined || start === undefined || end === undefined) return undefined;
    const from = Math.max(beginOf(text, start), start - MOST_BESIDE);
    const until = Math.min(endOf(text, end), end + MOST_BESIDE);
    return { before: text.slice(from, start), words: text.slice(start, end), after: text.slice(end, until) };
  };
}

/** After the last full stop before the words, or the last empty line. */
function beginOf(text: string, start: number): number {
  const before = text.slice(0, start);
  const stop = /[.!?;]\s+(?=\S)|\n\s*\n/g;
  let begin = 0;
  for (const found of before.matchAll(stop)) begin = found.index + found[0].length;
  return begin;
}

function endOf(text: string, end: number): number {
  const found = /[.!?;](?=\s|$)|\n\s*\n/.exec(text.slice(end));
  return found === null ? text.length : end + found.index + 1;
}
