/** An export is read by several processes at once, and none of its lines is lost, repeated or misnumbered by that. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inputsOf, type InputFile } from '../../src/cohort/inputs.js';
import { inAll, partition, partitionFile } from '../../src/cohort/partitions.js';
import { cutInto } from '../../src/cohort/stretches.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stretches-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(texts: readonly string[]): readonly InputFile[] {
  return texts.map((text, index) => {
    const path = join(folder, `${index}.ndjson`);
    writeFileSync(path, text);
    return { path, bytes: Buffer.byteLength(text) };
  });
}

const line = fc.oneof(
  fc.string({ maxLength: 12, unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, '')),
  fc.constant('ä'.repeat(70_000)),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('', '\n'))
  .map(([lines, end]) => lines.join('\n') + end);

test('the shares, one behind the other, are the export, and each begins and ends with a line', () => {
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 6 }),
      (texts, count) => {
        const files = written(texts);
        const shares = cutInto(files, count);
        expect(shares).toHaveLength(count);
        const again = new Map(files.map(({ path }) => [path, '']));
        for (const { path, from, to } of shares.flat()) {
          const piece = readFileSync(path).subarray(from, to).toString();
          const before = again.get(path) ?? '';
          expect(before === '' || before.endsWith('\n')).toBe(true);
          again.set(path, before + piece);
        }
        expect([...again.values()].every((whole, index) => whole === texts[index])).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});

test('shares of a large file are about equal', () => {
  const files = written([`${'x'.repeat(99)}\n`.repeat(3000), `${'y'.repeat(99)}\n`.repeat(1000)]);
  const sizes = cutInto(files, 4).map((share) => share.reduce((sum, { from, to }) => sum + to - from, 0));
  for (const size of sizes) expect(Math.abs(size - 100_000)).toBeLessThanOrEqual(100);
});

test('a compressed file goes to one share whole', () => {
  const path = join(folder, 'x.ndjson.gz');
  writeFileSync(path, gzipSync('{}\n'.repeat(1000)));
  const inputs = inputsOf([path]);
  const shares = inputs.ok ? cutInto(inputs.files, 3) : [];
  expect(shares.flat()).toEqual([{ path, from: 0, to: readFileSync(path).length }]);
});

test.each([1, 2, 3, 7])(
  '%i readers number the bad lines as one does, and each patient’s lines keep their order',
  async (count) => {
    const resource = (patient: number, index: number) =>
      JSON.stringify({
        resourceType: 'Condition',
        id: `c${index}`,
        subject: { reference: `Patient/p${patient}` },
      });
    const lines = Array.from({ length: 60 }, (_, index) => {
      if (index % 11 === 10) return 'no JSON';
      return index % 7 === 6 ? '' : resource(index % 3, index);
    });
    const files = written([lines.slice(0, 45).join('\n'), `${lines.slice(45).join('\r\n')}\n`]);
    const target = (share: number) => join(folder, `of-${count}`, String(share));
    const shares = cutInto(files, count);
    const reads = await Promise.all(
      shares.map((stretches, share) => partition(stretches, target(share), 1, () => undefined)),
    );
    const found = inAll(reads);
    const bad = lines.flatMap((content, index) => (content === 'no JSON' ? [index] : []));
    expect(found.bad).toEqual(
      bad.map((index) => ({
        file: index < 45 ? '0.ndjson' : '1.ndjson',
        line: index < 45 ? index + 1 : index - 44,
        why: 'is not JSON',
      })),
    );
    expect(found.badCount).toBe(bad.length);
    const kept = shares.flatMap((_, share) => {
      try {
        return readFileSync(partitionFile(target(share), 0), 'utf8')
          .trim()
          .split('\n');
      } catch {
        return [];
      }
    });
    expect(kept).toEqual(lines.filter((content) => content.startsWith('{')));
    expect(found.resources).toBe(kept.length);
  },
);
