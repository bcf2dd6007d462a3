/** A kept decision made again: by the version that made it, and by another. */
import { decide } from '../decision/decide.js';
import type { Truth } from '../decision/three-valued.js';
import { casesIn, type DecisionRecord } from './decision-record.js';
import type { Verdict } from './difference.js';
import { type KnowledgeVersion, withSitePolicy } from './knowledge-version.js';

export interface ReplayedRow {
  readonly id: string;
  readonly condition: string;
  /** As it was kept. */
  readonly kept: Truth | undefined;
  /** By the version that made the record. */
  readonly again: Truth;
  /** By the other version; undefined where it has no such row. */
  readonly other: Truth | undefined;
}

export interface ReplayedFracture {
  readonly levels: readonly string[];
  readonly kept: Verdict;
  readonly again: Verdict;
  readonly other: Verdict;
  readonly rows: readonly ReplayedRow[];
  /** The same outcome, by the same row, with every row as it was. */
  readonly isReproduced: boolean;
}

/** @param maker the version that made the record; what the site had changed of it is taken from the record for both */
export function replay(
  record: DecisionRecord,
  maker: KnowledgeVersion,
  other: KnowledgeVersion,
): readonly ReplayedFracture[] {
  const again = decided(record, maker);
  const otherwise = decided(record, other);
  return record.fractures.map(({ levels, outcome, rule, trace }, index) => {
    const first = again[index];
    const second = otherwise[index];
    if (first === undefined || second === undefined) throw new Error('a fracture was lost');
    const now = new Map<string, Truth>(second.trace.map((entry) => [entry.rule, entry.result]));
    const rows = first.trace.map(({ rule: id, result }): ReplayedRow => ({
      id,
      condition: maker.table.find((row) => row.id === id)?.condition ?? '',
      kept: trace[id],
      again: result,
      other: now.get(id),
    }));
    return {
      levels,
      kept: { outcome, rule },
      again: { outcome: first.outcome, rule: first.rule },
      other: { outcome: second.outcome, rule: second.rule },
      rows,
      isReproduced:
        first.outcome === outcome && first.rule === rule && rows.every((row) => row.kept === row.again),
    };
  });
}

function decided(record: DecisionRecord, version: KnowledgeVersion) {
  const { policy, table } = withSitePolicy(version, record.sitePolicy);
  return casesIn(record, policy).map((given) => decide(given, table));
}
