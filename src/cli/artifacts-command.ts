/** `vertebral-cds artifacts`: everything that is published, as one Bundle a FHIR server can load. */
import { writeFileSync } from 'node:fs';
import type { FhirResource } from 'fhir/r4.js';
import { publishedDefinitions } from '../../cds-services/index.js';
import { releaseBundle, type ReleaseKind } from '../published/bundles.js';
import { publishedWith } from '../published/published-definitions.js';
import type { CommandResult } from './assess-command.js';

export interface ArtifactsOptions {
  readonly out?: string;
  readonly type: string;
}

/** Exit codes of sysexits: EX_USAGE, EX_CANTCREAT. */
const USAGE_ERROR = 64;
const CANNOT_CREATE = 73;

/** Without `--out` the Bundle goes to standard output. */
export function artifactsCommand(
  { out, type }: ArtifactsOptions,
  resources: readonly FhirResource[] = publishedDefinitions(),
): CommandResult {
  if (!isReleaseKind(type)) {
    return { exitCode: USAGE_ERROR, stderr: `--type ${type}: must be transaction or collection` };
  }
  const definitions = publishedWith(resources);
  const text = JSON.stringify(releaseBundle(definitions, type), undefined, 2);
  if (out === undefined) return { exitCode: 0, stdout: text };
  try {
    writeFileSync(out, `${text}\n`);
  } catch {
    return {
      exitCode: CANNOT_CREATE,
      stderr: `--out ${out}: cannot be written; name a file in a folder that exists`,
    };
  }
  return { exitCode: 0, stderr: `${definitions.length} definitions written to ${out}` };
}

function isReleaseKind(type: string): type is ReleaseKind {
  return type === 'transaction' || type === 'collection';
}
