/** Reads a patient's record from a file: a FHIR Bundle, NDJSON of resources, or a CDS Hooks request. */
import { readFileSync } from 'node:fs';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { z } from 'zod';

export interface RecordFile {
  readonly patientId: string;
  readonly entries: readonly { readonly resource: FhirResource; readonly fullUrl?: string }[];
}

export type RecordFileResult =
  { readonly ok: true; readonly record: RecordFile } | { readonly ok: false; readonly problem: string };

/**
 * @param path file to read; `-` is standard input
 * @param wantedPatient which patient, when the file holds several
 */
export function readRecordFile(path: string, wantedPatient?: string): RecordFileResult {
  let text: string;
  try {
    text = readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    return problem(`${path}: ${whyUnreadable(error)}`);
  }
  const parsed = parse(text);
  if (!parsed.ok) return problem(`${path}: ${parsed.problem}`);
  const patient = patientOf(parsed.entries, parsed.contextPatient, wantedPatient);
  if (!patient.ok) return problem(`${path}: ${patient.problem}`);
  return { ok: true, record: { patientId: patient.id, entries: parsed.entries } };
}

/** Why a file can't be read, in words that repeat nothing of it. */
export function whyUnreadable(error: unknown): string {
  const { data } = z.looseObject({ code: z.string() }).safeParse(error);
  switch (data?.code) {
    case 'ENOENT':
      return 'no such file';
    case 'EISDIR':
      return 'is a folder';
    case 'EACCES':
      return 'no permission to read it';
    default:
      return 'cannot be read';
  }
}

function problem(text: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: text };
}

type Parsed =
  | { readonly ok: true; readonly entries: RecordFile['entries']; readonly contextPatient?: string }
  | { readonly ok: false; readonly problem: string };

function parse(text: string): Parsed {
  if (text.trim() === '') return problem('is empty');
  const whole = parseJson(text);
  if (whole.ok) return fromJson(whole.value);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 1 || !parseJson(lines[0] ?? '').ok) return problem(`is not JSON: ${whole.problem}`);
  return fromNdjson(lines);
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    // The engine's message quotes the text; only its position is safe to repeat.
    const position = /position \d+|line \d+ column \d+/.exec(
      error instanceof Error ? error.message : '',
    )?.[0];
    return problem(position ?? 'syntax error');
  }
}

const resourceSchema = z.looseObject({ resourceType: z.string().min(1) });
const bundleSchema = z.looseObject({
  resourceType: z.literal('Bundle'),
  entry: z
    .array(z.looseObject({ fullUrl: z.string().optional(), resource: resourceSchema.optional() }))
    .optional(),
});
const hookRequestSchema = z.looseObject({
  hook: z.string(),
  context: z.looseObject({ patientId: z.string().min(1) }),
  prefetch: z.record(z.string(), z.unknown()).optional(),
});

function fromJson(value: unknown): Parsed {
  const bundle = bundleSchema.safeParse(value);
  if (bundle.success) return { ok: true, entries: entriesOfBundle(bundle.data) };
  const request = hookRequestSchema.safeParse(value);
  if (request.success) return fromHookRequest(request.data);
  const resource = resourceSchema.safeParse(value);
  if (resource.success && resource.data.resourceType !== 'Bundle') {
    return { ok: true, entries: [{ resource: asResource(resource.data) }] };
  }
  return problem('is neither a FHIR Bundle, nor NDJSON of FHIR resources, nor a CDS Hooks request');
}

function fromHookRequest(request: z.infer<typeof hookRequestSchema>): Parsed {
  const entries = Object.values(request.prefetch ?? {}).flatMap((value) => {
    const bundle = bundleSchema.safeParse(value);
    if (bundle.success) return entriesOfBundle(bundle.data);
    const resource = resourceSchema.safeParse(value);
    return resource.success ? [{ resource: asResource(resource.data) }] : [];
  });
  return { ok: true, entries, contextPatient: request.context.patientId.replace(/^Patient\//, '') };
}

function fromNdjson(lines: readonly string[]): Parsed {
  const entries: { resource: FhirResource }[] = [];
  for (const [index, line] of lines.entries()) {
    const json = parseJson(line);
    const resource = json.ok ? resourceSchema.safeParse(json.value) : undefined;
    if (resource?.success !== true) return problem(`line ${index + 1} is not a FHIR resource`);
    entries.push({ resource: asResource(resource.data) });
  }
  return { ok: true, entries };
}

function entriesOfBundle(bundle: z.infer<typeof bundleSchema>): RecordFile['entries'] {
  return (bundle.entry ?? []).flatMap(({ resource, fullUrl }) => {
    if (resource === undefined) return [];
    if (resource.resourceType === 'Bundle') return entriesOfBundle(resource as unknown as typeof bundle);
    return [{ resource: asResource(resource), ...(fullUrl !== undefined && { fullUrl }) }];
  });
}

/** The edge where loose JSON becomes a FHIR resource: readers downstream check each element they use. */
function asResource(value: { resourceType: string }): FhirResource {
  return value as unknown as Exclude<FhirResource, Bundle>;
}

type PatientChoice =
  { readonly ok: true; readonly id: string } | { readonly ok: false; readonly problem: string };

function patientOf(
  entries: RecordFile['entries'],
  contextPatient: string | undefined,
  wanted: string | undefined,
): PatientChoice {
  const ids = new Set(
    entries
      .filter(({ resource }) => resource.resourceType === 'Patient')
      .map(({ resource, fullUrl }) => {
        return resource.id ?? fullUrl?.split(/[/:]/).at(-1) ?? '';
      }),
  );
  if (wanted !== undefined) {
    return ids.size === 0 || ids.has(wanted)
      ? { ok: true, id: wanted }
      : problem(`holds no Patient ${wanted}`);
  }
  if (contextPatient !== undefined) return { ok: true, id: contextPatient };
  const [only, second] = [...ids];
  if (only !== undefined && second === undefined) return { ok: true, id: only };
  if (second !== undefined) return problem(`holds ${ids.size} patients: name one with --patient`);
  const subject = onlySubject(entries);
  return subject === undefined
    ? problem('holds no Patient: name one with --patient')
    : { ok: true, id: subject };
}

const subjectSchema = z.looseObject({ subject: z.looseObject({ reference: z.string() }) });

function onlySubject(entries: RecordFile['entries']): string | undefined {
  const subjects = new Set(
    entries.flatMap(({ resource }) => {
      const { data } = subjectSchema.safeParse(resource);
      return data === undefined ? [] : (/Patient\/([^/]+)$/.exec(data.subject.reference)?.[1] ?? []);
    }),
  );
  const [only, second] = [...subjects];
  return second === undefined ? only : undefined;
}
