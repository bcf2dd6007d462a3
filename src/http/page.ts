/** Pages as answers, each with a content security policy of its own, and what they load. */
import { randomBytes } from 'node:crypto';
import type { Assets } from '../web/page/assets.js';
import { documentOf, type PageContent, type Place } from '../web/page/document.js';
import type { Answer } from './answer.js';

export interface PageFrame {
  readonly assets: Assets;
  /** Where every page leads. */
  readonly places: readonly Place[];
}

export interface PagePolicy {
  /** Origins beside our own that the page's script may call: the FHIR server of a launch, say. */
  readonly connectTo?: readonly string[];
  /** Who may show the page in a frame; nobody unless set. */
  readonly framedBy?: readonly string[];
  /** Of `Cache-Control`; pages are not kept unless set. */
  readonly cache?: string;
}

/** A bundle under its name; the name changes with the content, so browsers may keep it for good. */
export function assetAnswer(assets: Assets, fileName: unknown): Answer {
  const asset = typeof fileName === 'string' ? assets.named(fileName) : undefined;
  if (asset === undefined) return { failure: 'unknown-place' };
  return { ...asset, headers: { 'Cache-Control': 'public, max-age=31536000, immutable' } };
}

export function pageAnswer(content: PageContent, frame: PageFrame, policy: PagePolicy = {}): Answer {
  const nonce = randomBytes(16).toString('base64');
  return {
    text: documentOf(content, { ...frame, nonce }),
    contentType: 'text/html; charset=utf-8',
    headers: {
      'Cache-Control': policy.cache ?? 'no-store',
      'Content-Security-Policy': contentPolicy(nonce, policy),
    },
  };
}

/** Nothing comes from another host, and no script runs but the page's own. */
function contentPolicy(nonce: string, { connectTo = [], framedBy = [] }: PagePolicy): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    `script-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    ["connect-src 'self'", ...connectTo].join(' '),
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${framedBy.length === 0 ? "'none'" : framedBy.join(' ')}`,
  ].join('; ');
}
