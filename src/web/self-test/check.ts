/** One line of a self-test. */

export type Verdict = 'passed' | 'failed' | 'not-reached' | 'note';

export interface Check {
  readonly verdict: Verdict;
  readonly subject: string;
  /** What was found, or what to do; repeats nothing that could be a secret or about a patient. */
  readonly text: string;
}

export function passed(subject: string, text: string): Check {
  return { verdict: 'passed', subject, text };
}

export function failed(subject: string, text: string): Check {
  return { verdict: 'failed', subject, text };
}

export function note(subject: string, text: string): Check {
  return { verdict: 'note', subject, text };
}
