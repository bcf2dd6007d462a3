/** Why a token would be let in or not: the checks of a call, in their order, without using the token up. */
import type { Authentication } from '../../http/authentication/authenticator.js';
import { refusalAdvice } from '../../http/authentication/refusal-advice.js';
import type { TokenRefusal } from '../../http/authentication/refusal.js';
import { type Check, failed, note, passed } from './check.js';

/** In the order in which a call is checked; a refusal belongs to exactly one. */
const STAGES: readonly { readonly subject: string; readonly refusals: readonly TokenRefusal[] }[] = [
  { subject: 'Form and header', refusals: ['no-token', 'malformed'] },
  { subject: 'Issuer (iss)', refusals: ['unknown-issuer'] },
  { subject: 'Tenant', refusals: ['wrong-tenant'] },
  { subject: 'Algorithm (alg)', refusals: ['algorithm'] },
  { subject: 'Address of keys (jku)', refusals: ['jku-not-registered'] },
  { subject: 'Key (kid)', refusals: ['unknown-key', 'keys-unavailable'] },
  { subject: 'Signature', refusals: ['signature'] },
  { subject: 'Claims', refusals: ['missing-claim'] },
  { subject: 'Subject (sub)', refusals: ['wrong-subject'] },
  { subject: 'Audience (aud)', refusals: ['audience'] },
  { subject: 'Times (nbf, iat, exp)', refusals: ['expired', 'not-yet-valid', 'issued-in-future'] },
  { subject: 'Lifetime', refusals: ['lifetime'] },
  { subject: 'First use (jti)', refusals: ['replayed', 'too-many-tokens'] },
];

export type InspectToken = (authorization: string, audience: string) => Promise<Authentication>;

/**
 * @param text a JWT, with or without `Bearer`
 * @param audience the URL that the token is for
 */
export async function checkToken(
  text: string,
  audience: string,
  inspect: InspectToken,
): Promise<readonly Check[]> {
  const token = text.trim().replace(/^bearer +/i, '');
  const found = await inspect(`Bearer ${token}`, audience);
  if (found.ok) {
    return [
      ...STAGES.map(({ subject }) => passed(subject, 'in order')),
      note(
        'Let in as',
        `client ${found.client.id}${found.tenant === undefined ? '' : `, tenant ${found.tenant}`}`,
      ),
    ];
  }
  const { reason, client } = found;
  const at = STAGES.findIndex(({ refusals }) => refusals.includes(reason));
  const checks = STAGES.map(({ subject }, index): Check => {
    if (index < at) return passed(subject, 'in order');
    if (index === at) return failed(subject, refusalAdvice[reason]);
    return { verdict: 'not-reached', subject, text: 'not looked at: the first refusal ends it' };
  });
  return [
    ...checks,
    ...(client === undefined ? [] : [note('Claims to come from', `client ${client}`)]),
    ...(reason === 'audience' ? [note('Expected aud', audience)] : []),
  ];
}
