/** A FHIR reference taken apart: `Patient/1`, an absolute URL, either with a version. */

export interface ReferenceParts {
  /** What stands before the type, without the slash between; empty for a relative reference. */
  readonly base: string;
  readonly type: string;
  readonly id: string;
}

/**
 * Takes a literal reference apart from its end, in time that grows with its length only.
 * @returns undefined for contained (`#a`) and logical references, `urn:uuid:`s, searches, and ids FHIR does not allow
 */
export function referenceParts(reference: string): ReferenceParts | undefined {
  const parts = reference.split('/');
  const versioned = parts.length >= 4 && parts.at(-2) === '_history' && parts.at(-1) !== '';
  if (versioned) parts.splice(-2);
  const [type, id] = parts.splice(-2);
  if (type === undefined || id === undefined) return undefined;
  if (!/^[A-Z][A-Za-z]+$/.test(type) || id.length > 64 || !/^[A-Za-z0-9.-]+$/.test(id)) return undefined;
  return { base: parts.join('/'), type, id };
}
