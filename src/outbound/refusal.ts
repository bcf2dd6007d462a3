/**
 * Why a request was given up by our own rules, as the cause of the error that fetch rejects with.
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

/** The refusal behind an error, when there is one; undici has an error of its own for too large answers. */
export function refusalBehind(error: unknown): RefusalCode | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1) {
    if (one instanceof OutboundRefusal) return one.code;
    if ('code' in one && one.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'too-large';
  }
  return undefined;
}
