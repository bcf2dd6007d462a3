import express from 'express';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { trialCaller, type Caller } from '../../src/http/caller.js';
import { createRateLimit } from '../../src/http/rate-limit.js';

const anybody = trialCaller('any', { budgetMs: 1000, fhirBudgetMs: 800 });
const north: Caller = { ...anybody, client: 'north', callsPerMinute: 2 };
const south: Caller = { ...anybody, client: 'south', callsPerMinute: 1 };
const callers: Readonly<Record<string, Caller>> = { '/north': north, '/south': south, '/anybody': anybody };

/** Answers with the allowance of the caller that the path names. */
function limited() {
  const limit = createRateLimit();
  return express().use((incoming, response, next) => {
    limit(incoming, response, callers[incoming.path] ?? anybody).then(
      (allowance) => response.json(allowance),
      next,
    );
  });
}

test('each client has its own count, and is told when to come again', async () => {
  const app = limited();
  const ask = async (path: string) => (await request(app).get(path)).body as unknown;
  const refused = { isAllowed: false, retryAfterSeconds: expect.any(Number) };
  expect([await ask('/north'), await ask('/north'), await ask('/north')]).toEqual([
    { isAllowed: true },
    { isAllowed: true },
    refused,
  ]);
  expect([await ask('/south'), await ask('/south')]).toEqual([{ isAllowed: true }, refused]);
});

test('a caller without a limit is never refused', async () => {
  const app = limited();
  const asked = Array.from({ length: 20 }, () => request(app).get('/anybody'));
  for (const { body } of await Promise.all(asked)) expect(body).toEqual({ isAllowed: true });
});
