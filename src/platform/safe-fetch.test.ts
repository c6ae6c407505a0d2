import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSafeFetch } from './safe-fetch.ts';

const LOOPBACK = ['127.0.0.0/8'];
const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const get = { timeoutMs: 2_000, allowedTargets: LOOPBACK };

describe('a guarded request', () => {
  it('sends method, headers and body, and returns the answer', async () => {
    const port = await serve((request, response) => {
      read(request).then(
        (body) => response.setHeader('x-method', request.method ?? '').end(`${request.headers['x-a']}:${body}`),
        () => undefined,
      );
    });
    const fetch = createSafeFetch();
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      ...get,
      method: 'POST',
      headers: { 'x-a': 'b' },
      body: 'hello',
    });
    expect(answer).toMatchObject({ status: 200, body: 'b:hello' });
    expect(answer.headers['x-method']).toBe('POST');
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost/',
  ])('refuses %s when nothing is allowed', async (url) => {
    await expect(createSafeFetch()(url, { ...get, allowedTargets: [] })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('refuses cloud metadata whatever is allowed, and says how to allow the rest', async () => {
    const fetch = createSafeFetch();
    const everything = { ...get, allowedTargets: ['0.0.0.0/0', '::/0'] };
    await expect(fetch('http://169.254.169.254/', everything)).rejects.toThrow('never allowed');
    await expect(fetch('http://[::ffff:169.254.169.254]/', everything)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(fetch('http://10.9.8.7/', { ...get, allowedTargets: [] })).rejects.toThrow('allow 10.0.0.0/8');
  });

  it('checks the address that a name resolves to at the moment of connecting', async () => {
    const port = await serve((_request, response) => void response.end('inside'));
    let asked = 0;
    const rebinding = createSafeFetch({
      resolver: (_host, done) => done(null, [{ address: ++asked === 1 ? '10.0.0.1' : '127.0.0.1', family: 4 }]),
    });
    await expect(rebinding(`http://rebind.test:${port}/`, { ...get, allowedTargets: [] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(rebinding(`http://rebind.test:${port}/`, { ...get, allowedTargets: [] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await rebinding(`http://rebind.test:${port}/`, get)).body).toBe('inside');
  });

  it('uses only the allowed ones among several addresses', async () => {
    const port = await serve((_request, response) => void response.end('ok'));
    const mixed = createSafeFetch({
      resolver: (_host, done) =>
        done(null, [
          { address: '169.254.169.254', family: 4 },
          { address: '127.0.0.1', family: 4 },
        ]),
    });
    expect((await mixed(`http://mixed.test:${port}/`, get)).body).toBe('ok');
  });

  it('does not reuse a connection that a wider list opened', async () => {
    const port = await serve((_request, response) => void response.end('ok'));
    const fetch = createSafeFetch();
    await fetch(`http://127.0.0.1:${port}/`, get);
    await expect(fetch(`http://127.0.0.1:${port}/`, { ...get, allowedTargets: [] })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('checks each redirect again', async () => {
    const port = await serve(
      (_request, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    );
    await expect(createSafeFetch()(`http://127.0.0.1:${port}/`, get)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('follows redirects as HTTP says and leaves credentials at home', async () => {
    const seen: string[] = [];
    const note = (request: IncomingMessage) =>
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
    const other = await serve((request, response) => {
      note(request);
      response.end('there');
    });
    const port = await serve((request, response) => {
      note(request);
      if (request.url === '/307') response.writeHead(307, { location: '/303' }).end();
      else response.writeHead(303, { location: `http://127.0.0.1:${other}/other` }).end();
    });
    const answer = await createSafeFetch()(`http://127.0.0.1:${port}/307`, {
      ...get,
      method: 'POST',
      body: 'x',
      headers: { authorization: 'secret' },
    });
    expect(answer.body).toBe('there');
    expect(seen).toEqual(['POST /307 secret', 'POST /303 secret', 'GET /other -']);
  });

  it('stops after five redirects', async () => {
    const port = await serve((_request, response) => void response.writeHead(302, { location: '/again' }).end());
    await expect(createSafeFetch()(`http://127.0.0.1:${port}/`, get)).rejects.toThrow('more than 5 times');
  });

  it('gives up after its time, also in the middle of an answer', async () => {
    const port = await serve((_request, response) => void response.write('start'));
    await expect(createSafeFetch()(`http://127.0.0.1:${port}/`, { ...get, timeoutMs: 200 })).rejects.toThrow(
      'did not answer within 0.2 s',
    );
  });

  it('reads no more than it was told', async () => {
    const port = await serve((_request, response) => void response.end('x'.repeat(500_000)));
    const answer = await createSafeFetch()(`http://127.0.0.1:${port}/`, { ...get, maxBytes: 1_000 });
    expect(answer.body).toHaveLength(1_000);
  });

  it('says in a sentence why no answer came', async () => {
    const fetch = createSafeFetch();
    const port = await serve((request) => void request.socket.destroy());
    await expect(fetch('http://127.0.0.1:9/', get)).rejects.toThrow('127.0.0.1:9 refused the connection.');
    await expect(fetch(`http://127.0.0.1:${port}/`, get)).rejects.toThrow('closed the connection');
    await expect(fetch('http://no-such-host.invalid/', get)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(fetch('ftp://example.com/', get)).rejects.toMatchObject({ code: 'invalid' });
    await expect(fetch('http://user:pw@example.com/', get)).rejects.toMatchObject({ code: 'invalid' });
    await expect(fetch('nonsense', get)).rejects.toMatchObject({ code: 'invalid' });
  });
});

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
