/** `vertebral-cds audit verify` and `vertebral-cds audit export`. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { verifyAudit } from '../operations/audit/verify.js';
import { auditEvents, type AuditQuery } from '../operations/audit/read.js';
import type { CommandResult } from './assess-command.js';
import { withDatabase } from './database-command.js';

type Env = Readonly<Record<string, string | undefined>>;

export interface VerifyOptions {
  readonly expect?: string;
  readonly keyedFrom?: string;
}

/** Exit 0 when the trail is whole, 1 with the first entry that does not fit. */
export function auditVerifyCommand(
  { expect: expected, keyedFrom }: VerifyOptions,
  env: Env,
): Promise<CommandResult> {
  if (keyedFrom !== undefined && !/^\d{1,15}$/.test(keyedFrom)) {
    return Promise.resolve({
      exitCode: 64,
      stderr: `vertebral-cds audit verify: "${keyedFrom}" is no number of an entry`,
    });
  }
  return withDatabase(env, async (database, { auditKey }) => {
    const found = await verifyAudit(database, {
      key: auditKey,
      keyedFrom: keyedFrom === undefined ? undefined : Number(keyedFrom),
      expected,
    });
    if (!found.ok) {
      return { exitCode: 1, stderr: `vertebral-cds audit: entry ${found.seq} ${found.problem}` };
    }
    const { entries, keyed, first, last, head } = found;
    const span = first === undefined || last === undefined ? '' : ` from ${first} to ${last}`;
    const unkeyed = keyed < entries ? [`${entries - keyed} of them are not keyed (AUDIT_KEY).`] : [];
    return {
      exitCode: 0,
      stdout: [
        `${entries} entries${span}: nothing was changed.`,
        ...unkeyed,
        `Head to note elsewhere: ${head}`,
      ].join('\n'),
    };
  });
}

export interface ExportOptions {
  readonly from?: string;
  readonly to?: string;
  readonly patient?: string;
  readonly client?: string;
  readonly output?: string;
}

/** Prints AuditEvents as NDJSON, or writes them to a file; exit 64 for a question that can't be asked. */
export function auditExportCommand(options: ExportOptions, env: Env): Promise<CommandResult> {
  const { from, to, patient, client, output } = options;
  const wrong = [from, to].find((date) => date !== undefined && Number.isNaN(Date.parse(date)));
  if (wrong !== undefined) return Promise.resolve(usage(`"${wrong}" is no date such as 2026-11-23`));
  if ((patient === undefined) !== (client === undefined)) {
    return Promise.resolve(
      usage('--patient and --client belong together: patient ids are those of a client'),
    );
  }
  return withDatabase(env, async (database) => {
    const query: AuditQuery = {
      ...(from === undefined ? {} : { from: new Date(from) }),
      ...(to === undefined ? {} : { to: new Date(to) }),
      ...(patient === undefined || client === undefined ? {} : { patient, client }),
    };
    const lines: string[] = [];
    for await (const event of auditEvents(database, query)) lines.push(event);
    if (output === undefined)
      return { exitCode: 0, ...(lines.length === 0 ? {} : { stdout: lines.join('\n') }) };
    writePrivately(output, lines);
    return { exitCode: 0, stderr: `${lines.length} events written to ${output}` };
  });
}

function writePrivately(path: string, lines: readonly string[]): void {
  const file = openSync(path, 'w', 0o600);
  for (const line of lines) writeSync(file, `${line}\n`);
  closeSync(file);
}

function usage(problem: string): CommandResult {
  return { exitCode: 64, stderr: `vertebral-cds audit export: ${problem}` };
}
