/** One source's word on one finding, before the sources are merged. */
import type { Evidence, FindingName, FractureValues, PatientValues } from './finding.js';

export type ValueOf<Name extends FindingName> = (FractureValues & PatientValues)[Name];

export interface Statement<Name extends FindingName = FindingName> {
  readonly finding: Name;
  readonly value: ValueOf<Name>;
  readonly evidence: Evidence;
  /** Final, amended or corrected; false for preliminary and registered results. */
  readonly final: boolean;
  /** When it was seen, ms since 1970; absent when not recorded. */
  readonly at?: number;
  /** A measured value; false for a grade ("Genant 2") that stands for a span. */
  readonly measured: boolean;
  /** A diagnosis stands until it is resolved, so a newer statement doesn't simply replace it. */
  readonly standing: boolean;
}

export function statement<Name extends FindingName>(
  finding: Name,
  value: ValueOf<Name>,
  evidence: Evidence,
  trust: { final?: boolean; at?: number | undefined; measured?: boolean; standing?: boolean } = {},
): Statement<Name> {
  return {
    finding,
    value,
    evidence,
    final: trust.final ?? true,
    ...(trust.at !== undefined && { at: trust.at }),
    measured: trust.measured ?? true,
    standing: trust.standing ?? false,
  };
}
