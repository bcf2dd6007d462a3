/** The parts of a registration that forms and pages share. */

export interface RegisteredService {
  readonly id: string;
  readonly hook: string;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly feedbackUrl: string;
}

export interface PrefetchEntry {
  readonly key: string;
  readonly query: string;
  readonly purpose: string;
  readonly required: boolean;
}

/** What the service's token has to be allowed to read, in both notations of SMART. */
export interface Scope {
  readonly resourceType: string;
  readonly v1: string;
  readonly v2: string;
  readonly why: readonly string[];
}
