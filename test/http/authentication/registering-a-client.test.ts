/** The page for hospital IT names every setting and every reason, and its examples can be used as they are. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { clientsSchema } from '../../../src/config/client-configuration.js';
import { tokenRefusals } from '../../../src/http/authentication/refusal.js';
import { usableKeys } from '../../../src/http/authentication/usable-key.js';

const page = readFileSync(new URL('../../../docs/registering-a-client.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```json\n([^`]*)```/g)].map(
  ([, text]) => JSON.parse(text ?? '') as unknown,
);

function rowsUnder(title: string): readonly string[] {
  const section = page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| (`[^|]*?) +\|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([\w-]+)`/g)].map(([, name]) => name ?? ''),
  );
}

test('both examples are valid, and the key in them is a real one', () => {
  const clients = examples.flatMap((example) =>
    clientsSchema.parse((example as { clients: unknown }).clients),
  );
  expect(clients.map(({ id }) => id)).toEqual(['north-hospital', 'south-gateway']);
  expect(usableKeys(clients[1]?.keys ?? [])).toHaveLength(1);
});

test('each setting has its row', () => {
  const settings = Object.keys(clientsSchema.element.shape);
  expect([...rowsUnder('Settings of a client')].sort()).toEqual(settings.sort());
});

test('each reason has its row, in the order of the code', () => {
  expect(rowsUnder('Why a request was refused')).toEqual(['refusal', ...tokenRefusals]);
});
