/** What comes in that is no proper HTTP, and how the socket ends. */
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listen, type ListeningSocket } from '../../src/http/socket.js';

let socket: ListeningSocket;
beforeEach(async () => {
  const listening = await listen('127.0.0.1', 0);
  if (!listening.ok) throw new Error(listening.problem);
  ({ socket } = listening);
  socket.onRequest((_request, response) => response.end('{}'));
});
afterEach(() => socket.drain());

/** Sends raw bytes and gives everything that comes back until the connection ends. */
function answerTo(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = connect(Number(new URL(socket.url).port), '127.0.0.1', () => client.write(text));
    let answer = '';
    client.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    client.on('end', () => resolve(answer)).on('error', reject);
  });
}

describe('what is no HTTP is answered with an OperationOutcome and the end of the connection:', () => {
  test.each([
    ['rubbish', 400, 'canary\r\n\r\n'],
    ['another protocol', 400, '\u0016\u0003\u0001canary'],
    ['two lengths', 400, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks, which a proxy may read otherwise',
      400,
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header with a NUL', 400, 'GET / HTTP/1.1\r\nHost: x\r\nX: can\u0000ary\r\n\r\n'],
    ['headers without end', 431, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'canary'.repeat(4000)}\r\n\r\n`],
  ])('%s: %i', async (_what, status, text) => {
    const answer = await answerTo(text);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/connection: close/i);
    expect(JSON.parse(body)).toMatchObject({ resourceType: 'OperationOutcome' });
    expect(answer).not.toContain('canary');
  });
});

describe('who takes too long is told so and hung up on:', () => {
  const limits = { headersTimeout: 100, requestTimeout: 200, keepAliveTimeout: 1000 };
  test.each([
    ['with the headers', 'GET / HTTP/1.1\r\nHost: x\r\nX: '],
    ['with the body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"canary":'],
  ])('%s', async (_what, text) => {
    await socket.drain();
    const impatient = await listen('127.0.0.1', 0, limits);
    if (!impatient.ok) throw new Error(impatient.problem);
    ({ socket } = impatient);
    // The application waits for the body, as ours does.
    socket.onRequest((request) => request.resume());
    const answer = await answerTo(text);
    expect(answer).toMatch(/^HTTP\/1.1 408 [\s\S]*"OperationOutcome"/);
    expect(answer).not.toContain('canary');
  });
});

test('a client that says nothing is hung up on when the socket ends', async () => {
  const client = connect(Number(new URL(socket.url).port), '127.0.0.1');
  await new Promise((resolve) => client.once('connect', resolve));
  const ended = new Promise((resolve) => client.once('close', resolve));
  await socket.drain();
  await ended;
});

test('an address that can’t be had is named', async () => {
  const port = Number(new URL(socket.url).port);
  expect(await listen('127.0.0.1', port)).toEqual({
    ok: false,
    problem: expect.stringContaining(`PORT ${port} is in use`),
  });
  expect(await listen('192.0.2.1', 0)).toMatchObject({ ok: false, problem: expect.stringContaining('HOST') });
});
