/** A command whose reader has seen enough, as `head` has, ends without a word. */
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const command = fileURLToPath(new URL('../../bin/vertebral-cds.js', import.meta.url));

test.each([['artifacts'], ['example --list']])('%s', async (words) => {
  const child = spawn(process.execPath, [command, ...words.split(' ')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  const code = await once(child, 'close').then(([ended]) => ended as number | null);
  expect({ code, told }).toEqual({ code: 141, told: '' });
});
