/** A FHIR terminology server: what a value set holds ($expand), and whether it knows a code ($validate-code). */
import { z } from 'zod';
import type { OutboundFailure } from '../outbound/fetch-text.js';
import type { RegisteredServer } from '../outbound/network.js';
import type { Outbound } from '../outbound/outbound.js';

export interface Code {
  readonly system: string;
  readonly code: string;
}

/** Why a server gave nothing that can be used. */
export type TerminologyFailure =
  | OutboundFailure
  | 'refused' // any status but 200
  | 'not-an-expansion' // 200, with something else
  | 'incomplete' // fewer codes than it said there are
  | 'too-many-codes';

export type Expansion =
  | { readonly ok: true; readonly codes: readonly Code[] }
  | { readonly ok: false; readonly reason: TerminologyFailure };

export type CodeCheck = 'known' | 'unknown' | 'no-answer';

export interface TerminologyServer {
  /** Every code of a value set, all or nothing. `url`: canonical or implicit value set. */
  readonly expand: (url: string, signal: AbortSignal) => Promise<Expansion>;
  readonly validateCode: (code: Code, signal: AbortSignal) => Promise<CodeCheck>;
}

const pageSize = 1000;
const mostCodes = 50_000;
const answerBytes = 5_000_000;
/** A server that forgets the offset would be asked for ever. */
const mostPages = mostCodes / pageSize + 1;

interface Contained {
  readonly system?: string | undefined;
  readonly code?: string | undefined;
  readonly abstract?: boolean | undefined;
  readonly contains?: readonly Contained[] | undefined;
}
const contained: z.ZodType<Contained> = z.lazy(() =>
  z.object({
    system: z.string().optional(),
    code: z.string().min(1).optional(),
    abstract: z.boolean().optional(),
    contains: z.array(contained).optional(),
  }),
);
const expanded = z.object({
  resourceType: z.literal('ValueSet'),
  expansion: z.object({
    total: z.number().int().nonnegative().optional(),
    contains: z.array(contained).default([]),
  }),
});
const parameters = z.object({
  resourceType: z.literal('Parameters'),
  parameter: z.array(z.looseObject({ name: z.string(), valueBoolean: z.boolean().optional() })),
});

export function createTerminologyServer(
  server: RegisteredServer,
  outbound: Pick<Outbound, 'fetch'>,
): TerminologyServer {
  const base = server.url.endsWith('/') ? server.url.slice(0, -1) : server.url;

  async function get(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal) {
    return outbound.fetch(`${base}/${path}?${new URLSearchParams(query).toString()}`, {
      network: server.network,
      headers: { accept: 'application/fhir+json, application/json' },
      signal,
      maxBytes: answerBytes,
    });
  }

  return {
    expand: async (url, signal) => {
      const codes = new Map<string, Code>();
      let seen = 0;
      for (let page = 0; page < mostPages; page += 1) {
        const query = { url, count: String(pageSize), offset: String(seen), activeOnly: 'false' };
        const answer = await get('ValueSet/$expand', query, signal);
        if (!answer.ok) return answer;
        if (answer.status !== 200) return { ok: false, reason: 'refused' };
        const parsed = expanded.safeParse(jsonOf(answer.text));
        if (!parsed.success) return { ok: false, reason: 'not-an-expansion' };
        const { total, contains } = parsed.data.expansion;
        if ((total ?? 0) > mostCodes) return { ok: false, reason: 'too-many-codes' };
        const before = codes.size;
        for (const code of contains.flatMap(codesIn)) codes.set(`${code.system}|${code.code}`, code);
        seen += entriesIn(contains);
        // Without a total there are no pages: the server has sent all there is.
        if (total === undefined || seen >= total) return { ok: true, codes: [...codes.values()] };
        if (codes.size === before) return { ok: false, reason: 'incomplete' };
      }
      return { ok: false, reason: 'too-many-codes' };
    },
    validateCode: async ({ system, code }, signal) => {
      const answer = await get('CodeSystem/$validate-code', { url: system, code }, signal);
      if (!answer.ok || answer.status !== 200) return 'no-answer';
      const parsed = parameters.safeParse(jsonOf(answer.text));
      const result = parsed.data?.parameter.find(({ name }) => name === 'result')?.valueBoolean;
      if (result === undefined) return 'no-answer';
      return result ? 'known' : 'unknown';
    },
  };
}

/** Headings of an expansion are no codes; inactive codes are, since old records hold them. */
function codesIn({ system, code, abstract, contains = [] }: Contained): readonly Code[] {
  const own = system === undefined || code === undefined || abstract === true ? [] : [{ system, code }];
  return [...own, ...contains.flatMap(codesIn)];
}

function entriesIn(contains: readonly Contained[]): number {
  return contains.reduce((sum, { contains: below = [] }) => sum + 1 + entriesIn(below), 0);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
