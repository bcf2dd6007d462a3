// Runs ELM over FHIR in a process of its own, as another engine would: questions come in on standard input, answers go out.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const cql = require('cql-execution');
const { PatientSource } = require('cql-exec-fhir');

const { elm, questions } = JSON.parse(readFileSync(0, 'utf8'));
const library = new cql.Library(elm);
const source = PatientSource.FHIRv401();
readEachElementOnce();
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
process.stdout.write(JSON.stringify(answers));

/** Elements are wrapped anew at every look at them; each definition looks at most, so what was wrapped is kept. */
function readEachElementOnce() {
  source.loadBundles([
    { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Patient' } }] },
  ]);
  const element = Object.getPrototypeOf(Object.getPrototypeOf(source.currentPatient()));
  const { get } = element;
  const kept = new WeakMap();
  element.get = function (field) {
    let fields = kept.get(this);
    if (fields === undefined) kept.set(this, (fields = new Map()));
    if (!fields.has(field)) fields.set(field, get.call(this, field));
    return fields.get(field);
  };
}
