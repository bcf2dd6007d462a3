// Translates CQL to ELM, its machine form. Runs in the build and in tests, never in the service.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
/** The FHIR model comes with the engine. */
const fhirModel = 'cql-exec-fhir/lib/modelInfos/fhir-modelinfo-4.0.1.xml';

let library;

/** The translator and its models, loaded once. */
async function translator() {
  if (library !== undefined) return library;
  // The package looks for CommonJS modules by this name.
  globalThis.require ??= require;
  const { CqlTranslator, LibraryManager, ModelManager, createModelInfoProvider, stringAsSource } =
    await import('@cqframework/cql/cql-to-elm');
  const { SystemModelInfoProvider } = await import('@cqframework/cql/cql');
  const xml = readFileSync(require.resolve(fhirModel), 'utf8');
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
  models.modelInfoLoader.registerModelInfoProvider(
    createModelInfoProvider((id) => (id === 'FHIR' ? stringAsSource(xml) : null)),
  );
  library = { CqlTranslator, manager: new LibraryManager(models) };
  return library;
}

/**
 * ELM of a CQL library, as an object.
 * @throws Error that names every line the translator doesn't understand
 */
export async function elmOf(cql) {
  const { CqlTranslator, manager } = await translator();
  const elm = JSON.parse(CqlTranslator.fromText(cql, manager).toJson());
  const problems = (elm.library.annotation ?? []).filter(({ type }) => type === 'CqlToElmError');
  if (problems.length > 0)
    throw new Error(
      problems.map(({ startLine, startChar, message }) => `${startLine}:${startChar} ${message}`).join('\n'),
    );
  return elm;
}

// `node scripts/elm.mjs FILE` prints the ELM of one library.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(await elmOf(readFileSync(process.argv[2] ?? '', 'utf8'))));
}
