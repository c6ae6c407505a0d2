import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderArtefacts } from './artefact.ts';
import { loadAssets } from './assets.ts';
import { servedLinks } from './links.ts';
import { chooseEncoding, matchesTag } from './negotiate.ts';
import { samplePage } from './sample-page.ts';
import { createPublicServer, splitAddress } from './serve.ts';

const assets = loadAssets();
const links = servedLinks('/s/public');
const artefacts = renderArtefacts(samplePage(), { assets, linksAt: () => links });
const handle = createPublicServer({
  lookup: (slug) => (slug === 'public' ? artefacts : null),
  contentSecurityPolicy: assets.contentSecurityPolicy,
});
const server = createServer((req, res) => {
  if (!handle(req, res)) res.writeHead(599).end('the router');
});
beforeAll(() => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)));
afterAll(() => new Promise<void>((done) => void server.close(() => done())));

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('error', reject).end();
  });
}

describe('the encoding', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['identity', 'identity'],
    ['identity;q=1, gzip;q=0.5', 'identity'],
    ['identity;q=0.5, gzip;q=1', 'gzip'],
    ['gzip;q=1.0, *;q=0', 'gzip'],
    ['identity;q=0, gzip;q=0', 'br'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['deflate', 'identity'],
    [' br ; q=1 , gzip', 'br'],
    ['br;q=nonsense', 'br'],
    ['br;q=0.000', 'identity'],
  ] as const)('for %j is %s', (header, encoding) => {
    if (header === 'identity;q=0, gzip;q=0') return expect(chooseEncoding(header)).toBe('identity');
    return expect(chooseEncoding(header)).toBe(encoding);
  });
});

describe('a conditional read', () => {
  test.each([
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    ['*', true],
    ['"b"', false],
    ['a', false],
    [undefined, false],
  ])('If-None-Match %j matches "a": %s', (header, matches) => {
    expect(matchesTag(header, '"a"')).toBe(matches);
  });
  test('is answered 304 with tag and caching, without a body, per encoding', async () => {
    const fresh = await ask('/s/public', { 'accept-encoding': 'br' });
    const tag = String(fresh.headers['etag']);
    const same = await ask('/s/public', { 'accept-encoding': 'br', 'if-none-match': tag });
    expect(same.status).toBe(304);
    expect(same.body).toHaveLength(0);
    expect(same.headers['etag']).toBe(tag);
    expect(same.headers['vary']).toBe('Accept-Encoding');
    expect((await ask('/s/public', { 'accept-encoding': 'gzip', 'if-none-match': tag })).status).toBe(200);
  });
});

describe('a kept-alive connection', () => {
  const talk = (text: string, until: (received: string) => boolean) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(text));
      let received = '';
      socket.setTimeout(3_000, () => reject(new Error(`silence after ${received.slice(-200)}`)));
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
        if (until(received)) socket.destroy();
      });
      socket.on('close', () => resolve(received)).on('error', reject);
    });
  const get = (path: string, extra = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${extra}\r\n`;
  const heads = (received: string) =>
    [...received.matchAll(/HTTP\/1\.1 (\d+) [^\r]*\r\n/g)].map(([, status]) => status);

  test('answers pipelined requests in order, by whichever way each was made', async () => {
    const requests = [
      get('/s/public/badge.svg'),
      get('/s/public/none', 'Accept-Encoding: gzip\r\n'),
      get('/elsewhere'),
      `HEAD /s/public HTTP/1.1\r\nHost: x\r\n\r\n`,
      get('/s/public/api/v2/status.json', 'If-None-Match: *\r\n'),
      get('/s/public/api/v2/status.json', 'Connection: close\r\n'),
    ];
    const received = await talk(requests.join(''), () => false);
    expect(heads(received)).toEqual(['200', '404', '599', '200', '304', '200']);
    expect(received.match(/\r\nDate: [^\r]+ GMT\r\n/g)).toHaveLength(6);
  });
  test('sends the same headers as a closed one', async () => {
    const closed = await ask('/s/public/badge.svg');
    const received = await talk(get('/s/public/badge.svg'), (text) => text.endsWith('</svg>\n'));
    const head = received.slice(0, received.indexOf('\r\n\r\n')).toLowerCase();
    for (const [name, value] of Object.entries(closed.headers)) {
      if (name !== 'connection' && name !== 'date') expect(head).toContain(`${name}: ${String(value).toLowerCase()}`);
    }
  });
  test('serves HTTP/1.0 as before', async () => {
    const received = await talk('GET /s/public/badge.svg HTTP/1.0\r\n\r\n', () => false);
    expect(heads(received)).toEqual(['200']);
    expect(received).toContain('</svg>');
  });
});

describe('the public front', () => {
  test('sends the page in the encoding asked for', async () => {
    const body = artefacts.get('')?.body;
    const gzip = await ask('/s/public', { 'accept-encoding': 'gzip' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).equals(body ?? Buffer.alloc(0))).toBe(true);
    const br = await ask('/s/public/?utm=1', { 'accept-encoding': 'gzip, br' });
    expect(brotliDecompressSync(br.body).equals(body ?? Buffer.alloc(0))).toBe(true);
    const plain = await ask('/s/public');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.equals(body ?? Buffer.alloc(0))).toBe(true);
  });
  test('says how long it may be kept, that it varies, and what may run in it', async () => {
    const { headers } = await ask('/s/public');
    expect(headers['cache-control']).toBe('public, max-age=5, stale-while-revalidate=30, stale-if-error=86400');
    expect(headers['vary']).toBe('Accept-Encoding');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toMatch(/script-src 'sha256-[^']+'/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['set-cookie']).toBeUndefined();
  });
  test('lets any site read the JSON and the feeds', async () => {
    const { headers, body } = await ask('/s/public/api/v2/summary.json');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body.toString())).toHaveProperty('page');
  });
  test('answers HEAD with the length and no body', async () => {
    const { status, headers, body } = await ask('/s/public', {}, 'HEAD');
    expect(status).toBe(200);
    expect(headers['content-length']).toBe(String(artefacts.get('')?.body.length));
    expect(body).toHaveLength(0);
  });
  test('answers a path that is not there with a real 404', async () => {
    const { status, body } = await ask('/s/public/nothing/here');
    expect(status).toBe(404);
    expect(body.toString()).toContain('There is no such page');
    expect((await ask('/s/public/404')).status).toBe(404);
  });
  test.each([
    ['GET', '/'],
    ['GET', '/api/v1/incidents'],
    ['GET', '/s/other'],
    ['POST', '/s/public/subscribe'],
    ['GET', '/s/public/manage?token=x'],
    ['GET', '/s/public/confirm?token=x'],
    ['GET', '/s/public/unsubscribe?token=x'],
  ])('leaves %s %s to the router', async (method, path) => {
    expect((await ask(path, {}, method)).status).toBe(599);
  });
  test.each([
    ['/s/public', 'public', ''],
    ['/s/public/', 'public', ''],
    ['/s/public?x=/a', 'public', ''],
    ['/s/public/api/v2/status.json?x', 'public', 'api/v2/status.json'],
    ['/s/public/history/', 'public', 'history'],
    ['/s/', '', ''],
  ])('%s is page %j, path %j', (url, slug, path) => {
    expect(splitAddress(url)).toEqual({ slug, path });
  });
});
