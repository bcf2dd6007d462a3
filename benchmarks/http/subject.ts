/** A bare server under load, as a process of its own: `subject.ts KIND JWKS PUBLIC_URL`. Tells its port, then answers. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import express4 from 'express4';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';

export type BareKind =
  'bare node:http' | 'bare express 5' | 'express 5, body by hand' | 'bare express 4' | 'express 5 + JWT';

const [kind, jwks = '{}', publicUrl = ''] = process.argv.slice(2);
const fixed = JSON.stringify({
  cards: [{ uuid: randomUUID(), summary: 'A fixed card', indicator: 'info', source: { label: 'bench' } }],
});
const limit = 10_000_000;

const server = createServer(listenerOf(kind as BareKind)).listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.once('SIGTERM', () => process.exit(0));

function listenerOf(bare: BareKind): RequestListener {
  switch (bare) {
    case 'bare node:http':
      return (request, response) => {
        void parsedByHand(request).then(() =>
          response.writeHead(200, { 'content-type': 'application/json' }).end(fixed),
        );
      };
    case 'bare express 5': {
      const app = express();
      app.use(express.json({ limit }));
      app.post('/cds-services/:id', (_request, response) => void response.type('json').send(fixed));
      return app;
    }
    case 'express 5, body by hand': {
      const app = express();
      app.post('/cds-services/:id', async (request, response) => {
        await parsedByHand(request);
        response.type('json').send(fixed);
      });
      return app;
    }
    case 'bare express 4': {
      const app = express4();
      app.use(express4.json({ limit }));
      app.post('/cds-services/:id', (_request, response) => void response.type('json').send(fixed));
      return app;
    }
    case 'express 5 + JWT': {
      const keys = createLocalJWKSet(JSON.parse(jwks) as JSONWebKeySet);
      const app = express();
      app.use(async (request, _response, next) => {
        const token = (request.headers.authorization ?? '').slice('Bearer '.length);
        await jwtVerify(token, keys, { algorithms: ['ES384'], audience: `${publicUrl}${request.path}` });
        next();
      });
      app.use(express.json({ limit }));
      app.post('/cds-services/:id', (_request, response) => void response.type('json').send(fixed));
      return app;
    }
  }
}

async function parsedByHand(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
