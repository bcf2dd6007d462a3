/**
 * Reads the audit trail: all of it, a span of time, or what concerns one patient.
 */
import type { Database } from '../../database/open-database.js';

export interface AuditQuery {
  /** From then on. */
  readonly from?: Date;
  /** Before then. */
  readonly to?: Date;
  /** Id of a patient, and the client (with its tenant where it has several) whose patient that is. */
  readonly patient?: string;
  readonly client?: string;
}

const slice = 1000;

/** The events as JSON, oldest first. */
export async function* auditEvents(
  { tables, pseudonym }: Database,
  { from, to, patient, client }: AuditQuery,
): AsyncGenerator<string> {
  // The trail knows patients by their hash alone; a hash is long enough to be looked for as text.
  const hash = patient === undefined ? undefined : pseudonym('patient', client, patient);
  for (let after = 0; ;) {
    let query = tables.selectFrom('audit').select(['seq', 'event']).where('seq', '>', after);
    if (from !== undefined) query = query.where('recorded_at', '>=', from.toISOString());
    if (to !== undefined) query = query.where('recorded_at', '<', to.toISOString());
    if (hash !== undefined) query = query.where('event', 'like', `%"${hash}"%`);
    const rows = await query.orderBy('seq').limit(slice).execute();
    for (const { event } of rows) yield event;
    const last = rows.at(-1);
    if (last === undefined || rows.length < slice) return;
    after = last.seq;
  }
}
