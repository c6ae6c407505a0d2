import { execFile } from 'node:child_process';
import { createSecureServer, createServer as createHttp2Server } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckWorld } from './check-run.ts';
import { beginWorld } from './check-world.ts';
import { describeResult } from './describe-result.ts';
import { runCheck } from './run-check.ts';
import type { CheckResult, HttpSpec } from './spec.ts';
import { GOOD_CERTIFICATE, TEST_AUTHORITY, TEST_KEY } from './test-certificates.ts';
import {
  END_HEADERS,
  END_STREAM,
  field,
  FRAME,
  frame,
  goodbye,
  OK_FIELDS,
  PADDED,
  reset,
  settings,
} from './test-frames.ts';
import { testSpec } from './test-spec.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
const open: { close: () => unknown }[] = [];
const sockets = new Set<Socket>();
let world: CheckWorld;

beforeEach(() => {
  world = beginWorld(log);
});
afterEach(() => {
  world.deadlines.close();
  for (const socket of sockets) socket.destroy();
  for (const server of open.splice(0)) server.close();
});

const check = (url: string, given: Partial<HttpSpec> = {}): Promise<CheckResult> =>
  runCheck(testSpec({ url, httpVersion: '2', tls: { caPem: TEST_AUTHORITY }, ...given }), Date.now(), world);

async function listen(server: Server, scheme: 'http' | 'https'): Promise<string> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Says what it likes once the other side has spoken. */
const raw = (behave: (socket: Socket) => void) =>
  listen(
    createServer((socket) => socket.once('data', () => behave(socket))),
    'http',
  );

/** Writes until the other side is gone. */
function flood(socket: Socket, piece: Buffer): void {
  const pieces = Buffer.concat(Array.from({ length: Math.ceil(16_384 / piece.length) }, () => piece));
  const more = (): void => void (socket.destroyed || socket.write(pieces, () => setImmediate(more)));
  more();
}

const headers = (fields: Buffer, flags: number = END_HEADERS): Buffer => frame(FRAME.headers, flags, 1, fields);
const TLS = { cert: GOOD_CERTIFICATE, key: TEST_KEY };

describe('a check by HTTP/2', () => {
  it('is up over TLS, with every phase, its headers as they came, and its certificate', async () => {
    const server = createSecureServer(TLS, (request, response) => {
      response.setHeader('x-asked', `${request.httpVersion} ${request.method} ${request.headers['x-mine'] ?? ''}`);
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.end('all is well');
    });
    const url = await listen(server, 'https');
    const result = await check(`${url}/health?full=1`, {
      headers: { 'X-Mine': 'yes', Connection: 'keep-alive' },
      assertions: [
        { kind: 'body', test: 'contains', value: 'well' },
        { kind: 'header', name: 'X-Asked', test: 'equals', value: '2.0 GET yes' },
        { kind: 'header', name: 'set-cookie', test: 'equals', value: 'a=1, b=2' },
        { kind: 'certificate', daysAtLeast: 30 },
      ],
    });
    expect([describeResult(result), result.outcome]).toEqual([expect.stringContaining('status 200'), 'up']);
    expect(result.connection).toEqual({ httpVersion: '2', proxy: null });
    expect(Object.values(result.phases).every((phase) => phase !== null && phase >= 0)).toBe(true);
  });

  it('sends a body and a host of its own, and follows redirects', async () => {
    const server = createSecureServer(TLS, (request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        if (request.url === '/old') response.writeHead(302, { location: '/new' }).end();
        else response.end(`${request.method} ${request.authority} ${request.url} ${body}`);
      });
    });
    const url = await listen(server, 'https');
    const says = (value: string) => [{ kind: 'body', test: 'contains', value } as const];
    const posted = { method: 'POST', body: '{"a":1}', headers: { host: 'shop.example' } } as const;
    expect(await check(url, { ...posted, assertions: says('POST shop.example / {"a":1}') })).toMatchObject({
      outcome: 'up',
    });
    const { host } = new URL(url);
    expect(await check(`${url}/old`, { assertions: says(`GET ${host} /new`) })).toMatchObject({ outcome: 'up' });
    expect(await check(url, { method: 'HEAD' })).toMatchObject({ outcome: 'up', status: 200 });
  });

  it('leaves out what belongs to one connection of HTTP/1.1', async () => {
    const server = createHttp2Server((request, response) => response.end(Object.keys(request.headers).join(' ')));
    const connectionOnly = ['HTTP2-Settings', 'Upgrade', 'Keep-Alive', 'Proxy-Connection', 'TE', 'Transfer-Encoding'];
    const result = await check(await listen(server, 'http'), {
      headers: { ...Object.fromEntries(connectionOnly.map((name) => [name, 'x'])), 'X-Mine': 'yes' },
      assertions: [{ kind: 'body', test: 'contains', value: 'x-mine' }],
    });
    expect([describeResult(result), result.outcome]).toEqual([expect.stringContaining('status 200'), 'up']);
  });

  it('with a field that Node refuses is unknown, and its connection is closed', async () => {
    let ended: () => void = () => {};
    const closed = new Promise<void>((resolve) => (ended = resolve));
    const server = createServer((socket) => {
      socket.on('close', ended).resume();
      // What fails the session while there is no request.
      socket.write(Buffer.concat([settings(), goodbye(0, 2)]));
    });
    const result = await check(await listen(server, 'http'), { headers: { ':planted': 'x' } });
    expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'engine' } });
    expect(result.error?.message).toMatch(/^the check could not be made: ":planted" is an invalid pseudoheader/);
    await closed;
  });

  it('may be spoken without TLS, to a server that expects it', async () => {
    const server = createHttp2Server((_, response) => response.end('well'));
    const url = await listen(server, 'http');
    expect(await check(url)).toMatchObject({ outcome: 'up', connection: { httpVersion: '2' } });
  });

  it.each([
    [true, '2'],
    [false, '1.1'],
  ])('takes what the server offers where that is asked (%s: HTTP/%s)', async (offers, version) => {
    const server = offers
      ? createSecureServer(TLS, (_, response) => response.end('well'))
      : createHttpsServer(TLS, (_, response) => response.end('well'));
    const url = await listen(server, 'https');
    const result = await check(url, { httpVersion: 'auto' });
    expect([describeResult(result), result.connection?.httpVersion]).toEqual([
      expect.stringContaining('status 200'),
      version,
    ]);
  });

  it.each([
    ['HTTP/1.1', ['http/1.1']],
    ['nothing', undefined],
  ])('demanded of a server that speaks HTTP/1.1 only is down (by ALPN: %s)', async (chosen, ALPNProtocols) => {
    const server = createTlsServer({ ...TLS, ...(ALPNProtocols === undefined ? {} : { ALPNProtocols }) });
    const result = await check(await listen(server, 'https'));
    expect([result.outcome, describeResult(result)]).toEqual([
      'down',
      `127.0.0.1 offers no HTTP/2, which this monitor asks by (in TLS it chose ${chosen})`,
    ]);
  });

  it('follows a redirect only to where it may', async () => {
    const server = createSecureServer(TLS, (_, response) =>
      response.writeHead(302, { location: 'https://169.254.169.254/latest' }).end(),
    );
    const result = await check(await listen(server, 'https'));
    expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'target-not-allowed' } });
  });
});

describe('a hostile server by HTTP/2 is down within the timeout, and says why', () => {
  const start = (socket: Socket): unknown => socket.write(settings());
  const well = (socket: Socket): unknown => socket.write(Buffer.concat([settings(), headers(OK_FIELDS)]));
  const hostile: [string, (socket: Socket) => void, RegExp][] = [
    ['never answers', () => {}, /no answer within 1 s \(waiting for the first byte\)/],
    ['answers with settings only', start, /no answer within 1 s/],
    ['never ends its body', (socket) => void well(socket), /the answer was not complete within 1 s/],
    [
      'speaks HTTP/1.1',
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      /does not answer in HTTP\/2.*without TLS/,
    ],
    ['closes at once', (socket) => socket.end(), /closed without an answer; perhaps .* speaks no HTTP\/2/],
    [
      'says goodbye',
      (socket) => socket.end(Buffer.concat([settings(), goodbye(0, 0)])),
      /GOAWAY, NO_ERROR\) without an answer/,
    ],
    [
      'says goodbye and why',
      (socket) => socket.write(Buffer.concat([settings(), goodbye(0, 11)])),
      /ended the connection \(GOAWAY, ENHANCE_YOUR_CALM\)/,
    ],
    ['resets', (socket) => socket.write(Buffer.concat([settings(), reset(7)])), /reset the answer \(REFUSED_STREAM\)/],
    ['resets in the middle', (socket) => (well(socket), socket.write(reset(2))), /reset the answer \(INTERNAL_ERROR\)/],
    [
      'closes in the middle',
      (socket) => (well(socket), socket.end(frame(FRAME.data, 0, 1, Buffer.from('si')))),
      /closed in the middle of the body/,
    ],
    [
      'sends less than it promised',
      (socket) => {
        socket.write(Buffer.concat([settings(), headers(Buffer.concat([OK_FIELDS, field('content-length', '9')]))]));
        socket.write(Buffer.concat([frame(FRAME.data, 0, 1, Buffer.from('si')), reset(0)]));
      },
      /in the middle of the body/,
    ],
    [
      'has endless headers',
      (socket) => (
        start(socket),
        socket.write(headers(OK_FIELDS, 0)),
        flood(socket, frame(FRAME.continuation, 0, 1, field('x-a', 'b'.repeat(500))))
      ),
      /not valid HTTP\/2: .*CONTINUATION/,
    ],
    [
      'has long headers',
      (socket) => {
        start(socket);
        const long = Array.from({ length: 9 }, () => field('x-long', 'a'.repeat(10_000)));
        socket.write(headers(Buffer.concat([OK_FIELDS, ...long.slice(0, 1)]), 0));
        for (const one of long.slice(1)) socket.write(frame(FRAME.continuation, 0, 1, one));
        socket.write(frame(FRAME.continuation, END_HEADERS, 1));
      },
      /not valid HTTP\/2|headers are longer/,
    ],
    [
      'has too many headers',
      (socket) => {
        start(socket);
        const many = Buffer.concat([OK_FIELDS, ...Array.from({ length: 1_500 }, (_, at) => field(`x-${at}`, ''))]);
        socket.write(headers(many, END_HEADERS | END_STREAM));
      },
      /headers are longer or more than is read/,
    ],
    [
      'sends early hints for ever',
      (socket) => (start(socket), flood(socket, headers(Buffer.concat([Buffer.from([0x08, 3]), Buffer.from('103')])))),
      /more than 20 interim responses|not valid HTTP\/2/,
    ],
    [
      'has an endless body',
      (socket) => (well(socket), flood(socket, frame(FRAME.data, 0, 1, Buffer.alloc(8_000)))),
      /body is longer than 1000000 bytes/,
    ],
    [
      'floods with empty data',
      (socket) => (well(socket), flood(socket, frame(FRAME.data, 0, 1))),
      /not valid HTTP\/2: Too many/,
    ],
    ['floods with settings', (socket) => flood(socket, settings([4, 65_535])), /not valid HTTP\/2: Flooding/],
    [
      'floods with pings',
      (socket) => (start(socket), flood(socket, frame(FRAME.ping, 0, 0, Buffer.alloc(8)))),
      /not valid HTTP\/2: Flooding/,
    ],
    [
      'floods with frames of no known kind',
      (socket) => (start(socket), flood(socket, frame(FRAME.unknown, 0, 0, Buffer.alloc(500)))),
      /not valid HTTP\/2|sent more than/,
    ],
    [
      'pads its body',
      (socket) => {
        well(socket);
        flood(socket, frame(FRAME.data, PADDED, 1, Buffer.concat([Buffer.from([255, 120]), Buffer.alloc(255)])));
      },
      /sent more than 2048576 bytes, and still no whole answer/,
    ],
    [
      'widens the window for ever',
      (socket) => (start(socket), flood(socket, frame(FRAME.window, 0, 0, Buffer.from([0, 0, 0, 1])))),
      /sent more than|not valid HTTP\/2|ended the connection/,
    ],
    [
      'pushes what nobody asked for',
      (socket) => (
        start(socket),
        socket.write(frame(FRAME.push, END_HEADERS, 1, Buffer.concat([Buffer.from([0, 0, 0, 2]), OK_FIELDS])))
      ),
      /not valid HTTP\/2|no answer within|GOAWAY/,
    ],
    [
      'wants a huge header table',
      (socket) => (
        socket.write(settings([1, 0xffff_ffff])),
        socket.write(headers(Buffer.from([0x3f, 0xe1, 0xff, 0xff, 0xff, 0x07, 0x88])))
      ),
      /not valid HTTP\/2|GOAWAY/,
    ],
    [
      'sends a frame that is too long',
      (socket) => (start(socket), socket.write(Buffer.from([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1]))),
      /not valid HTTP\/2|GOAWAY/,
    ],
  ];
  it.each(hostile)('%s', async (_, behave, words) => {
    const url = await raw(behave);
    const before = process.memoryUsage().rss;
    const began = Date.now();
    const result = await check(url);
    expect(result.outcome).toBe('down');
    expect(result.error?.message).toMatch(words);
    expect(Date.now() - began).toBeLessThan(2_500);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  it('never takes the process with it, whatever is collected first', async () => {
    const script = fileURLToPath(new URL('./test-long-heads.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    expect(stdout.trim().split('\n')).toEqual([
      'many http down',
      'many grpc down',
      'endless http down',
      'endless grpc down',
    ]);
  }, 60_000);

  it('packs a bomb into its body', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const server = createSecureServer(TLS, (_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(bomb);
    });
    const asserted = [{ kind: 'body', test: 'contains', value: 'x' } as const];
    const result = await check(await listen(server, 'https'), { assertions: asserted, timeoutMs: 3_000 });
    expect(result).toMatchObject({ outcome: 'down', error: { kind: 'body-too-large' } });
  });
});

describe('HTTP/1.1 and HTTP/2', () => {
  const answer = fc.record({
    status: fc.constantFrom(200, 201, 204, 304, 302, 404, 500, 503),
    headers: fc.dictionary(
      fc.stringMatching(/^x-[a-z0-9-]{1,10}$/),
      fc.stringMatching(/^[!-~](?:[ -~]{0,20}[!-~])?$/),
      { maxKeys: 6 },
    ),
    body: fc.uint8Array({ maxLength: 4_000 }),
    gzip: fc.boolean(),
    method: fc.constantFrom('GET', 'HEAD', 'POST'),
    wanted: fc.stringMatching(/^[a-z]$/),
  });

  it('give the same verdict on the same server', async () => {
    let now: Omit<typeof answer extends fc.Arbitrary<infer Value> ? Value : never, 'wanted'> | null = null;
    const server = createSecureServer({ ...TLS, allowHTTP1: true }, (_, response) => {
      const { status = 200, headers: fields = {}, body = new Uint8Array(), gzip = false } = now ?? {};
      const hasBody = status !== 204 && status !== 304;
      response.writeHead(status, { date: 'x', ...fields, ...(gzip && hasBody ? { 'content-encoding': 'gzip' } : {}) });
      if (hasBody) response.end(gzip ? gzipSync(body) : Buffer.from(body));
      else response.end();
    });
    const url = await listen(server, 'https');
    const travelling = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);
    const said = (result: CheckResult) => ({
      outcome: result.outcome,
      status: result.status,
      failures: result.failures,
      error: result.error,
      body: result.evidence?.bodyStart,
      headers: result.evidence?.headers.filter(([name]) => !travelling.has(name)).toSorted(),
      certificate: result.certificateExpiresAtMs,
    });
    await fc.assert(
      fc.asyncProperty(answer, async ({ wanted, ...given }) => {
        now = given;
        const spec: Partial<HttpSpec> = {
          method: given.method as HttpSpec['method'],
          assertions: [{ kind: 'body', test: 'contains', value: wanted }],
        };
        const plain = testSpec({ url, tls: { caPem: TEST_AUTHORITY }, ...spec });
        const first = await runCheck(plain, Date.now(), world);
        expect(said(await check(url, spec))).toEqual(said(first));
        expect(said(await check(url, { ...spec, httpVersion: 'auto' }))).toEqual(said(first));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
