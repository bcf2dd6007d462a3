/** What the what-if starts from: the findings and the policy, for the same code that made the advice. */
import type { RecordFindings } from '../../findings/finding.js';
import type { Policy } from '../../policy.js';

export interface WhatIfData {
  readonly record: RecordFindings;
  readonly policy: Policy;
}
