/** The medical part of a site configuration file, for commands that need nothing else of it. */
import type { SiteConfiguration } from '../../cds-services/index.js';
export function loadMedicalConfiguration(
  path: string,
): { ok: true; value: SiteConfiguration } | { ok: false; problem: string } {
  return { ok: false, problem: `${path}: not yet` };
}
