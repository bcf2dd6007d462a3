/** The service as a process of its own, started as the command starts it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../bin/vertebral-cds.js', import.meta.url));

export interface ServiceProcess {
  /** Base URL, once it listens. */
  readonly url: Promise<string>;
  /** Exit code and everything on standard error, once it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL' | 'SIGHUP') => void;
  /** Resolves once standard error holds the words. */
  readonly said: (words: string) => Promise<void>;
}

/**
 * `env` is all the process sees, beside PATH; PORT is any free one unless given. `log` is where its standard output goes:
 * nowhere, to a descriptor, or (`pipe`) to a reader that is gone, as the reader of standard error is once it listens.
 */
export function startService(
  env: Readonly<Record<string, string>>,
  log: number | 'ignore' | 'pipe' = 'ignore',
): ServiceProcess {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [command, 'serve'], {
    env: { PATH, PORT: '0', ...env },
    stdio: ['ignore', log, 'pipe'],
  });
  child.stdout?.destroy();
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const url = listening(child, () => stderr);
  if (log === 'pipe') void url.then(() => child.stderr?.destroy());
  return {
    url,
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, stderr })),
    kill: (signal) => child.kill(signal),
    said: (words) =>
      new Promise((resolve) => {
        const look = () => {
          if (stderr.includes(words)) resolve();
        };
        child.stderr?.on('data', look);
        look();
      }),
  };
}

function listening(child: ChildProcess, stderr: () => string): Promise<string> {
  const url = new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', () => {
      const found = /listening on (http:\/\/\S+)/.exec(stderr())?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(stderr())));
  });
  // Those who wait for the end alone have no use for it.
  url.catch(() => undefined);
  return url;
}
