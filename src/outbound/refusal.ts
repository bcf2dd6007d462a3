/**
 * Why a request was given up by our own rules.
 */
export type RefusalCode = 'address' | 'encoded' | 'too-large';

/** Its message names no address, host or content: errors travel further than one thinks. */
export class OutboundRefusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(`outbound request refused: ${code}`);
    this.name = 'OutboundRefusal';
    this.code = code;
  }
}
