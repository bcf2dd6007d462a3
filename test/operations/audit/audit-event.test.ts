import { describe, expect, test } from '@jest/globals';
import { Fhir } from 'fhir/fhir.js';
import type { AuditEntry } from '../../../src/operations/audit/audit-entry.js';
import { auditEvent } from '../../../src/operations/audit/audit-event.js';
import { callEntry, product } from '../../support/audit.js';

const at = new Date('2026-11-23T10:00:00Z');
const pseudonym = (kind: string, client: string | undefined) => `hash of ${kind} at ${client ?? ''}`;
const call = callEntry(at) as Extract<AuditEntry, { readonly kind: 'hook-call' | 'feedback' }>;

const entries: readonly [string, AuditEntry][] = [
  ['a call', call],
  [
    'a call that could not be understood',
    {
      kind: 'hook-call',
      at,
      client: 'north',
      line: { ...call.line, status: 400, failure: 'invalid-request' },
    },
  ],
  [
    'feedback',
    { kind: 'feedback', at, client: 'north', line: { ...call.line, route: 'feedback', feedback: 2 } },
  ],
  ['a start', { kind: 'start', at }],
  ['a stop', { kind: 'stop', at }],
  ['a purge', { kind: 'purge', at, deleted: { cards: 3, audit: 0 } }],
  ['a gap', { kind: 'lost', at, count: 7 }],
];

test.each(entries)('%s is a valid FHIR R4 AuditEvent without a trace of the people', (_what, entry) => {
  const event = auditEvent(entry, product, pseudonym);
  const { messages } = new Fhir().validate(event);
  expect(messages.filter(({ severity }) => ['error', 'fatal'].includes(String(severity)))).toEqual([]);
  expect(JSON.stringify(event)).not.toContain('canary');
});

test('a call names client, user, service, patient, request and answer', () => {
  expect(auditEvent(call, product, pseudonym)).toMatchObject({
    type: { code: 'rest' },
    subtype: [{ code: 'hook-call' }],
    outcome: '0',
    recorded: '2026-11-23T10:00:00.000Z',
    agent: [
      { type: { coding: [{ code: '110153' }] }, who: { display: 'north' } },
      { who: { identifier: { value: 'hash of user at north' } }, requestor: true },
      { type: { coding: [{ code: '110152' }] }, who: { display: 'vertebral-cds 1.2.3' } },
    ],
    entity: [
      { what: { identifier: { value: 'hash of patient at north' } }, role: { code: '1' } },
      { what: { identifier: { value: call.line.requestId } }, type: { code: 'XrequestId' } },
      {
        detail: expect.arrayContaining([
          { type: 'outcomes', valueString: 'kyphoplasty' },
          { type: 'rules', valueString: 'T6' },
          { type: 'prefetch-timeout', valueString: '1' },
          { type: 'other-patient-resources', valueString: '2' },
        ]),
      },
    ],
  });
});

describe('the outcome says whose failure it was:', () => {
  test.each([
    [200, '0'],
    [412, '4'],
    [429, '4'],
    [500, '8'],
    [503, '8'],
  ])('%i is %s', (status, outcome) => {
    const entry = { ...call, line: { ...call.line, status } };
    expect(auditEvent(entry, product, pseudonym).outcome).toBe(outcome);
  });
});
