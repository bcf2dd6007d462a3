/** The texts of a report: what is read of its attachments, and what is told as unread. */
import { describe, expect, test } from '@jest/globals';
import type { Attachment, DiagnosticReport } from 'fhir/r4.js';
import {
  documentsOf,
  LONGEST_DOCUMENT,
  textOfAttachment,
} from '../../../../cds-services/vertebral-fracture/findings/report-documents.js';

function attachment(contentType: string, text: string | Buffer): Attachment {
  return { contentType, data: Buffer.from(text).toString('base64') };
}

describe('an attachment is read', () => {
  test.each([
    ['text/plain', 'L1: Fraktur, 40 % loss – acute.', 'L1: Fraktur, 40 % loss – acute.'],
    ['text/plain; charset=iso-8859-1', Buffer.from([0x4c, 0x31, 0xa0, 0xe9]), 'L1\u00a0é'],
    ['text/plain', Buffer.from([0x34, 0x30, 0xb0, 0x96]), '40°–'],
    [
      'text/html',
      '<h2>Findings</h2><p>L1: fracture &gt; 40&nbsp;% loss.<br>No <b>retropulsion</b>.</p>',
      'Findings\n\nL1: fracture > 40 % loss.\nNo retropulsion.',
    ],
    [
      'text/rtf',
      String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard L1: 40\'25 loss\u8211? acute.\par No \b retropulsion\b0 .}`,
      'L1: 40% loss– acute.\r\nNo retropulsion.',
    ],
  ])('%s', (contentType, given, expected) => {
    expect(
      textOfAttachment(attachment(contentType, given))?.replaceAll(
        '\u00a0',
        contentType.includes('8859') ? '\u00a0' : ' ',
      ),
    ).toBe(expected);
  });

  test('and scripts, styles and links of a page are no words of it', () => {
    const page = '<style>L2 fracture</style><script>L3</script><a href="http://l4">L1</a> fracture';
    expect(textOfAttachment(attachment('text/html', page))).toBe('L1 fracture');
  });
});

describe('an attachment is left unread', () => {
  test.each<[string, Attachment]>([
    ['a PDF', attachment('application/pdf', '%PDF-1.7')],
    ['an image', attachment('image/jpeg', 'x')],
    ['a link', { contentType: 'text/plain', url: 'https://pacs.example/report' }],
    ['no type', { data: Buffer.from('L1 fracture').toString('base64') }],
    ['no base64', { contentType: 'text/plain', data: 'L1 <fracture>' }],
    ['an unknown charset', attachment('text/plain; charset=klingon', 'L1 fracture')],
    ['RTF that is none', attachment('text/rtf', 'L1 fracture')],
    ['RTF that ends in the middle', attachment('application/rtf', '{\\rtf1\\ansi {\\fonttbl')],
    ['more than can be read', attachment('text/plain', 'x'.repeat(LONGEST_DOCUMENT + 10))],
  ])('%s', (_name, given) => {
    const report: DiagnosticReport = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: {},
      presentedForm: [given],
    };
    const { documents, isPartlyUnread } = documentsOf(report);
    const texts = documents.filter(({ text }) => text.includes('fracture'));
    expect(texts).toEqual([]);
    expect(isPartlyUnread).toBe(true);
  });

  test('and costs nothing where another form of the same report can be read', () => {
    const report: DiagnosticReport = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: {},
      presentedForm: [attachment('application/pdf', '%PDF'), attachment('text/plain', 'Fracture of L1.')],
      conclusion: 'Acute.',
    };
    const { documents, isPartlyUnread } = documentsOf(report);
    expect(documents.map(({ path }) => path)).toEqual(['presentedForm[1]', 'conclusion']);
    expect(isPartlyUnread).toBe(false);
  });
});
