/**
 * The versions of the knowledge that this release can decide by: the one in force, those kept from before, and drafts.
 * A version holds its thresholds as data and its rows as code; a version that changes a row keeps the old table beside it.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { z } from 'zod';
import { decisionTable } from '../decision/decide.js';
import type { Row } from '../decision/row.js';
import {
  knowledgeVersion,
  type Policy,
  type PolicyOverrides,
  policyOverridesSchema,
  publishedPolicy,
  policyOf,
} from '../policy.js';

export interface KnowledgeVersion {
  readonly name: string;
  /** SHA-256 of its content; a draft has none. */
  readonly hash?: string;
  readonly policy: Policy;
  readonly table: readonly Row[];
}

/** The rows of each version, in their order. */
const TABLES: Readonly<Record<string, readonly Row[]>> = { '1.0.0': decisionTable };

const keptSchema = z.strictObject({
  version: z.string(),
  date: z.iso.date(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  policy: policyOverridesSchema.required(),
  rows: z.array(z.strictObject({ id: z.string(), condition: z.string(), outcome: z.string().optional() })),
});
export type KeptVersion = z.output<typeof keptSchema>;

const folder = new URL('../knowledge/versions/', import.meta.url);

/** Every version kept with this release, the oldest first. */
export const keptVersions: readonly KeptVersion[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => keptSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))
  .sort(
    (a, b) => a.date.localeCompare(b.date) || a.version.localeCompare(b.version, 'en', { numeric: true }),
  );

/** Today's knowledge in the form in which versions are kept. */
export function versionToKeep(hash: string): KeptVersion {
  return {
    version: knowledgeVersion,
    date: publishedPolicy.date,
    hash,
    policy: policyOf(),
    rows: decisionTable.map(({ id, condition, effect }) => ({
      id,
      condition,
      ...(effect.kind === 'decide' && { outcome: effect.outcome }),
    })),
  };
}

/** @returns undefined where this release doesn't have it */
export function versionNamed(name: string): KnowledgeVersion | undefined {
  const kept = keptVersions.find(({ version }) => version === name);
  const table = TABLES[name];
  if (kept === undefined || table === undefined) return undefined;
  return { name, hash: kept.hash, policy: kept.policy as Policy, table };
}

/** The version, with what a site has changed of its thresholds. */
export function withSitePolicy(version: KnowledgeVersion, changed: PolicyOverrides): KnowledgeVersion {
  const told = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
  return { ...version, policy: { ...version.policy, ...told } };
}

const draftSchema = z.strictObject({
  name: z.string().min(1).max(60),
  basedOn: z.string(),
  policy: policyOverridesSchema,
});

/**
 * A draft: thresholds that are thought of, on the rows of a version that exists.
 * @param value parsed JSON: `{ "name": …, "basedOn": "1.0.0", "policy": { "kyphoplastyBelowHeightLoss": 60 } }`
 */
export function draftVersion(
  value: unknown,
):
  | { readonly ok: true; readonly version: KnowledgeVersion }
  | { readonly ok: false; readonly problem: string } {
  const read = draftSchema.safeParse(value);
  if (!read.success) {
    const [first] = read.error.issues;
    const place = first === undefined || first.path.length === 0 ? '' : `${first.path.join('.')}: `;
    return { ok: false, problem: `is no draft of a version: ${place}${first?.message ?? ''}` };
  }
  const base = versionNamed(read.data.basedOn);
  if (base === undefined) return { ok: false, problem: `basedOn: ${versionUnknown(read.data.basedOn)}` };
  const { policy, table } = withSitePolicy(base, read.data.policy);
  return { ok: true, version: { name: read.data.name, policy, table } };
}

export function versionUnknown(name: string): string {
  const names = keptVersions.map(({ version }) => version).join(', ');
  return `this release has no knowledge ${JSON.stringify(name.slice(0, 40))}; it has ${names}`;
}
