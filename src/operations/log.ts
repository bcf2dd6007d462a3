/**
 * The log of the service: JSON lines with an allow-list of fields.
 * There is no way to log a message, a body, an id of a patient or a text from elsewhere: the types leave no room, and a
 * value that has not the shape of its field is not written, whatever the types were told.
 */
import cluster from 'node:cluster';
import { pino, type DestinationStream } from 'pino';
import { standardOutput, type LogDestination } from './log-destination.js';
import { allowed } from './request-fields.js';
import type { RequestLine } from './request-line.js';
import type { ServerName } from './server-names.js';

export type { PrefetchCounts, RequestLine } from './request-line.js';

export interface OperationsLog {
  readonly request: (line: RequestLine) => void;
  /** A bug: where in our code it showed itself, without its message. */
  readonly fault: (requestId: string, error: unknown) => void;
  readonly event: (event: OperationsEvent) => void;
  /** Resolves when what is buffered is written; waits a second at most for a reader that stands still. */
  readonly flush: () => Promise<void>;
  /** Lines lost since it was last asked: their reader has gone or stands still, or the disk is full. */
  readonly takeLost: () => number;
}
export type OperationsEvent =
  | { readonly event: 'started' | 'stopping' | 'stopped' | 'purge-failed' }
  | { readonly event: 'rollout-changed'; readonly shadow: number; readonly off: number }
  | { readonly event: 'purged'; readonly rows: Readonly<Record<string, number>> }
  | {
      readonly event: 'breaker';
      readonly server: ServerName;
      readonly state: 'open' | 'half-open' | 'closed';
    }
  | { readonly event: 'keys-not-fetched'; readonly client: string }
  | {
      /** Only where all went well is it `value-set-extended`. */
      readonly event: 'value-set-extended' | 'value-set-from-old-cache' | 'value-set-not-extended';
      /** Name of a set of ours. */
      readonly valueSet: string;
      readonly codes: number;
      readonly from: 'server' | 'cache' | 'shipped';
      readonly reason?: string;
    }
  | { readonly event: 'terminology-cache-not-written' }
  | { readonly event: NotWritten; readonly count: number };

/** Rows that could not be written and are tried again, or that were lost. */
export type NotWritten =
  | `${'cards' | 'acts' | 'audit' | 'tokens' | 'decisions'}-${'not-written' | 'lost'}`
  | 'feedback-not-written'
  | 'history-not-read'
  | 'replay-not-shared';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** What happens in any life of the service; everything else wants to be looked at. */
const usual: ReadonlySet<OperationsEvent['event']> = new Set([
  'started',
  'stopping',
  'stopped',
  'purged',
  'rollout-changed',
  'value-set-extended',
]);

/** Writes to standard output unless given another destination. Where several processes write, a line names its own. */
export function createLog(
  level: LogLevel,
  destination: DestinationStream & Partial<LogDestination> = standardOutput(),
): OperationsLog {
  const base = cluster.isWorker ? { pid: process.pid } : null;
  const logger = pino({ level, base, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    request: (line) => logger[levelOf(line)](allowed(line)),
    fault: (requestId, error) => logger.error({ requestId, fault: nameOf(error), at: framesOf(error) }),
    event: (event) => {
      if (usual.has(event.event)) logger.info(event);
      else logger.warn(event);
    },
    flush: async () => destination.flush?.(),
    takeLost: () => destination.takeLost?.() ?? 0,
  };
}

/** Whoever keeps only warnings still sees who was turned away, and whose data came with somebody else's. */
function levelOf({
  route,
  status,
  refusal,
  otherPatients = 0,
}: RequestLine): 'debug' | 'info' | 'warn' | 'error' {
  if (status >= 500) return 'error';
  if (refusal !== undefined || otherPatients > 0) return 'warn';
  return route === 'health' || route === 'metrics' ? 'debug' : 'info';
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}

/** Stack frames name files of ours; the message before them may quote a patient's data, line by line. */
function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  const { message, stack } = error;
  const at = stack.indexOf(message);
  // A message that was changed later can't be told from the frames.
  if (at === -1) return [];
  return stack
    .slice(at + message.length)
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}
