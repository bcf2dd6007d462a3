/**
 * What is wrong with a JSON value somebody sent: where, and what it should be instead.
 * Never holds the offending value itself: it may be patient data.
 */
import type { z } from 'zod';

export interface Problem {
  /** Path from the root of the JSON, such as `context.selections[0]`; empty for the root itself. */
  readonly path: string;
  /** Continues the path to a sentence: "must be a string". */
  readonly message: string;
}

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Runs a schema over a value and returns the typed value, or its problems (ten at most). */
export function parseWith<S extends z.ZodType>(schema: S, value: unknown): Parsed<z.output<S>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues
      .slice(0, 10)
      .map((issue) => ({ path: jsonPath(issue.path), message: issue.message })),
  };
}

/** `['context', 'selections', 0]` becomes `context.selections[0]`. */
export function jsonPath(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
