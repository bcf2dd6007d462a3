/** A server under load as a child process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SubjectKind } from './subject.js';

export interface Subject {
  readonly kind: SubjectKind;
  readonly port: number;
  /** Milliseconds from its start to its first answer's readiness. */
  readonly startMs: number;
  /** Bytes it holds, and microseconds of CPU since its start. */
  readonly used: () => Promise<{ readonly rss: number; readonly cpu: number }>;
  readonly stop: () => Promise<void>;
}

const script = fileURLToPath(new URL('./subject.ts', import.meta.url));

export async function startSubject(
  kind: SubjectKind,
  jwks: string,
  publicUrl: string,
  { databaseUrl, profileTo }: { readonly databaseUrl?: string; readonly profileTo?: string } = {},
): Promise<Subject> {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...(profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`]),
      '--import',
      'tsx',
      script,
      kind,
      jwks,
      publicUrl,
      ...(databaseUrl === undefined ? [] : [databaseUrl]),
    ],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  const told = async () => ((await once(child, 'message')) as [Readonly<Record<string, number>>])[0];
  const { port = 0 } = await told();
  return {
    kind,
    port,
    startMs: performance.now() - begun,
    used: async () => {
      const answer = told();
      child.send('used');
      const { rss = 0, cpu = 0 } = await answer;
      return { rss, cpu };
    },
    stop: async () => {
      child.kill(profileTo === undefined ? 'SIGKILL' : 'SIGTERM');
      await once(child, 'exit');
    },
  };
}
