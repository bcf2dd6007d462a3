/** Several sources on one finding become one: final before preliminary, newer before older, measured before graded; contradictions are kept. */
import { catalogue } from './catalogue.js';
import type { Evidence, Finding, FindingName } from './finding.js';
import { areDisjoint, areEqual, hull, intersection, type Interval } from './interval.js';
import type { Statement, ValueOf } from './statement.js';
import { dayOf } from './time.js';

/** The finding the statements amount to; undefined without statements. */
export function merge<Name extends FindingName>(
  name: Name,
  statements: readonly Statement[],
): Finding<ValueOf<Name>> | undefined {
  const about = statements.filter((statement) => statement.finding === name);
  if (about.length === 0) return undefined;
  const ranked = [...about].sort((a, b) => compare(a, b));
  const best = ranked[0];
  if (best === undefined) return undefined;
  const equals = ranked.filter(
    (other) => other.standing || compare(best, other) === 0 || isNewerDanger(other, best),
  );
  const { value, conflict } = reconcile(name, equals, ranked);
  const agreeing = ranked.filter(
    (statement) => conflict || isSame(statement.value, value) || equals.includes(statement),
  );
  return {
    value: value as ValueOf<Name>,
    evidence: distinct(agreeing.map((statement) => statement.evidence)),
    ...(conflict && { conflict }),
  };
}

/** Merges every finding of the list; those nobody stated are absent. */
export function mergeAll<Name extends FindingName>(
  names: readonly Name[],
  statements: readonly Statement[],
): { readonly [K in Name]?: Finding<ValueOf<K>> } {
  const merged: { [K in Name]?: Finding<ValueOf<K>> } = {};
  for (const name of names) {
    const finding = merge(name, statements);
    if (finding !== undefined) merged[name] = finding;
  }
  return merged;
}

/** Negative when `a` is the better source. */
function compare(a: Statement, b: Statement): number {
  if (a.final !== b.final) return a.final ? -1 : 1;
  const [timeA, timeB] = [timeOf(a), timeOf(b)];
  if (timeA !== timeB) return timeB - timeA;
  if (a.measured !== b.measured) return a.measured ? -1 : 1;
  return 0;
}

/** Images compare by day, everything else by the moment; undated comes last. */
function timeOf(statement: Statement): number {
  if (statement.at === undefined) return -1;
  return catalogue[statement.finding].imaging ? dayOf(statement.at) : statement.at;
}

/** A preliminary result newer than the final one can't clear a danger, but it can raise one. */
function isNewerDanger(other: Statement, best: Statement): boolean {
  return !other.final && best.final && timeOf(other) >= timeOf(best) && isDanger(other);
}

function isDanger({ finding, value }: Statement): boolean {
  const { value: kind } = catalogue[finding];
  if (kind.kind === 'yes-no') return value === kind.danger;
  return finding === 'stability' && value === 'unstable';
}

function reconcile(
  name: FindingName,
  equals: readonly Statement[],
  all: readonly Statement[],
): { value: Statement['value']; conflict: boolean } {
  const kind = catalogue[name].value;
  const values = equals.map((statement) => statement.value);
  switch (kind.kind) {
    case 'yes-no':
      return {
        value: values.includes(kind.danger) ? kind.danger : !kind.danger,
        conflict: new Set(values).size > 1,
      };
    case 'choice': {
      const distinctValues = new Set(values);
      if (distinctValues.size > 1 && name === 'aetiology') return { value: 'mixed', conflict: true };
      // An old fracture that one calls healed and another chronic is healed: neither says otherwise.
      if (distinctValues.size === 2 && distinctValues.has('healed') && distinctValues.has('chronic')) {
        return { value: 'healed', conflict: false };
      }
      const worst = kind.choices.find((option) => (distinctValues as ReadonlySet<unknown>).has(option));
      return { value: (worst ?? values[0]) as Statement['value'], conflict: distinctValues.size > 1 };
    }
    case 'quantity':
      return reconcileIntervals(values as Interval[], equals, all);
  }
}

function reconcileIntervals(
  values: readonly Interval[],
  equals: readonly Statement[],
  all: readonly Statement[],
): { value: Interval; conflict: boolean } {
  const [first, ...rest] = values;
  if (first === undefined) throw new Error('nothing to reconcile');
  let value = first;
  let conflict = false;
  for (const next of rest) {
    if (areDisjoint(value, next)) conflict = true;
    value = conflict ? hull(value, next) : intersection(value, next);
  }
  return { value, conflict: conflict || isContradictedByGrade(value, equals, all) };
}

/** A measured value that lies outside the grade of the same images. */
function isContradictedByGrade(
  value: Interval,
  equals: readonly Statement[],
  all: readonly Statement[],
): boolean {
  const best = equals[0];
  if (best?.measured !== true) return false;
  return all.some(
    (other) =>
      !other.measured &&
      other.final === best.final &&
      timeOf(other) === timeOf(best) &&
      areDisjoint(value, other.value as Interval),
  );
}

function isSame(a: Statement['value'], b: Statement['value']): boolean {
  if (typeof a === 'object' && typeof b === 'object') return areEqual(a, b);
  return a === b;
}

function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  const seen = new Map(evidence.map((one) => [`${one.resource} ${one.path} ${one.quote ?? ''}`, one]));
  return [...seen.values()];
}
