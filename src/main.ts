/**
 * The start of the service: the environment is read, and where several processes are wanted they are watched over.
 */
import cluster from 'node:cluster';
import { readEnvironment } from './config/environment.js';
import { refuse, say } from './standard-error.js';
import { superviseWorkers } from './workers.js';

/**
 * Starts the service and returns once it listens. When it can't, one line on standard error says why,
 * and the process ends with exit code 78.
 */
export async function serve(): Promise<void> {
  // Nobody reads the warnings any more: no reason to end.
  process.stderr.on('error', () => undefined);
  const read = readEnvironment(process.env);
  if (!read.ok) {
    refuse(read.problem);
    return;
  }
  const { workers } = read.environment;
  if (workers > 1 && cluster.isPrimary) {
    process.exitCode = await superviseWorkers(workers, say).ended;
    return;
  }
  // Whoever only watches, or refuses, has no use for the rest of the product.
  const { startProcess } = await import('./start-process.js');
  await startProcess(read.environment);
}
