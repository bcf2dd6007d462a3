/**
 * Run-ahead: what order-select has worked out is there when the next order is chosen and when order-sign asks, as long as
 * the data is the same. Kept in memory for a short time, never written anywhere.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Hook } from '../../src/cds-hooks/service.js';
import type { Assessment } from './decision/assess.js';

/** Milliseconds that an assessment is worth: a patient's data may have changed on the ward since. */
export const WORTH_MS = 120_000;
const MOST_KEPT = 200;

/** What an assessment depends on. */
export interface AssessedData {
  readonly patientId: string;
  readonly fhirServer: string | undefined;
  readonly record: readonly unknown[];
  readonly asOf: Date;
}

export interface RunAhead {
  /** The assessment of this data: the one made ahead, or one made now by `make`. */
  readonly assessment: (hook: Hook, data: AssessedData, make: () => Assessment) => Assessment;
}

interface Kept {
  readonly assessment: Assessment;
  readonly madeAt: number;
}

/** For one configuration of a site: another one would assess the same data otherwise. */
export function createRunAhead(): RunAhead {
  const kept = new LRUCache<string, Kept>({ max: MOST_KEPT });
  return {
    assessment: (hook, data, make) => {
      if (hook === 'patient-view') return make();
      const key = keyOf(data);
      const now = data.asOf.getTime();
      const ahead = kept.get(key);
      if (ahead !== undefined && isWorth(ahead, now)) return ahead.assessment;
      const assessment = make();
      if (hook === 'order-select') kept.set(key, { assessment, madeAt: now });
      return assessment;
    },
  };
}

function isWorth({ madeAt }: Kept, now: number): boolean {
  return now >= madeAt && now - madeAt <= WORTH_MS;
}

/** The day counts too: ages are in days. */
function keyOf({ patientId, fhirServer, record, asOf }: AssessedData): string {
  const day = asOf.toISOString().slice(0, 10);
  return createHash('sha256')
    .update(JSON.stringify([patientId, fhirServer ?? null, day]))
    .update(JSON.stringify(record))
    .digest('base64');
}
