/**
 * The authorization server of the demonstration: lets everybody in, to synthetic patients alone. It speaks SMART as a real
 * one does (PKCE, launch context), so that the review is launched in a trial as it will be from an EHR.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Who we are at it. */
export const demoClientId = 'vertebral-cds-review';

/** @param base of the demo FHIR server */
export function demoSmartConfiguration(base: string): object {
  return {
    issuer: base,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'client-public',
      'context-ehr-patient',
      'context-standalone-patient',
      'permission-v2',
    ],
  };
}

const launchToken = z.object({ patient: z.string(), appContext: z.string().optional() });
const code = launchToken.extend({ challenge: z.string() });

const authorization = z.object({
  response_type: z.literal('code'),
  client_id: z.literal(demoClientId),
  redirect_uri: z.string(),
  state: z.string(),
  code_challenge: z.string(),
  code_challenge_method: z.literal('S256'),
  launch: z.string().optional(),
});

export type DemoAuthorization =
  | { readonly kind: 'redirect'; readonly url: string }
  /** A standalone launch: somebody has to choose. `urlFor` is where each choice leads. */
  | { readonly kind: 'choose'; readonly urlFor: (patientId: string) => string }
  | { readonly kind: 'refused' };

/** @param redirectUri the only one that is registered */
export function demoAuthorize(
  query: Readonly<Record<string, unknown>>,
  redirectUri: string,
  base: string,
): DemoAuthorization {
  const parsed = authorization.safeParse(query);
  if (!parsed.success || parsed.data.redirect_uri !== redirectUri) return { kind: 'refused' };
  const { state, code_challenge: challenge, launch, ...others } = parsed.data;
  if (launch === undefined) {
    return {
      kind: 'choose',
      urlFor: (patient) => {
        const again = { ...others, state, code_challenge: challenge, launch: encoded({ patient }) };
        return `${base}/authorize?${new URLSearchParams(again).toString()}`;
      },
    };
  }
  const context = launchToken.safeParse(decoded(launch));
  if (!context.success) return { kind: 'refused' };
  const url = new URL(redirectUri);
  url.searchParams.set('code', encoded({ ...context.data, challenge }));
  url.searchParams.set('state', state);
  return { kind: 'redirect', url: url.href };
}

/** The token for a code whose verifier is shown; undefined for any other. */
export function demoToken(form: URLSearchParams): object | undefined {
  const parsed = code.safeParse(decoded(form.get('code') ?? ''));
  if (!parsed.success) return undefined;
  const { challenge, patient, appContext } = parsed.data;
  const shown = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (shown !== challenge) return undefined;
  return {
    access_token: 'synthetic',
    token_type: 'Bearer',
    expires_in: 60,
    scope: 'launch patient/*.rs',
    patient,
    ...(appContext !== undefined && { appContext }),
  };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
