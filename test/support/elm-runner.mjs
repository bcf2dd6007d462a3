// Runs ELM over FHIR in a process of its own, as another engine would: a line of questions comes in, a line of answers
// goes out, until nothing more comes.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { evaluateDirectly, readLittle } from './elm-quickly.mjs';

const require = createRequire(import.meta.url);
const cql = require('cql-execution');
const { PatientSource } = require('cql-exec-fhir');

const source = PatientSource.FHIRv401();
readLittle(source);
evaluateDirectly(cql.Expression);

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${JSON.stringify(await answersTo(JSON.parse(line)))}\n`);
}

async function answersTo({ elm, questions }) {
  const library = new cql.Library(elm);
  const asked = elm.library.statements.def
    .map(({ name }) => name)
    .filter((name) => /^(Row |Outcome$|Indicator$|Deciding row$|Missing$|Warnings$)/.test(name));
  const answers = [];
  for (const { bundle, asOf, fracture, parameters } of questions) {
    source.reset();
    source.loadBundles([bundle]);
    const given = {
      'As of': cql.Date.parse(asOf.slice(0, 10)),
      ...(fracture !== undefined && { Fracture: fracture }),
      ...parameters,
    };
    const { patientResults } = await new cql.Executor(library, undefined, given).exec(source);
    const [values] = Object.values(patientResults);
    answers.push(Object.fromEntries(asked.map((name) => [name, values[name] ?? null])));
  }
  return answers;
}
