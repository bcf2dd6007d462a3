/**
 * Bounds on parsed JSON, checked level by level before anything that recurses may touch the value:
 * JSON.parse accepts a quarter of a million nested arrays, and whatever walks them next runs out of stack.
 */
export interface JsonLimits {
  /** Objects and arrays inside each other. */
  readonly depth: number;
  /** Objects and arrays in all. */
  readonly values: number;
}

export function beyondLimits(value: unknown, limits: JsonLimits): 'too-deep' | 'too-many-values' | undefined {
  let level = nested([value]);
  let values = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    values += level.length;
    if (depth > limits.depth) return 'too-deep';
    if (values > limits.values) return 'too-many-values';
    level = level.flatMap((container) => nested(Object.values(container)));
  }
  return undefined;
}

function nested(members: readonly unknown[]): object[] {
  return members.filter((member) => typeof member === 'object' && member !== null);
}
