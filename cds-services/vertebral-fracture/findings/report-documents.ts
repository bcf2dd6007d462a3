/** The texts of an imaging report: its conclusion and its attachments, as plain text; what can't be read is told. */
import { convert } from 'html-to-text';
import iconv from 'iconv-lite';
import { deEncapsulateSync } from 'rtf-stream-parser';
import type { Attachment, DiagnosticReport } from 'fhir/r4.js';

export interface ReportDocument {
  /** Element the text was read from. */
  readonly path: string;
  readonly text: string;
}

export interface ReportDocuments {
  readonly documents: readonly ReportDocument[];
  /** Some of the report could not be read: another type (PDF, image), only a link, too long, or not what it says it is. */
  readonly isPartlyUnread: boolean;
}

/** Longest text read, in characters of the attachment as sent; a long report has 10,000. */
export const LONGEST_DOCUMENT = 1_000_000;

/** @param report its `conclusion` and `presentedForm` */
export function documentsOf(report: DiagnosticReport): ReportDocuments {
  const conclusion = report.conclusion ?? '';
  const forms = (report.presentedForm ?? []).map((form, index) => ({
    path: `presentedForm[${index}]`,
    text: textOfAttachment(form),
  }));
  const read = forms.flatMap(({ path, text }) =>
    text === undefined || text.trim() === '' ? [] : [{ path, text }],
  );
  const documents =
    conclusion.trim() === '' || conclusion.length > LONGEST_DOCUMENT
      ? read
      : [...read, { path: 'conclusion', text: conclusion }];
  const isFormUnread = forms.length > 0 && read.length === 0;
  return { documents, isPartlyUnread: isFormUnread || conclusion.length > LONGEST_DOCUMENT };
}

/** The attachment as plain text; undefined where it is none. */
export function textOfAttachment({ contentType, data }: Attachment): string | undefined {
  if (data === undefined || data.length > (LONGEST_DOCUMENT * 4) / 3 + 4) return undefined;
  const { type, charset } = typeOf(contentType);
  const convertText = CONVERTERS.get(type);
  if (convertText === undefined || !isBase64(data)) return undefined;
  try {
    const text = decoded(Buffer.from(data, 'base64'), charset);
    return text === undefined ? undefined : convertText(text);
  } catch {
    // A document that is not what its type says is left unread, whatever made the converter stumble.
    return undefined;
  }
}

const CONVERTERS: ReadonlyMap<string, (text: string) => string | undefined> = new Map<
  string,
  (text: string) => string | undefined
>([
  ['text/plain', (text) => text],
  ['text/html', fromHtml],
  ['application/xhtml+xml', fromHtml],
  ['text/rtf', fromRtf],
  ['application/rtf', fromRtf],
]);

function typeOf(contentType: string | undefined): { type: string; charset: string | undefined } {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='));
  return { type: type.trim(), charset: charset?.slice('charset='.length).replaceAll('"', '').trim() };
}

const NOT_BASE64 = /[^A-Za-z0-9+/=\s]/;

function isBase64(data: string): boolean {
  return !NOT_BASE64.test(data);
}

/** In the charset named; without one in UTF-8 or, where the bytes are none, in Windows-1252. */
function decoded(bytes: Buffer, charset: string | undefined): string | undefined {
  if (charset !== undefined && charset !== '') {
    return iconv.encodingExists(charset) ? iconv.decode(bytes, charset) : undefined;
  }
  const text = iconv.decode(bytes, 'utf-8');
  return text.includes('\ufffd') ? iconv.decode(bytes, 'windows-1252') : text;
}

function fromHtml(html: string): string {
  return convert(html, {
    wordwrap: false,
    limits: { maxInputLength: LONGEST_DOCUMENT, maxDepth: 100 },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
    ],
  });
}

const RTF_START = '{\\rtf1';

/** The parser reads text that mail programs wrapped in RTF and asks for their mark; any RTF is text with it. */
function fromRtf(rtf: string): string | undefined {
  const start = rtf.indexOf(RTF_START);
  if (start < 0) return undefined;
  const marked = `${RTF_START}\\fromtext ${rtf.slice(start + RTF_START.length)}`;
  const { text } = deEncapsulateSync(marked, {
    decode: (bytes, codepage) => iconv.decode(bytes, codepage),
    mode: 'text',
    warn: () => undefined,
  });
  return typeof text === 'string' ? text : undefined;
}
