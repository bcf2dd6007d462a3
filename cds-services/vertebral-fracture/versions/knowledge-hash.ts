/** One hash of everything the decisions hang on, so that two installations can be told apart whatever they call their version. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

const knowledge = new URL('../knowledge/', import.meta.url);
/** The rows in CQL: tests hold it equal to the rows that run, so that a changed row changes the hash. */
const logic = new URL('../cql/VertebralFractureDecision.cql', import.meta.url);

/** What is said about the knowledge and its earlier versions decides nothing. */
const decidesNothing = /^(disclosure\.json|versions\/.*)$/;

/** Every file that counts, by its name in the knowledge folder; JSON without its white space. */
function contents(): readonly (readonly [string, string])[] {
  const files = readdirSync(knowledge, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.json') && !decidesNothing.test(name))
    .sort();
  return [
    ...files.map((name) => {
      const parsed: unknown = JSON.parse(readFileSync(new URL(name, knowledge), 'utf8'));
      return [name, JSON.stringify(parsed)] as const;
    }),
    ['VertebralFractureDecision.cql', readFileSync(logic, 'utf8')],
  ];
}

/** SHA-256 of the knowledge files and the decision in CQL, as 64 hexadecimal digits. */
export const knowledgeHash: string = createHash('sha256').update(JSON.stringify(contents())).digest('hex');

/** Enough of it to compare by eye. */
export const shortKnowledgeHash: string = knowledgeHash.slice(0, 12);
