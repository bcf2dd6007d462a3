/** The fracture review as it is registered with one FHIR server. */
import type { ReviewAppConfiguration } from '../config/review-app-configuration.js';
import type { RegisteredServer } from '../outbound/network.js';
import { registeredServer } from '../fhir/registered-servers.js';

export interface ReviewApp {
  readonly fhirServer: RegisteredServer;
  readonly clientId: string;
  /** Of a confidential client. */
  readonly secret?: string;
  /** Origins that may show the page in a frame. */
  readonly framedBy: readonly string[];
}

export type ReviewApps =
  | { readonly ok: true; readonly apps: readonly ReviewApp[] }
  | { readonly ok: false; readonly problem: string };

/** The apps with their secrets from the environment; a problem is one line that names the variable. */
export function reviewAppsOf(
  configured: readonly ReviewAppConfiguration[],
  env: Readonly<Record<string, string | undefined>>,
): ReviewApps {
  const apps: ReviewApp[] = [];
  for (const { secretVariable, ...app } of configured) {
    const secret = secretVariable === undefined ? undefined : env[secretVariable];
    if (secretVariable !== undefined && (secret === undefined || secret === '')) {
      return { ok: false, problem: `${secretVariable} is not set, but reviewApps names it for a secret` };
    }
    apps.push({ ...app, ...(secret !== undefined && { secret }) });
  }
  return { ok: true, apps };
}

/** The app registered with the server that a launch or a call names. */
export function appFor(fhirServer: string, apps: readonly ReviewApp[]): ReviewApp | undefined {
  const server = registeredServer(
    fhirServer,
    apps.map((app) => app.fhirServer),
  );
  return server === undefined ? undefined : apps.find((app) => app.fhirServer.url === server.url);
}
