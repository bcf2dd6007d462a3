/**
 * The environment variables of the service, read once at start.
 */
import { z } from 'zod';

export interface Environment {
  readonly port: number;
  readonly host: string;
  /** The base that clients call, without a slash at the end; the address of the socket unless set. */
  readonly publicUrl?: string;
  readonly databaseUrl: string;
  readonly configFile?: string;
  readonly logLevel: z.output<typeof logLevel>;
  /** Keys the hash chain of the audit trail. */
  readonly auditKey?: string;
  /** Encrypts the comments of users; they are not kept without it. */
  readonly commentKey?: string;
  /** Opens the feedback dashboard; nobody sees it without it. */
  readonly adminToken?: string;
  /** As set; what follows from it is decided together with the site configuration. */
  readonly auth?: 'required' | 'off';
  readonly isProduction: boolean;
  /** Processes that serve. */
  readonly workers: number;
}

/** A problem is one line that names the variable. */
export type EnvironmentReading =
  { readonly ok: true; readonly environment: Environment } | { readonly ok: false; readonly problem: string };

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be one of fatal, error, warn, info, debug, trace, silent',
});

const variables = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a port number' })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: 'must be a port number, 65535 at most' })
    .default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, { error: 'must be a host name or an IP address' })
    .default('127.0.0.1'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL such as https://cds.example.org' })
    .transform(withoutSlash)
    .optional(),
  DATABASE_URL: z
    .string()
    .superRefine((url, context) => {
      const message = databaseProblem(url);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .default('file:./data/vertebral-cds.db'),
  CONFIG_FILE: z.string().optional(),
  LOG_LEVEL: logLevel.default('info'),
  AUTH: z.enum(['required', 'off'], { error: 'must be "required" or "off"' }).optional(),
  AUDIT_KEY: z.string().min(32, { error: 'must have 32 characters or more' }).optional(),
  COMMENT_KEY: z.string().min(32, { error: 'must have 32 characters or more' }).optional(),
  ADMIN_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{32,}$/, { error: 'must have 32 visible ASCII characters or more, without blanks' })
    .optional(),
  WORKERS: z
    .string()
    .regex(/^[1-9]\d?$/, { error: 'must be a number of processes, 1 to 99' })
    .transform(Number)
    .default(1),
  NODE_ENV: z.string().optional(),
});

/** Checks the variables; those that are empty count as not set. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): EnvironmentReading {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      ok: false,
      problem: `${String(issue?.path[0] ?? 'environment')} ${issue?.message ?? 'is invalid'}`,
    };
  }
  const { PORT, HOST, PUBLIC_URL, DATABASE_URL, CONFIG_FILE, LOG_LEVEL, AUTH, AUDIT_KEY, NODE_ENV } =
    parsed.data;
  const { COMMENT_KEY, ADMIN_TOKEN, WORKERS } = parsed.data;
  return {
    ok: true,
    environment: {
      port: PORT,
      host: HOST,
      ...(PUBLIC_URL === undefined ? {} : { publicUrl: PUBLIC_URL }),
      databaseUrl: DATABASE_URL,
      ...(CONFIG_FILE === undefined ? {} : { configFile: CONFIG_FILE }),
      logLevel: LOG_LEVEL,
      ...(AUDIT_KEY === undefined ? {} : { auditKey: AUDIT_KEY }),
      ...(COMMENT_KEY === undefined ? {} : { commentKey: COMMENT_KEY }),
      ...(ADMIN_TOKEN === undefined ? {} : { adminToken: ADMIN_TOKEN }),
      ...(AUTH === undefined ? {} : { auth: AUTH }),
      isProduction: NODE_ENV === 'production',
      workers: WORKERS,
    },
  };
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? withoutSlash(url.slice(0, -1)) : url;
}

function databaseProblem(url: string): string | undefined {
  if (/^postgres(ql)?:/.test(url)) return isPostgres(url) ? undefined : notPostgres;
  if (!/^file:(?:\/\/\/|(?!\/\/)).+/.test(url))
    return 'must be a file: URL such as file:./data/vertebral-cds.db, or postgres://user:password@host/database';
  return undefined;
}

const notPostgres = 'must name host and database: postgres://user:password@host/database';

function isPostgres(url: string): boolean {
  return URL.canParse(url) && new URL(url).host !== '' && new URL(url).pathname.length > 1;
}
