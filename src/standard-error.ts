/** What the operator is told on standard error, beside the log. */
import cluster from 'node:cluster';

/** sysexits EX_CONFIG: the start was refused because of what the operator has set. */
const configurationExitCode = 78;

/** One line that says why, and the end of the process with exit code 78. */
export function refuse(problem: string): void {
  say(problem);
  process.exitCode = configurationExitCode;
  // The line to the process that started it would keep a worker alive.
  if (cluster.isWorker) process.exit(configurationExitCode);
}

export function say(line: string): void {
  process.stderr.write(`vertebral-cds ${line}\n`);
}
