/** Hook requests that hold no more than the standard requires; tests add what they are about. */
type Members = Readonly<Record<string, unknown>>;

const who = { patientId: 'p1', userId: 'Practitioner/u1' };
const order = {
  resourceType: 'ServiceRequest',
  id: 'o1',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/p1' },
};
const draftOrders = { resourceType: 'Bundle', entry: [{ resource: order }] };

export function patientViewRequest(members: Members = {}, context: Members = {}): Record<string, unknown> {
  return request('patient-view', { ...who, ...context }, members);
}

export function orderSelectRequest(members: Members = {}, context: Members = {}): Record<string, unknown> {
  return request(
    'order-select',
    { ...who, selections: ['ServiceRequest/o1'], draftOrders, ...context },
    members,
  );
}

export function orderSignRequest(members: Members = {}, context: Members = {}): Record<string, unknown> {
  return request('order-sign', { ...who, draftOrders, ...context }, members);
}

function request(hook: string, context: Members, members: Members): Record<string, unknown> {
  return { hook, hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea', context, ...members };
}
