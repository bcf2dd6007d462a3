/**
 * Where the logic in CQL and its translation to ELM join the published Library: what stands in the folder `cql/` is
 * attached, `NAME.cql` as CQL and `NAME.elm.json` as ELM. Nothing there, nothing attached.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface LogicContent {
  /** Name of the CQL library. */
  readonly name: string;
  readonly cql?: string;
  /** ELM as JSON. */
  readonly elm?: string;
}

/** Name of the library that holds the decision table; others in the folder are what it includes. */
export const LOGIC_LIBRARY = 'VertebralFractureDecision';

const CQL = '.cql';
const ELM = '.elm.json';

/** Every library of the folder, by name. */
export function logicContents(folder: URL = new URL('../cql/', import.meta.url)): readonly LogicContent[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder);
  const read = (file: string) =>
    files.includes(file) ? readFileSync(new URL(file, folder), 'utf8') : undefined;
  const names = files.flatMap((file) => nameOf(file) ?? []);
  return [...new Set(names)].sort().map((name) => {
    const cql = read(`${name}${CQL}`);
    const elm = read(`${name}${ELM}`);
    return { name, ...(cql !== undefined && { cql }), ...(elm !== undefined && { elm }) };
  });
}

function nameOf(file: string): string | undefined {
  const ending = [CQL, ELM].find((candidate) => file.endsWith(candidate));
  return ending === undefined ? undefined : file.slice(0, -ending.length);
}
