/**
 * `npm run bench:fhir`: a call with nothing prefetched, at three latencies of the EHR's FHIR server, beside the same call
 * with all of it prefetched. The ratio is to one round trip to that server plus the prefetched call.
 */
import { randomUUID } from 'node:crypto';
import { createServices } from '../cds-services/index.js';
import { exampleRequest } from '../src/demo/example-request.js';
import { asOfToday, examplePatient } from '../src/demo/synthetic-patients.js';
import { startFhirStub } from './http/fhir-stub.js';
import { measure } from './http/load.js';
import { startService } from './http/process.js';
import { median, report, type ResultRow, rounded } from './results.js';

const SECONDS = Number(process.env.SECONDS ?? 4);
const TRIPS = 50;

const patient = asOfToday(examplePatient('t6-l3-wedge-40-percent'), new Date().toISOString().slice(0, 10));
const service = createServices({}).find(({ hook }) => hook === 'patient-view');
if (service === undefined) throw new Error('no patient-view service');
const path = `/cds-services/${service.id}`;
const call = exampleRequest(service, patient, [], randomUUID());

const subject = await startService();
const rows: ResultRow[] = [];
try {
  for (const latencyMs of [0, 20, 100]) rows.push(await atLatency(latencyMs));
} finally {
  await subject.stop();
}
report('fhir-path', rows);

async function atLatency(latencyMs: number): Promise<ResultRow> {
  const fhir = await startFhirStub(patient.resources, patient.id, latencyMs);
  const trip = await roundTrip(fhir.url);
  const prefetched = await medianOf(call);
  const read = await medianOf({
    ...call,
    prefetch: {},
    fhirServer: fhir.url,
    fhirAuthorization: {
      access_token: 'token-of-the-benchmark',
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'user/*.read',
      subject: 'vertebral-cds',
    },
  });
  await fhir.close();
  return {
    'latency ms': latencyMs,
    'one round trip ms': rounded(trip, 1),
    'prefetched ms': rounded(prefetched, 1),
    'read from FHIR ms': rounded(read, 1),
    ratio: rounded(read / (trip + prefetched), 2),
  };
}

async function roundTrip(url: string): Promise<number> {
  const times: number[] = [];
  for (let trip = 0; trip < TRIPS; trip += 1) {
    const begun = performance.now();
    const answer = await fetch(`${url}/Condition?patient=${patient.id}`);
    await answer.text();
    times.push(performance.now() - begun);
  }
  return median(times);
}

/** Of a single caller, after a second of warming up; each call is about another patient. */
async function medianOf(body: object): Promise<number> {
  const text = JSON.stringify(body);
  let next = 0;
  const ofNextPatient = () => {
    const own = `${patient.id}-${(next += 1)}`;
    return Buffer.from(
      text.replaceAll(`"${patient.id}"`, `"${own}"`).replaceAll(`/${patient.id}"`, `/${own}"`),
    );
  };
  const load = { port: subject.port, path, concurrency: 1, body: ofNextPatient, headers: () => ({}) };
  await measure({ ...load, seconds: 1 });
  const { p50, failures } = await measure({ ...load, seconds: SECONDS });
  if (failures > 0) throw new Error(`${failures} calls failed`);
  return p50;
}
