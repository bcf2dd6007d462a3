/**
 * Does a client's JWKS give keys that its tokens can be checked with?
 */
import { z } from 'zod';
import type { ClientConfiguration } from '../config/client-configuration.js';
import { usableKeys } from '../http/authentication/usable-key.js';
import { inWords, jsonOf, type Fetch, type Verdict } from './verdict.js';

const keySet = z.object({ keys: z.array(z.unknown()) });

/** `subject`: the client's place in the configuration, such as `clients[0]`. */
export async function checkKeys(
  subject: string,
  client: ClientConfiguration,
  fetch: Fetch,
): Promise<Verdict> {
  const { jwks, keys, id } = client;
  if (jwks === undefined) return judged(`${subject}.keys`, id, keys ?? []);
  const place = `${subject}.jwks.url`;
  const fetched = await fetch(jwks, jwks.url, 'application/json, application/jwk-set+json');
  if (!fetched.ok)
    return problem(place, `the keys of ${id} could not be fetched: ${inWords(fetched.reason)}`);
  if (fetched.status !== 200) {
    return problem(
      place,
      `the keys of ${id} could not be fetched: the server answered ${fetched.status}, not 200`,
    );
  }
  const parsed = keySet.safeParse(jsonOf(fetched.text));
  if (!parsed.success) return problem(place, `what ${id} serves is no JWKS: it must be JSON with "keys"`);
  return judged(place, id, parsed.data.keys);
}

function judged(subject: string, id: string, keys: readonly unknown[]): Verdict {
  const good = usableKeys(keys);
  if (good.length === 0) {
    return problem(
      subject,
      `none of the ${keys.length} keys of ${id} can be used: tokens need an EC key on P-384 (ES384) or an RSA key of 2048 bits or more (RS384), with a kid`,
    );
  }
  const names = good.map(({ kty, kid }) => `${kty === 'EC' ? 'ES384' : 'RS384'} ${kid}`);
  return { verdict: 'ok', subject, text: `${id} has ${good.length} usable: ${names.slice(0, 5).join(', ')}` };
}

function problem(subject: string, text: string): Verdict {
  return { verdict: 'problem', subject, text };
}
