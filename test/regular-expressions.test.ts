/** Every regular expression of the product takes time in proportion to its text, whatever the text is. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { check } from 'recheck';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Patterns made from parts, by file, with the reason why no text of a caller can become one of the parts. */
const madeFromParts: Readonly<Record<string, string>> = {};

interface Found {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

const files = ['src', 'cds-services'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name)),
);
const sources = files.map((file) =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true),
);

function placeOf(file: ts.SourceFile, node: ts.Node): string {
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return `${relative(root, file.fileName)}:${line + 1}`;
}

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

const literals = sources.flatMap((file): Found[] =>
  [...nodesOf(file)].filter(ts.isRegularExpressionLiteral).map((node) => {
    const end = node.text.lastIndexOf('/');
    return { place: placeOf(file, node), source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
  }),
);
const constructed = sources.flatMap((file) =>
  [...nodesOf(file)]
    .filter((node) => ts.isNewExpression(node) || ts.isCallExpression(node))
    .filter((node) => node.expression.getText(file) === 'RegExp')
    .map((node) => placeOf(file, node)),
);

test('none is made from parts, except where it is said why that is safe', () => {
  const unexplained = constructed.filter((place) => !(place.replace(/:\d+$/, '') in madeFromParts));
  expect(unexplained).toEqual([]);
});

test('each is proved to be linear or, where the proof would be too large, withstands the search for an attack', async () => {
  expect(literals.length).toBeGreaterThan(30);
  const unique = [...new Map(literals.map((found) => [`${found.source}/${found.flags}`, found])).values()];
  const judge = async ({ place, source, flags }: Found) => {
    const { status } = await check(source, flags, { timeout: 60_000, randomSeed: 20_261_123 });
    return { place, source, status };
  };
  // The first starts the process that proves; asked all at once before it is there, each would start one.
  const [first, ...others] = unique;
  const judged = [await judge(first!), ...(await Promise.all(others.map(judge)))];
  expect(judged).toHaveLength(unique.length);
  expect(judged.filter(({ status }) => status !== 'safe')).toEqual([]);
}, 120_000);
