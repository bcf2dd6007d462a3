/** What ends a run, in words for whoever started it: names files, never what they hold. */
export class CohortFailure extends Error {}

/** What may be told of any error: the words of a CohortFailure, of others their code alone. */
export function toldOf(error: unknown): string {
  if (error instanceof CohortFailure) return error.message;
  if (!(error instanceof Error)) return 'unknown trouble';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
