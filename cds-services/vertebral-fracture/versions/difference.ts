/** Who would be advised otherwise by another version, and by which row. */
import { casesOf } from '../decision/assess.js';
import { decide, type Decision } from '../decision/decide.js';
import type { Case } from '../decision/facts.js';
import type { RecordFindings } from '../findings/finding.js';
import { casesIn, type DecisionRecord } from './decision-record.js';
import { type KnowledgeVersion, withSitePolicy } from './knowledge-version.js';

/** What a version says of a fracture; nothing where it sees none. */
export interface Verdict {
  readonly outcome: string;
  readonly rule: string;
}

/** One fracture under both versions. */
export interface Difference {
  /** Which patient: what the caller calls it. */
  readonly subject: string;
  readonly levels: readonly string[];
  readonly from: Verdict;
  readonly to: Verdict;
  /** Rows that are judged otherwise, in the order of the table. */
  readonly turnedRows: readonly string[];
}

/** Each fracture of a kept decision under both versions; the site's own thresholds hold in both. */
export function compareRecord(
  subject: string,
  record: DecisionRecord,
  from: KnowledgeVersion,
  to: KnowledgeVersion,
): readonly Difference[] {
  return compare(subject, from, to, (version) => {
    const own = withSitePolicy(version, record.sitePolicy);
    return judged(casesIn(record, own.policy), own);
  });
}

/**
 * Each fracture of a whole record under both versions. Some thresholds say how old a value may be, so that the findings
 * are gathered for each.
 * @param gather what is found in the record under the thresholds of a version
 */
export function compareFindings(
  subject: string,
  gather: (version: KnowledgeVersion) => RecordFindings,
  from: KnowledgeVersion,
  to: KnowledgeVersion,
): readonly Difference[] {
  return compare(subject, from, to, (version) => judged(casesOf(gather(version), version.policy), version));
}

/** An outcome that is another one; the same outcome by another row is none. */
export function isTurned({ from, to }: Difference): boolean {
  return from.outcome !== to.outcome;
}

interface Judged {
  readonly levels: readonly string[];
  readonly decision: Decision;
}

/** By vertebra; of several without a level, by their order. */
function judged(cases: readonly Case[], { table }: KnowledgeVersion): ReadonlyMap<string, Judged> {
  const found = new Map<string, Judged>();
  for (const given of cases) {
    const { levels } = given.fracture;
    let key = levels.join('-');
    while (found.has(key)) key = `${key}+`;
    found.set(key, { levels, decision: decide(given, table) });
  }
  return found;
}

const NONE: Verdict = { outcome: 'no-fracture', rule: '-' };

function compare(
  subject: string,
  from: KnowledgeVersion,
  to: KnowledgeVersion,
  judge: (version: KnowledgeVersion) => ReadonlyMap<string, Judged>,
): readonly Difference[] {
  const before = judge(from);
  const after = judge(to);
  return [...new Set([...before.keys(), ...after.keys()])].map((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const now = new Map(is?.decision.trace.map(({ rule, result }) => [rule, result]));
    return {
      subject,
      levels: (was ?? is)?.levels ?? [],
      from: verdictOf(was),
      to: verdictOf(is),
      turnedRows: (was?.decision.trace ?? [])
        .filter(({ rule, result }) => is !== undefined && now.get(rule) !== result)
        .map(({ rule }) => rule),
    };
  });
}

function verdictOf(judgement: Judged | undefined): Verdict {
  if (judgement === undefined) return NONE;
  const { outcome, rule } = judgement.decision;
  return { outcome, rule };
}
