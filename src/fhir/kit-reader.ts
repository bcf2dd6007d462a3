/**
 * FhirReader over fhir-kit-client, which adds headers and parses; where to read and for how long is decided here.
 */
import { Client } from 'fhir-kit-client';
import { isObject, isResource } from '../cds-hooks/fhir-value.js';
import { locate } from './location.js';
import { createReadSlots } from './read-slots.js';
import type { FhirReader, FhirReading, FhirSource } from './reader.js';

export interface KitReaderOptions {
  /** Reads under way at the same time per FHIR server. */
  readonly readsPerServer?: number;
}

export function createFhirReader({ readsPerServer = 64 }: KitReaderOptions = {}): FhirReader {
  const slots = createReadSlots(readsPerServer);
  return {
    get: async (source, location, signal) => {
      const url = locate(source.baseUrl, location);
      if (url === undefined) return { outcome: 'failed' };
      const leave = await slots.enter(url.origin, signal);
      if (leave === undefined) return { outcome: 'timeout' };
      try {
        return await get(source, url, signal);
      } finally {
        leave();
      }
    },
  };
}

async function get(source: FhirSource, url: URL, signal: AbortSignal): Promise<FhirReading> {
  const { baseUrl, accessToken } = source;
  const client = new Client({ baseUrl, ...(accessToken === undefined ? {} : { bearerToken: accessToken }) });
  try {
    // A redirect could carry the token elsewhere, so none is followed.
    const answer: unknown = await client.request(url.href, { options: { signal, redirect: 'error' } });
    if (!isResource(answer)) return { outcome: 'failed' };
    // The client hides the request, token included, in a property of the answer: a copy leaves it behind.
    return { outcome: 'resource', resource: { ...answer } };
  } catch (error) {
    return signal.aborted ? { outcome: 'timeout' } : refusal(statusOf(error));
  }
}

function refusal(status: number | undefined): FhirReading {
  if (status === 401 || status === 403) return { outcome: 'forbidden' };
  if (status === 404 || status === 410) return { outcome: 'not-found' };
  return { outcome: 'failed' };
}

function statusOf(error: unknown): number | undefined {
  if (!isObject(error) || !isObject(error.response)) return undefined;
  return typeof error.response.status === 'number' ? error.response.status : undefined;
}
