/**
 * The site configuration, CONFIG_FILE: one JSON object, part of it for the server, the rest for the services.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'secure-json-parse';
import type { z } from 'zod';
import { isObject } from '../cds-hooks/fhir-value.js';
import { jsonPath } from '../cds-hooks/problem.js';
import { serverConfigurationSchema, serverKeys, type ServerConfiguration } from './server-configuration.js';

export interface SiteConfiguration<Services> {
  readonly server: ServerConfiguration;
  readonly services: Services;
}

/** A problem is one line with the path in the JSON. */
export type SiteConfigurationReading<Services> =
  | { readonly ok: true; readonly configuration: SiteConfiguration<Services> }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads the file and checks it: its server part here, everything else by `services`, a strict object schema, so that
 * a misspelt name is an error. Without a path all settings have their defaults.
 */
export function loadSiteConfiguration<S extends z.ZodType>(
  path: string | undefined,
  services: S,
): SiteConfigurationReading<z.output<S>> {
  const file = path === undefined ? { ok: true as const, value: {} } : readJsonFile(path);
  if (!file.ok) return file;
  // Names the JSON Schema of this file, for editors.
  const members = Object.entries(file.value).filter(([name]) => name !== '$schema');
  const ours = members.filter(([name]) => serverKeys.has(name));
  const theirs = members.filter(([name]) => !serverKeys.has(name));

  const server = serverConfigurationSchema.safeParse(Object.fromEntries(ours));
  if (!server.success) return invalid(path, server.error);
  const rest = services.safeParse(Object.fromEntries(theirs));
  if (!rest.success) return invalid(path, rest.error);
  return { ok: true, configuration: { server: server.data, services: rest.data } };
}

type JsonFile =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: string };

function readJsonFile(path: string): JsonFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { ok: false, problem: `CONFIG_FILE ${path} cannot be read: ${reason(error)}` };
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    return { ok: false, problem: `CONFIG_FILE ${path} is not JSON: ${reason(error)}` };
  }
  if (!isObject(value)) return { ok: false, problem: `CONFIG_FILE ${path} must hold a JSON object` };
  return { ok: true, value };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ') : 'unknown error';
}

function invalid(path: string | undefined, error: z.ZodError) {
  const problems = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${jsonPath([...issue.path, key])} is not a known setting`)
      : [`${jsonPath(issue.path)} ${issue.message}`],
  );
  return { ok: false as const, problem: `CONFIG_FILE ${path ?? ''}: ${problems.slice(0, 3).join('; ')}` };
}
