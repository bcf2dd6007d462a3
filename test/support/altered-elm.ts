/** Rows of the published ELM, altered: turned round, or with one condition less. And the patients who would tell. */
import { and, not, or, type Truth } from '../../cds-services/vertebral-fracture/decision/three-valued.js';
import type { Elm, ElmNode } from './elm-engine.js';

/** A row with each condition that its `and`s and `or`s join, and the name under which it is asked for alone. */
export interface AlterableRow {
  readonly id: string;
  readonly expression: ElmNode;
  readonly conditions: ReadonlyMap<ElmNode, string>;
}

export interface Mutant {
  readonly row: string;
  readonly name: string;
  readonly expression: ElmNode;
  readonly conditions: ReadonlyMap<ElmNode, string>;
}

/** What is known of a patient: the answer of each row, and of each condition within one. */
interface Answered {
  readonly table: { readonly trace: Readonly<Record<string, Truth>> };
  readonly conditions: Readonly<Record<string, Truth>>;
}

export function alterableRows({ library }: Elm): readonly AlterableRow[] {
  return library.statements.def.flatMap(({ name, expression }) => {
    const id = /^Row ([\w.]+)$/.exec(name)?.[1];
    if (id === undefined) return [];
    // A row of one condition is that condition, and needs no further name.
    const named = joins(expression)
      ? conditionsOf(expression).map((one, i) => [one, `${name}, condition ${i}`] as const)
      : [[expression, name] as const];
    return [{ id, expression, conditions: new Map(named) }];
  });
}

export function mutantsOf({ id, expression, conditions }: AlterableRow): readonly Mutant[] {
  const altered = [{ type: 'Not', operand: expression }, ...withOneLess(expression)];
  return altered.map((one, i) => ({ row: id, name: `Row ${id}, change ${i}`, expression: one, conditions }));
}

/**
 * The first patients of whom each mutant answers otherwise than its row, worked out from the answers of the conditions.
 * @returns also the mutants that answer like their rows of everybody
 */
export function patientsThatTell<Patient extends Answered>(
  mutants: readonly Mutant[],
  everybody: readonly Patient[],
): { readonly patients: readonly Patient[]; readonly unnoticed: readonly Mutant[] } {
  const patients: Patient[] = [];
  const tells = (patient: Patient) => (mutant: Mutant) =>
    answerOf(mutant.expression, mutant.conditions, patient) !== patient.table.trace[mutant.row];
  let unnoticed = mutants;
  for (const patient of everybody) {
    const told = new Set(unnoticed.filter(tells(patient)));
    if (told.size === 0) continue;
    patients.push(patient);
    unnoticed = unnoticed.filter((mutant) => !told.has(mutant));
  }
  return { patients, unnoticed };
}

/** The library with further definitions of truth; what it defines itself stays. */
export function withDefinitions(
  { library }: Elm,
  wanted: readonly { readonly name: string; readonly expression: ElmNode }[],
): Elm {
  const [pattern] = library.statements.def.filter(({ name }) => name === 'Row 0.1');
  const own = new Set(library.statements.def.map(({ name }) => name));
  const further = wanted.filter(({ name }) => !own.has(name));
  const def = [
    ...library.statements.def,
    ...further.map(({ name, expression }) => ({ ...pattern, name, expression })),
  ];
  return { library: { ...library, statements: { def } } };
}

function conditionsOf(expression: ElmNode): readonly ElmNode[] {
  return joins(expression) ? sidesOf(expression).flatMap(conditionsOf) : [expression];
}

/** Every way to leave out one side of an `and` or `or` within an expression. */
function withOneLess(expression: ElmNode): readonly ElmNode[] {
  if (!joins(expression)) return [];
  const [left, right] = sidesOf(expression);
  return [
    left,
    right,
    ...withOneLess(left).map((less) => ({ ...expression, operand: [less, right] })),
    ...withOneLess(right).map((less) => ({ ...expression, operand: [left, less] })),
  ];
}

function answerOf(
  expression: ElmNode,
  conditions: ReadonlyMap<ElmNode, string>,
  { conditions: answers }: Answered,
): Truth {
  const answer = (node: ElmNode): Truth => {
    const name = conditions.get(node);
    if (name !== undefined) return answers[name] ?? 'unknown';
    if (node.type === 'Not') return not(answer(node.operand as ElmNode));
    const sides = sidesOf(node).map(answer);
    return node.type === 'And' ? and(...sides) : or(...sides);
  };
  return answer(expression);
}

function joins({ type }: ElmNode): boolean {
  return type === 'And' || type === 'Or';
}

function sidesOf({ operand }: ElmNode): [ElmNode, ElmNode] {
  return operand as [ElmNode, ElmNode];
}
