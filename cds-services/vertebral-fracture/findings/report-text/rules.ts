/** Rules in a row. A sentence holds one phrase or two of a hundred and sixty, so most rules have nothing to say of it and are not asked. */
import type { Concept } from './concept.js';
import { type ReadSentence, speaksOf } from './sentence.js';

export interface Rule<Statement> {
  /** What the rule speaks of: of a sentence that holds none of it, it says nothing. `undefined` where it finds out itself. */
  readonly of: ReadonlySet<Concept> | undefined;
  readonly saidOf: (sentence: ReadSentence) => readonly Statement[];
}

/** @param of the concepts without which the rule says nothing */
export function rule<Statement>(
  of: readonly Concept[] | undefined,
  saidOf: Rule<Statement>['saidOf'],
): Rule<Statement> {
  return { of: of && new Set(of), saidOf };
}

/** What the rules say of a sentence, one after the other. */
export function saidByRules<Statement>(
  rules: readonly Rule<Statement>[],
  sentence: ReadSentence,
): readonly Statement[] {
  const all: Statement[] = [];
  for (const { of, saidOf } of rules) {
    if (of !== undefined && !speaksOf(sentence, of)) continue;
    for (const statement of saidOf(sentence)) all.push(statement);
  }
  return all;
}
