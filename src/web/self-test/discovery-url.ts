/** Is this the address that the EHR should be given? It is compared, not called. */
import { type Check, failed, note, passed } from './check.js';

export function checkDiscoveryUrl(text: string, publicUrl: string): readonly Check[] {
  const expected = `${publicUrl}/cds-services`;
  const given = text.trim();
  if (!URL.canParse(given)) return [failed('URL', `This is no URL. Discovery is at ${expected}`)];
  const [url, ours] = [new URL(given), new URL(expected)];
  return [
    url.protocol === 'https:'
      ? passed('Encryption', 'https')
      : failed(
          'Encryption',
          'Not https: patient data and tokens would go in the clear. For local trials only.',
        ),
    url.host === ours.host
      ? passed('Host', ours.host)
      : failed(
          'Host',
          `Is not ${ours.host}, the host of PUBLIC_URL: tokens for another address are refused.`,
        ),
    url.pathname === ours.pathname
      ? passed('Path', ours.pathname)
      : failed('Path', `Must be ${ours.pathname}, without a slash at the end.`),
    url.search === '' && url.hash === '' && url.username === ''
      ? passed('Nothing else', 'No user name, query or fragment')
      : failed('Nothing else', 'Leave out user name, query and fragment.'),
    given === expected
      ? passed('Exactly ours', expected)
      : note('Exactly ours', `EHRs that compare letter by letter need ${expected}`),
  ];
}
