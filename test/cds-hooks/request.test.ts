import { describe, expect, test } from '@jest/globals';
import { hookOf, parseHookRequest } from '../../src/cds-hooks/request.js';
import { orderSelectRequest, orderSignRequest, patientViewRequest } from '../support/hook-request.js';

const draft = { resourceType: 'ServiceRequest', status: 'draft', code: { coding: [{}] } };

describe('a request is accepted', () => {
  test('when it holds no more than the standard requires', () => {
    const parsed = parseHookRequest('patient-view', patientViewRequest());
    expect(parsed).toEqual({
      ok: true,
      value: {
        hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
        context: { hook: 'patient-view', patientId: 'p1', userId: 'Practitioner/u1' },
        prefetch: new Map(),
        options: { off: new Set() },
      },
    });
  });

  const tolerated: readonly [string, Record<string, unknown>][] = [
    ['unknown members', { whatIsThis: [1, 2] }],
    ['an extension of any kind', { extension: { 'com.example': { a: 1 } } }],
    ['an extension that is not even an object', { extension: 'x' }],
    ['null where an optional member would be', { fhirServer: null, fhirAuthorization: null, prefetch: null }],
    ['a FHIR server without a token', { fhirServer: 'http://ehr.example/fhir' }],
  ];
  test.each(tolerated)('with %s', (_, members) => {
    expect(parseHookRequest('patient-view', patientViewRequest(members)).ok).toBe(true);
  });

  test('with a prefixed patientId, which comes out plain', () => {
    const parsed = parseHookRequest('patient-view', patientViewRequest({}, { patientId: 'Patient/p1' }));
    expect(parsed).toMatchObject({ ok: true, value: { context: { patientId: 'p1' } } });
  });

  test('with a draft Bundle without type, fullUrl or ids, of which only entries with a resource are kept', () => {
    const draftOrders = {
      resourceType: 'Bundle',
      entry: [{ resource: draft }, {}, null, 7, { resource: 'x' }],
    };
    const parsed = parseHookRequest('order-sign', orderSignRequest({}, { draftOrders }));
    expect(parsed).toMatchObject({
      ok: true,
      value: { context: { draftOrders: { entry: [{ resource: draft }] } } },
    });
    expect(
      parsed.ok && 'draftOrders' in parsed.value.context && parsed.value.context.draftOrders.entry?.length,
    ).toBe(1);
  });

  test('with the token kept apart from everything that is passed on', () => {
    const authorization = {
      access_token: 'abc.def',
      token_type: 'bearer',
      expires_in: 1,
      scope: 's',
      subject: 'x',
    };
    const request = patientViewRequest({
      fhirServer: 'https://ehr.example/fhir',
      fhirAuthorization: authorization,
    });
    expect(parseHookRequest('patient-view', request)).toMatchObject({
      ok: true,
      value: { accessToken: 'abc.def' },
    });
  });
});

test.each([{}, { patient: null }, { patient: 'p1' }, { patient: 'Patient/p1' }])(
  'a token limited to the patient of the context, or to none, is taken: %j',
  (limit) => {
    const request = patientViewRequest({
      fhirServer: 'https://ehr.example/fhir',
      fhirAuthorization: { access_token: 'abc', ...limit },
    });
    expect(parseHookRequest('patient-view', request).ok).toBe(true);
  },
);

describe('a request is refused, naming the path,', () => {
  const select = (context: Record<string, unknown>) => orderSelectRequest({}, context);
  const view = (context: Record<string, unknown>) => patientViewRequest({}, context);
  const rows: readonly [string, 'patient-view' | 'order-select', unknown, string][] = [
    ['the body is an array', 'patient-view', [], ''],
    ['the body is null', 'patient-view', null, ''],
    [
      'hookInstance is missing',
      'patient-view',
      patientViewRequest({ hookInstance: undefined }),
      'hookInstance',
    ],
    ['hookInstance is no UUID', 'patient-view', patientViewRequest({ hookInstance: 'x' }), 'hookInstance'],
    ['context is missing', 'patient-view', patientViewRequest({ context: undefined }), 'context'],
    ['patientId is missing', 'patient-view', view({ patientId: undefined }), 'context.patientId'],
    ['patientId climbs', 'patient-view', view({ patientId: '..' }), 'context.patientId'],
    ['patientId holds a path', 'patient-view', view({ patientId: 'p1/../x' }), 'context.patientId'],
    ['patientId is another type', 'patient-view', view({ patientId: 'Group/p1' }), 'context.patientId'],
    ['userId has no type', 'patient-view', view({ userId: 'u1' }), 'context.userId'],
    ['encounterId is a number', 'patient-view', view({ encounterId: 4 }), 'context.encounterId'],
    ['selections are missing', 'order-select', select({ selections: undefined }), 'context.selections'],
    ['a selection is no string', 'order-select', select({ selections: ['a', 1] }), 'context.selections[1]'],
    ['draftOrders are missing', 'order-select', select({ draftOrders: undefined }), 'context.draftOrders'],
    [
      'draftOrders are no Bundle',
      'order-select',
      select({ draftOrders: { resourceType: 'List' } }),
      'context.draftOrders.resourceType',
    ],
    ['prefetch is an array', 'patient-view', patientViewRequest({ prefetch: [] }), 'prefetch'],
    ['fhirServer is no URL', 'patient-view', patientViewRequest({ fhirServer: 'ehr' }), 'fhirServer'],
    ['fhirServer is a file', 'patient-view', patientViewRequest({ fhirServer: 'file:///etc' }), 'fhirServer'],
    [
      'fhirServer names a user',
      'patient-view',
      patientViewRequest({ fhirServer: 'http://a:b@c/' }),
      'fhirServer',
    ],
    [
      'fhirAuthorization comes without fhirServer',
      'patient-view',
      patientViewRequest({ fhirAuthorization: { access_token: 'x' } }),
      'fhirServer',
    ],
    [
      'the token is for another patient',
      'patient-view',
      patientViewRequest({
        fhirServer: 'http://c/',
        fhirAuthorization: { access_token: 'x', patient: 'p2' },
      }),
      'fhirAuthorization.patient',
    ],
    [
      'more orders are drafted than anybody drafts',
      'order-select',
      select({ draftOrders: { resourceType: 'Bundle', entry: Array(1001).fill({}) } }),
      'context.draftOrders.entry',
    ],
    [
      'more orders are selected than anybody selects',
      'order-select',
      select({ selections: Array(1001).fill('a') }),
      'context.selections',
    ],
    [
      'the token would break a header',
      'patient-view',
      patientViewRequest({ fhirServer: 'http://c/', fhirAuthorization: { access_token: 'a\nb' } }),
      'fhirAuthorization.access_token',
    ],
  ];
  test.each(rows)('when %s', (_, hook, body, path) => {
    const parsed = parseHookRequest(hook, body);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toEqual([path]);
  });
});

test('the hook of a body is read without trusting its shape', () => {
  expect([{ hook: 'order-sign' }, { hook: 5 }, [], null, 'x'].map(hookOf)).toEqual([
    'order-sign',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
