/** Rewrites a record: what its Observations say in codes of its fractures is said in words by reports of the same examinations. */
import type { Bundle, DiagnosticReport, FhirResource, Observation } from 'fhir/r4.js';
import { FINDING } from './record.js';

type Resources = Bundle<FhirResource>;

export interface Rewritten {
  readonly bundle: Resources;
  /** How many Observations became sentences. */
  readonly sentences: number;
}

/** @param bundle a record; Observations this can't put into words stay as they are */
export function asReport(bundle: Resources): Rewritten {
  const entries = structuredClone(bundle.entry ?? []);
  const reports = new Map<string, { report: DiagnosticReport; sentences: string[] }>();
  const kept = entries.filter(({ resource }) => {
    if (resource?.resourceType !== 'Observation') return true;
    const sentence = sentenceOf(resource);
    if (sentence === undefined) return true;
    const key = JSON.stringify([
      resource.status,
      resource.derivedFrom,
      resource.effectiveDateTime,
      resource.subject,
    ]);
    const known = reports.get(key) ?? { report: reportFor(resource, reports.size), sentences: [] };
    known.sentences.push(sentence);
    reports.set(key, known);
    return false;
  });
  const removed = new Set(
    entries
      .filter((entry) => !kept.includes(entry))
      .map(({ resource }) => `Observation/${resource?.id ?? ''}`),
  );
  for (const { resource } of kept) {
    if (resource?.resourceType !== 'DiagnosticReport') continue;
    const result = resource.result?.filter(({ reference }) => !removed.has(reference ?? ''));
    if (result?.length === 0) delete resource.result;
    else if (result !== undefined) resource.result = result;
  }
  const written = [...reports.values()].map(({ report, sentences }) => ({
    resource: { ...report, conclusion: sentences.join(' ') },
  }));
  return {
    bundle: { ...bundle, entry: [...kept, ...written] },
    sentences: [...reports.values()].reduce((sum, { sentences }) => sum + sentences.length, 0),
  };
}

function reportFor(observation: Observation, index: number): DiagnosticReport {
  const study = observation.derivedFrom?.filter(
    ({ reference }) => reference?.startsWith('ImagingStudy/') === true,
  );
  return {
    resourceType: 'DiagnosticReport',
    id: `written-${index}`,
    status:
      observation.status === 'preliminary' || observation.status === 'registered' ? 'preliminary' : 'final',
    code: { text: 'MRI of the spine' },
    ...(observation.subject && { subject: observation.subject }),
    ...(observation.effectiveDateTime !== undefined && { effectiveDateTime: observation.effectiveDateTime }),
    ...(study !== undefined && study.length > 0 && { imagingStudy: study }),
  };
}

const LEVEL = /^(T([1-9]|1[0-2])|L[1-5])$/;

function sentenceOf(observation: Observation): string | undefined {
  const { code, bodySite, valueQuantity, valueBoolean, valueCodeableConcept, valueString, component, focus } =
    observation;
  const finding = code.coding?.find(({ system }) => system === FINDING)?.code;
  const level = bodySite?.text ?? '';
  if (finding === undefined || !LEVEL.test(level) || component !== undefined || focus !== undefined)
    return undefined;
  const said = valueCodeableConcept?.coding?.[0]?.code ?? valueCodeableConcept?.text ?? valueString;
  switch (finding) {
    case 'height-loss-percent':
      return percent(valueQuantity, (amount) => `The ${level} fracture shows ${amount} loss of height.`);
    case 'canal-compromise-percent':
      return percent(valueQuantity, (amount) => `The fracture at ${level} narrows the canal by ${amount}.`);
    case 'kyphosis-degrees':
      return valueQuantity?.value === undefined
        ? undefined
        : `Local kyphosis at the ${level} fracture is ${valueQuantity.value} degrees.`;
    case 'morphology':
      return said === 'wedge' || said === 'burst' || said === 'biconcave'
        ? `There is a ${said} fracture of ${level}.`
        : undefined;
    case 'marrow-oedema':
      return yesNo(
        valueBoolean,
        `Marrow oedema at the ${level} fracture.`,
        `No marrow oedema at the ${level} fracture.`,
      );
    case 'retropulsion':
      return yesNo(
        valueBoolean,
        `Retropulsion at the ${level} fracture.`,
        `No retropulsion at the ${level} fracture.`,
      );
    case 'posterior-wall-disrupted':
      return yesNo(
        valueBoolean,
        `At the ${level} fracture the posterior wall is disrupted.`,
        `At the ${level} fracture the posterior wall is intact.`,
      );
    default:
      return undefined;
  }
}

function yesNo(value: boolean | undefined, yes: string, no: string): string | undefined {
  return value === undefined ? undefined : value ? yes : no;
}

function percent(
  quantity: Observation['valueQuantity'],
  write: (amount: string) => string,
): string | undefined {
  if (quantity?.value === undefined || quantity.unit !== '%' || quantity.value > 100) return undefined;
  const words = { '<': 'less than ', '<=': 'at most ', '>': 'more than ', '>=': 'at least ' };
  if (quantity.comparator !== undefined && !(quantity.comparator in words)) return undefined;
  const limit = quantity.comparator === undefined ? '' : words[quantity.comparator];
  return write(`${limit}${quantity.value}%`);
}
