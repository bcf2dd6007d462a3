/** Everything that is disclosed of the knowledge, as one object for machines: use, limits, validation, rows, thresholds, sources. */
import { decisionTable } from '../decision/decide.js';
import type { Row } from '../decision/row.js';
import { sources } from '../knowledge.js';
import { knowledgeVersion, publishedPolicy } from '../policy.js';
import { knowledgeHash } from '../versions/knowledge-hash.js';
import { disclosure } from './disclosure.js';

/** The same for every site: what it has changed stands on its own page. */
export const knowledgeFile = {
  knowledgeVersion,
  knowledgeHash,
  date: publishedPolicy.date,
  intendedUse: disclosure.intendedUse,
  intendedUsers: disclosure.intendedUsers,
  population: disclosure.population,
  exclusions: disclosure.exclusions,
  inputs: disclosure.inputs,
  logic: disclosure.logic,
  limits: disclosure.limits,
  validation: disclosure.validation,
  sourceAttributes: disclosure.sourceAttributes,
  versions: disclosure.versions,
  rows: decisionTable.map(({ id, condition, effect, advice, sources: named }) => ({
    id,
    condition,
    effect: effectOf(effect),
    ...(advice !== undefined && { advice }),
    sources: named,
  })),
  thresholds: Object.entries(publishedPolicy.values).map(([name, threshold]) => ({ name, ...threshold })),
  sources: Object.entries(sources).map(([id, source]) => ({ id, ...source })),
};
export type KnowledgeFile = typeof knowledgeFile;

/** A word for what a row does; the outcome where it decides. */
function effectOf(effect: Row['effect']): string {
  switch (effect.kind) {
    case 'decide':
      return effect.outcome;
    case 'warn':
      return `warns: ${effect.text}`;
    case 'go-on':
      return 'goes on';
    default:
      return effect satisfies never;
  }
}
