/**
 * Prefetch templates: FHIR queries with tokens such as `{{context.patientId}}`.
 */
import type { HookContext } from './service.js';

const token = /\{\{([^{}]*)\}\}/g;

/**
 * Puts the values of the context into a template, URL-encoded.
 * Only members of the first level with a primitive value can be used, as in CDS Hooks 2.0.1;
 * undefined when a token has no value in this context.
 */
export function fillTemplate(template: string, context: HookContext): string | undefined {
  const values = new Map<string, unknown>(Object.entries(context));
  values.delete('hook');
  const filled = template.replace(token, (whole, inside: string) => {
    const path = inside.trim();
    const value = path.startsWith('context.') ? values.get(path.slice('context.'.length)) : undefined;
    const isPrimitive = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPrimitive ? encoded(String(value)) : whole;
  });
  return filled.includes('{{') ? undefined : filled;
}

/** The slash of a reference such as `Practitioner/1` separates path segments and stays. */
function encoded(value: string): string {
  return value.split('/').map(encodeURIComponent).join('/');
}

/** What a query asks for: one resource by its id, or a search over a type. */
export interface QueryKind {
  readonly kind: 'instance' | 'search';
  readonly resourceType: string;
}

/** Reads the kind off a query or a template: everything without `?` that names an instance is a read. */
export function queryKind(query: string): QueryKind {
  const [path = ''] = query.split('?', 1);
  const [resourceType = '', id] = path.split('/');
  const isInstance = id !== undefined && id !== '' && !query.includes('?');
  return { kind: isInstance ? 'instance' : 'search', resourceType };
}
