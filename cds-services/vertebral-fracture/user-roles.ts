/** The specialty of the user, as far as the site wants it considered. */
import type { CodeableConcept } from 'fhir/r4.js';
import type { KeyData } from '../../src/cds-hooks/service.js';
import { isWellShaped } from './findings/resource-shape.js';
import type { Site } from './site.js';

/** True when a role of the user carries a specialty or code that the site spares quiet cards; unknown is no. */
export function isInformed(roles: KeyData | undefined, { informedSpecialties }: Site): boolean {
  if (roles?.state !== 'present' || informedSpecialties.size === 0) return false;
  return roles.resources.some((resource) => {
    if (resource.resourceType !== 'PractitionerRole' || !isWellShaped(resource)) return false;
    const concepts: readonly CodeableConcept[] = [...(resource.specialty ?? []), ...(resource.code ?? [])];
    const codings = concepts.flatMap(({ coding }) => coding ?? []);
    return (
      resource.active !== false &&
      codings.some(({ system, code }) => informedSpecialties.has(`${system ?? ''}|${code ?? ''}`))
    );
  });
}
