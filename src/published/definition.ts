/** A published definition: a FHIR resource that other software finds by its canonical address. */
import type { FhirResource } from 'fhir/r4.js';
import { z } from 'zod';

const shape = z.looseObject({
  resourceType: z.string(),
  id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/),
  url: z.url(),
  version: z.string().min(1),
  name: z.string().min(1),
  status: z.enum(['draft', 'active', 'retired', 'unknown']),
  title: z.string().optional(),
});

export interface Definition {
  readonly resource: FhirResource;
  readonly type: string;
  readonly id: string;
  /** Canonical address, without the version. */
  readonly url: string;
  readonly version: string;
  readonly name: string;
  readonly title: string;
  readonly status: string;
}

/** Throws where a resource can't be published: a bug of whoever built it. */
export function definitionOf(resource: FhirResource): Definition {
  const { resourceType, id, url, version, name, status, title } = shape.parse(resource);
  return { resource, type: resourceType, id, url, version, name, title: title ?? name, status };
}
