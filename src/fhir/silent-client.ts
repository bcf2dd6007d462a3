/**
 * fhir-kit-client prints every request with its token when DEBUG names it, and `DEBUG=*` is quickly set. Importing
 * this file takes its namespaces out, whatever DEBUG says, and leaves those of others as they are.
 */
import { createRequire } from 'node:module';

interface Debug {
  readonly enable: (namespaces: string) => void;
}

// The copy of `debug` that the client itself uses, wherever it is installed.
const debug = createRequire(import.meta.resolve('fhir-kit-client'))('debug') as Debug;
const { DEBUG } = process.env;
if (DEBUG !== undefined && DEBUG !== '') debug.enable(`${DEBUG},-fhir-kit-client:*`);
