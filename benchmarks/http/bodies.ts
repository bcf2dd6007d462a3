/** Hook calls of three sizes, the same in every run: a synthetic patient with as much record around as it takes. */
import { randomUUID } from 'node:crypto';
import { createServices, siteConfigurationSchema } from '../../cds-services/index.js';
import { exampleRequest } from '../../src/demo/example-request.js';
import { asOfToday, examplePatient } from '../../src/demo/synthetic-patients.js';

export const sizes = { '8 kB': 8_000, '180 kB': 180_000, '3.5 MB': 3_500_000 } as const;
export type SizeName = keyof typeof sizes;

interface Call {
  readonly context: { readonly patientId: string };
  readonly prefetch: Record<string, { entry?: { resource: object }[] } | object>;
}

/**
 * The same call, each time about another patient with reports of their own, so that nothing is remembered from the last:
 * a number in the ids of the patient and in the reports is written into a copy.
 * @param bytes size of a body, at least
 */
export function bodies(bytes: number): () => Buffer {
  const call = body(bytes);
  const { patientId } = (JSON.parse(call) as Call).context;
  const marked = call
    .replaceAll(`"${patientId}"`, `"${patientId}-${MARK}"`)
    .replaceAll(`/${patientId}"`, `/${patientId}-${MARK}"`);
  const template = Buffer.from(marked);
  const places: number[] = [];
  for (let at = template.indexOf(MARK); at >= 0; at = template.indexOf(MARK, at + MARK.length))
    places.push(at);
  let next = 0;
  return () => {
    const copy = Buffer.from(template);
    const number = String((next += 1)).padStart(MARK.length, '0');
    for (const place of places) copy.write(number, place, 'latin1');
    return copy;
  };
}

/** Stands where the number of a patient goes; long enough that no body holds it by chance. */
const MARK = '########';

/** An order-select call; `bytes` at least. What fills it are laboratory results and old reports, as real records are full of. */
function body(bytes: number, hookInstance: string = randomUUID()): string {
  const service = createServices(siteConfigurationSchema.parse({})).find(
    ({ hook }) => hook === 'order-select',
  );
  if (service === undefined) throw new Error('no order-select service');
  const patient = asOfToday(examplePatient('t6-l3-wedge-40-percent'), new Date().toISOString().slice(0, 10));
  const order = {
    resourceType: 'ServiceRequest',
    id: 'draft-1',
    status: 'draft',
    intent: 'order',
    subject: { reference: `Patient/${patient.id}` },
    code: { text: 'Lumbar brace' },
  };
  const call = exampleRequest(service, patient, [order], hookInstance) as Call;
  const measurements: { resource: object }[] = [];
  const reports: { resource: object }[] = (call.prefetch.reports as { entry: { resource: object }[] }).entry;
  for (const { resource } of reports as { resource: { conclusion?: string } }[])
    if (resource.conclusion !== undefined) resource.conclusion = `Accession ${MARK}. ${resource.conclusion}`;
  let missing = bytes - JSON.stringify(call).length;
  for (let index = 0; missing > 0; index += 1) {
    const resource = index % 20 === 19 ? oldReport(index, patient.id) : laboratory(index, patient.id);
    (index % 20 === 19 ? reports : measurements).push({ resource });
    missing -= JSON.stringify(resource).length + 14;
  }
  if (measurements.length > 0)
    call.prefetch.measurements = { resourceType: 'Bundle', type: 'searchset', entry: measurements };
  return JSON.stringify(call);
}

function laboratory(index: number, patientId: string): object {
  return {
    resourceType: 'Observation',
    id: `lab-${index}`,
    meta: { versionId: '1', lastUpdated: '2025-03-04T10:11:12Z' },
    status: 'final',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
        ],
      },
    ],
    code: {
      coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin' }],
      text: 'Haemoglobin',
    },
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: `2025-${String((index % 12) + 1).padStart(2, '0')}-04T08:00:00Z`,
    valueQuantity: {
      value: 120 + (index % 30),
      unit: 'g/L',
      system: 'http://unitsofmeasure.org',
      code: 'g/L',
    },
    referenceRange: [{ low: { value: 120, unit: 'g/L' }, high: { value: 160, unit: 'g/L' } }],
  };
}

function oldReport(index: number, patientId: string): object {
  return {
    resourceType: 'DiagnosticReport',
    id: `old-${index}`,
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RAD' }] }],
    code: { text: 'Chest X-ray' },
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: '2024-02-03T09:00:00Z',
    conclusion: `Accession ${MARK}. Heart size is normal. The lungs are clear without consolidation or effusion. No pneumothorax. Degenerative changes of the thoracic spine without compression deformity.`,
  };
}
