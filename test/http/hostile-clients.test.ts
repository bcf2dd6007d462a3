import { connect, type AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { testApp } from '../support/app.js';
import { patientViewRequest } from '../support/hook-request.js';

const call = '/cds-services/fake-patient-view';
const json = 'application/json';
test('values of the request are not repeated in the answer', async () => {
  const body = patientViewRequest(
    { hookInstance: 'canary-1', fhirServer: 'canary-2' },
    { patientId: 'canary/3', userId: 'canary-4' },
  );
  const { status, text } = await request(testApp().app).post(call).send(body);
  expect([status, text]).toEqual([400, expect.not.stringContaining('canary')]);
});

test('a client that hangs up in the middle of its body does no harm', async () => {
  let onLine: (line: string) => void = () => undefined;
  const logged = new Promise<string>((resolve) => (onLine = resolve));
  const { app } = testApp({ onFinished: ({ line }) => onLine(JSON.stringify(line)) });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const arrived = new Promise((resolve) => server.once('request', resolve));
  socket.write(
    `POST ${call} HTTP/1.1\r\nHost: x\r\nContent-Type: ${json}\r\nContent-Length: 100\r\n\r\n{"hook":`,
  );
  await arrived;
  socket.destroy();
  expect(JSON.parse(await logged)).toMatchObject({ failure: 'broken-body', status: 400 });
  await new Promise((resolve) => server.close(resolve));
});
