/** Could tokens be verified with these keys? */
import { z } from 'zod';
import { usableKeys } from '../../http/authentication/usable-key.js';
import { type Check, failed, note, passed } from './check.js';

const keySet = z.object({ keys: z.array(z.looseObject({})) });
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

/** @param text a JWKS: `{"keys": […]}` */
export function checkKeySet(text: string): readonly Check[] {
  const keys = keysIn(text);
  if (keys === undefined)
    return [failed('Form', 'This is no JSON object with "keys", a list of JSON Web Keys.')];
  const kids = keys.map(({ kid }) => kid);
  const twice = kids.some((kid, index) => kids.indexOf(kid) !== index);
  return [
    passed('Form', `${keys.length} ${keys.length === 1 ? 'key' : 'keys'}`),
    ...keys.map((key, index) => checkKey(key, `Key ${index + 1}`)),
    twice
      ? failed('kid', 'Two keys have the same kid: a token can’t say which is meant.')
      : passed('kid', 'each its own'),
    usableKeys(keys).length > 0
      ? passed('Usable', `${usableKeys(keys).length} can verify tokens`)
      : failed(
          'Usable',
          'None can verify tokens: publish an EC key on P-384 (ES384) or an RSA key of 2048 bits or more (RS384).',
        ),
  ];
}

function keysIn(text: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    return keySet.parse(JSON.parse(text)).keys;
  } catch {
    return undefined;
  }
}

function checkKey(key: Readonly<Record<string, unknown>>, subject: string): Check {
  if (PRIVATE.some((member) => member in key))
    return failed(
      subject,
      'Holds its private half: it is no secret any more. Make a new pair and publish the public half.',
    );
  if (typeof key.kid !== 'string' || key.kid === '') return failed(subject, 'Has no kid.');
  if (usableKeys([key]).length === 1)
    return passed(subject, key.kty === 'EC' ? 'EC on P-384, for ES384' : 'RSA, for RS384');
  return note(
    subject,
    'Is for something else, or of a kind that is not taken (EC on another curve, RSA below 2048 bits, use "enc").',
  );
}
