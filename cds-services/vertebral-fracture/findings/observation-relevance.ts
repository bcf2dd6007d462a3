/**
 * Which of a record's Observations can say anything here. Most of a record is laboratory results: what is not looked at
 * any further costs nothing.
 */
import { type LocalCodes, recognise } from './observation-code.js';

/**
 * False where neither its code nor that of a component is one we know and it has no words of its own.
 * @param observation as it came, of whatever form: what is not formed as FHIR has it is left to the check of its form
 */
export function maySayAnything(observation: object, localCodes: LocalCodes): boolean {
  const { code, component, valueString } = observation as Readonly<Record<string, unknown>>;
  if (valueString !== undefined || !isConcept(code)) return true;
  if (recognise(code, localCodes) !== undefined) return true;
  if (component === undefined) return false;
  return !Array.isArray(component) || component.some((part) => isKnownPart(part, localCodes));
}

function isKnownPart(part: unknown, localCodes: LocalCodes): boolean {
  if (!isObject(part)) return true;
  const { code } = part;
  return !isConcept(code) || recognise(code, localCodes) !== undefined;
}

/** Formed so that its codings can be looked at; an element that is not there is formed well enough. */
function isConcept(given: unknown): given is { coding?: Readonly<Record<string, never>>[] } | undefined {
  if (given === undefined) return true;
  if (!isObject(given)) return false;
  const { coding } = given;
  return coding === undefined || (Array.isArray(coding) && coding.every(isObject));
}

function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null;
}
