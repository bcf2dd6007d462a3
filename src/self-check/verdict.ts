/**
 * What a check of the installation has found: one line for people.
 */
import type { RegisteredServer } from '../outbound/network.js';

export interface Verdict {
  readonly verdict: 'ok' | 'warning' | 'problem';
  /** What was looked at: a variable or a path in the site configuration. */
  readonly subject: string;
  /** What was seen and, unless it is fine, what to do. */
  readonly text: string;
}

/** GETs a URL of a registered server; an answer of any status is an answer. */
export type Fetch = (server: RegisteredServer, url: string, accept: string) => Promise<Fetched>;
export type Fetched =
  | { readonly ok: true; readonly status: number; readonly text: string }
  /** Why there was no answer, in plain words. */
  | { readonly ok: false; readonly why: string };

/** The value of a JSON text, undefined for anything else. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
