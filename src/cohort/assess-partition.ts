/** One partition: whole patients in, an assessment a line out, in the order of their ids. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isObject } from '../cds-hooks/fhir-value.js';
import { whose } from './whose.js';

/** One patient's resources to one line of the output; pure. */
export type AssessPatient = (patientId: string, resources: readonly object[]) => object;

export interface PartitionPlaces {
  /** Its files, one of each reader of the export, in the order of the export. */
  readonly partition: readonly string[];
  readonly shared: readonly string[];
  readonly output: string;
}

/** Whole or not at all: a run that is killed leaves no half of it. Returns how many patients there were. */
export function assessPartition(
  { partition, shared, output }: PartitionPlaces,
  assess: AssessPatient,
): number {
  const patients = new Map<string, object[]>();
  for (const resource of partition.flatMap(resourcesIn)) {
    const belonging = whose(resource);
    if (belonging.kind !== 'patient') continue;
    const own = patients.get(belonging.id) ?? [];
    own.push(resource);
    patients.set(belonging.id, own);
  }
  const medications = new Map(shared.flatMap(resourcesIn).map((one) => [`Medication/${idOf(one)}`, one]));
  const lines = [...patients.keys()].sort().map((id) => {
    const own = patients.get(id) ?? [];
    return JSON.stringify(assess(id, [...own, ...referredTo(own, medications)]));
  });
  writeFileSync(`${output}.half`, lines.map((line) => `${line}\n`).join(''));
  renameSync(`${output}.half`, output);
  return lines.length;
}

function resourcesIn(path: string): readonly object[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as object);
}

function referredTo(
  resources: readonly object[],
  medications: ReadonlyMap<string, object>,
): readonly object[] {
  if (medications.size === 0) return [];
  const wanted = resources.flatMap((resource) => {
    const { medicationReference } = resource as Readonly<Record<string, unknown>>;
    const reference = isObject(medicationReference) ? medicationReference.reference : undefined;
    return typeof reference === 'string' ? [reference.replace(/^.*?(Medication\/[^/]+)$/, '$1')] : [];
  });
  return [...new Set(wanted)].flatMap((name) => medications.get(name) ?? []);
}

function idOf(resource: object): string {
  const { id } = resource as Readonly<Record<string, unknown>>;
  return typeof id === 'string' ? id : '';
}
