/** What a benchmark found: a table for people on standard output, and the same as JSON under data/bench. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

export type ResultRow = Readonly<Record<string, string | number>>;

/**
 * @param name of the benchmark and of its file
 * @param rows all with the same columns; numbers as they are to be read
 */
export function report(name: string, rows: readonly ResultRow[]): void {
  const machine = machineHere();
  console.log(
    `\n${name}: Node ${machine.node}, ${machine.cores} x ${machine.cpu}, ${machine.memoryGb} GB\n\n${tableOf(rows)}`,
  );
  mkdirSync('data/bench', { recursive: true });
  const file = `data/bench/${name}.json`;
  writeFileSync(
    file,
    `${JSON.stringify({ name, at: new Date().toISOString(), machine, rows }, undefined, 2)}\n`,
  );
  console.log(`\nThe same as JSON: ${file}`);
}

function tableOf(rows: readonly ResultRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [
    columns,
    columns.map(() => '---'),
    ...rows.map((row) => columns.map((one) => row[one] ?? '')),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function machineHere() {
  const [cpu] = cpus();
  return {
    node: process.version,
    cores: cpus().length,
    cpu: cpu?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
  };
}

/** @param share from 0 (the least) to 1 (the most) */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}

/** @param digits behind the point */
export function rounded(figure: number, digits: number): number {
  return Number(figure.toFixed(digits));
}
