/**
 * How many calls a client may make in a minute: one client's storm must not be another one's outage.
 */
import type { Request, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Caller } from './caller.js';

export type RateLimit = (request: Request, response: Response, caller: Caller) => Promise<Allowance>;
export type Allowance =
  { readonly isAllowed: true } | { readonly isAllowed: false; readonly retryAfterSeconds: number };

const windowMs = 60_000;

/** Counts in this process, by client; a caller without a limit is never counted. */
export function createRateLimit(): RateLimit {
  const callers = new WeakMap<Request, Caller>();
  const callerOf = (request: Request) => callers.get(request);
  const limiter = rateLimit({
    windowMs,
    keyGenerator: (request) => callerOf(request)?.client ?? '',
    limit: (request) => callerOf(request)?.callsPerMinute ?? 0,
    handler: (request, _response, next) => next(refusal(request)),
    standardHeaders: false,
    legacyHeaders: false,
    // Its checks are about limits by address; ours are by client.
    validate: false,
  });

  return (request, response, caller) => {
    if (caller.callsPerMinute === undefined) return Promise.resolve({ isAllowed: true });
    callers.set(request, caller);
    return new Promise((resolve, reject) => {
      void limiter(request, response, (outcome?: unknown) => {
        if (outcome === undefined) resolve({ isAllowed: true });
        else if (isRefusal(outcome)) resolve(outcome);
        else reject(outcome instanceof Error ? outcome : new Error('the rate limit failed'));
      });
    });
  };
}

function refusal(request: Request): Allowance {
  const { rateLimit: info } = request as Request & { readonly rateLimit?: { readonly resetTime?: Date } };
  const resetAt = info?.resetTime?.getTime() ?? Date.now() + windowMs;
  return { isAllowed: false, retryAfterSeconds: Math.max(1, Math.ceil((resetAt - Date.now()) / 1000)) };
}

function isRefusal(value: unknown): value is Allowance {
  return typeof value === 'object' && value !== null && 'isAllowed' in value;
}
