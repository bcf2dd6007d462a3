/** Holds processes to a share of the cores, so that those who call them and the database have the rest for themselves. Linux, as root. */
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PERIOD_US = 100_000;

/** How the two versions of control groups of Linux are told; the first that can be written to is used. */
const groups = [
  {
    parent: '/sys/fs/cgroup/cpu',
    limits: (quota: number) => ({ 'cpu.cfs_period_us': `${PERIOD_US}`, 'cpu.cfs_quota_us': `${quota}` }),
  },
  { parent: '/sys/fs/cgroup', limits: (quota: number) => ({ 'cpu.max': `${quota} ${PERIOD_US}` }) },
];

/**
 * @param cores what all of them may use together, 0.35 is about a third of one core
 * @returns ends the limit, once the processes have ended; undefined where this machine does not allow it
 */
export function limitCores(pids: readonly number[], cores: number, name: string): (() => void) | undefined {
  for (const { parent, limits } of groups) {
    const group = join(parent, name);
    const files = limits(Math.round(cores * PERIOD_US));
    try {
      if (!existsSync(group)) mkdirSync(group);
      for (const [file, text] of Object.entries(files)) {
        if (!existsSync(join(group, file))) throw new Error(`${file} is not there`);
        writeFileSync(join(group, file), text);
      }
      for (const pid of pids) writeFileSync(join(group, 'cgroup.procs'), String(pid));
      return () => rmdirSync(group);
    } catch {
      if (existsSync(group)) rmdirSync(group);
    }
  }
  return undefined;
}
