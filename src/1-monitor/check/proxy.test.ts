import { createServer as createHttpServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckWorld } from './check-run.ts';
import { beginWorld } from './check-world.ts';
import { runCheck } from './run-check.ts';
import type { CheckResult, HttpSpec } from './spec.ts';
import { GOOD_CERTIFICATE, TEST_AUTHORITY, TEST_KEY } from './test-certificates.ts';
import { testSpec } from './test-spec.ts';

const TLS = { cert: GOOD_CERTIFICATE, key: TEST_KEY };
const log = { info: () => {}, warn: () => {}, error: () => {} };
const open: { close: () => unknown }[] = [];
const sockets = new Set<Socket>();
let world: CheckWorld;
/** Heads of requests that a proxy was sent. */
let asked: string[] = [];

beforeEach(() => {
  world = beginWorld(log);
  asked = [];
});
afterEach(() => {
  world.deadlines.close();
  for (const socket of sockets) socket.destroy();
  for (const server of open.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Connects whoever asks by CONNECT. */
const tunnel = (socket: Socket): void => {
  socket.on('error', () => {});
  socket.once('data', (head: Buffer) => {
    asked.push(head.toString());
    const port = Number(/^CONNECT [^ ]*:(\d+) /.exec(head.toString())?.[1]);
    const further = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(further).pipe(socket);
    });
    further.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    sockets.add(further);
  });
};
const says = (answer: string) => async () =>
  `http://127.0.0.1:${await listen(
    createServer((socket) =>
      socket.once('data', (head: Buffer) => {
        asked.push(head.toString());
        socket.end(answer);
      }),
    ),
  )}`;

const check = (url: string, proxy: string, given: Partial<HttpSpec> = {}): Promise<CheckResult> =>
  runCheck(
    testSpec({ url, proxy: { url: proxy, authorization: 'Basic b3Blbg==' }, tls: { caPem: TEST_AUTHORITY }, ...given }),
    Date.now(),
    world,
  );

describe('through a proxy', () => {
  it('an https address is reached by CONNECT, and only the target is sent the request', async () => {
    const target = await listen(
      createHttpsServer(TLS, (request, answer) => answer.end(JSON.stringify(request.headers))),
    );
    const proxy = `http://127.0.0.1:${await listen(createServer(tunnel))}`;
    const result = await check(`https://localhost:${target}/`, proxy, { headers: { authorization: 'Bearer deep' } });
    expect(result).toMatchObject({ outcome: 'up', address: '127.0.0.1', connection: { httpVersion: '1.1', proxy } });
    expect(result.certificateExpiresAtMs).toBeGreaterThan(Date.now());
    expect(Object.values(result.phases).every((phase) => phase !== null && phase >= 0)).toBe(true);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(`CONNECT localhost:${target} HTTP/1.1\r\nHost: localhost:${target}\r\n`);
    expect(asked[0]).toContain('Proxy-Authorization: Basic b3Blbg==');
    expect(asked[0]).not.toContain('deep');
  });

  it('TLS may be spoken with the proxy too, and HTTP/2 with the target', async () => {
    const target = await listen(createSecureServer(TLS, (_, answer) => answer.end('well')));
    const proxy = `https://localhost:${await listen(createTlsServer(TLS, tunnel))}`;
    const result = await check(`https://localhost:${target}/`, proxy, { httpVersion: '2' });
    expect(result).toMatchObject({ outcome: 'up', error: null, connection: { httpVersion: '2', proxy } });
    const unknown = await check(`https://localhost:${target}/`, proxy, { tls: {} });
    expect(unknown).toMatchObject({ outcome: 'unknown', error: { kind: 'proxy' } });
    expect(unknown.error?.message).toMatch(/^the proxy localhost:\d+ cannot be used: the certificate of localhost/);
  });

  it('an http address is asked for in absolute form, with the account of the proxy', async () => {
    const heard: string[] = [];
    const proxy = await listen(
      createHttpServer((request, answer) => {
        heard.push(
          `${request.method} ${request.url} ${request.headers.host} ${request.headers['proxy-authorization']}`,
        );
        answer.end('well');
      }),
    );
    const spec: Partial<HttpSpec> = { assertions: [{ kind: 'body', test: 'contains', value: 'well' }] };
    const result = await check('http://127.0.0.1:81/a?b=1', `http://127.0.0.1:${proxy}`, spec);
    expect(result).toMatchObject({ outcome: 'up', status: 200, certificateExpiresAtMs: null });
    expect(heard).toEqual(['GET http://127.0.0.1:81/a?b=1 127.0.0.1:81 Basic b3Blbg==']);
  });

  it('the certificate of the proxy is not taken for that of the target', async () => {
    const fetches = createHttpsServer(TLS, (_, answer) => answer.end('well'));
    const result = await check('http://127.0.0.1:81/', `https://localhost:${await listen(fetches)}`);
    expect(result).toMatchObject({ outcome: 'up', certificateExpiresAtMs: null });
  });

  it('the proxy’s own certificate is verified also where that of the target is not', async () => {
    const proxy = `https://localhost:${await listen(createTlsServer(TLS, tunnel))}`;
    const result = await check('https://localhost:81/', proxy, { tls: { skipVerification: true } });
    expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'proxy' } });
    expect(asked).toEqual([]);
  });

  it('redirects are followed to where they may lead, each by the proxy', async () => {
    const target = await listen(
      createHttpsServer(TLS, (request, answer) =>
        answer
          .writeHead(302, { location: request.url === '/in' ? 'http://10.0.0.7/' : `https://127.0.0.1:${target}/in` })
          .end(),
      ),
    );
    const proxy = `http://127.0.0.1:${await listen(createServer(tunnel))}`;
    const result = await check(`https://localhost:${target}/`, proxy);
    expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'target-not-allowed' } });
    expect(asked).toHaveLength(2);
  });
});

describe('a fault on the way', () => {
  const closed = async () => `http://127.0.0.1:${await listen(createServer((socket) => socket.destroy()))}`;
  const silent = async () => `http://127.0.0.1:${await listen(createServer(() => {}))}`;
  const nobody = async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    return `http://127.0.0.1:${port}`;
  };
  const endless = async () => {
    const more = (socket: Socket): void =>
      void (socket.destroyed || socket.write('x: y\r\n'.repeat(2_000), () => setImmediate(more, socket)));
    const server = createServer((socket) => (socket.write('HTTP/1.1 200 OK\r\n'), more(socket)));
    return `http://127.0.0.1:${await listen(server)}`;
  };
  const SECURE = 'https://localhost:81/';
  const PLAIN = 'http://localhost:81/';
  it.each<[string, string, () => Promise<string>, CheckResult['outcome'], string, RegExp]>([
    ['nobody there', SECURE, nobody, 'unknown', 'proxy', /the proxy .* cannot be used: connection refused/],
    ['nobody there', PLAIN, nobody, 'unknown', 'proxy', /the proxy .* cannot be used: connection refused/],
    ['closes', SECURE, closed, 'unknown', 'proxy', /the proxy .*(closed|reset) the connection/],
    ['wants an account', SECURE, says('HTTP/1.1 407 No\r\n\r\n'), 'unknown', 'proxy', /does not accept the account/],
    ['wants an account', PLAIN, says('HTTP/1.1 407 No\r\n\r\n'), 'unknown', 'proxy', /does not accept the account/],
    [
      'will not',
      SECURE,
      says('HTTP/1.1 403 Filtered\r\n\r\n'),
      'unknown',
      'proxy',
      /refuses to ask localhost:81 \(403 Filtered\)/,
    ],
    ['is no proxy', SECURE, says('SSH-2.0-OpenSSH\r\n\r\n'), 'unknown', 'proxy', /does not answer in HTTP/],
    ['is early', SECURE, says('HTTP/1.1 200 OK\r\n\r\nmore'), 'unknown', 'proxy', /sent something before/],
    ['has endless headers', SECURE, endless, 'unknown', 'proxy', /longer than 262144 bytes/],
    [
      'cannot',
      SECURE,
      says('HTTP/1.1 502 Bad Gateway\r\n\r\n'),
      'down',
      'unreachable',
      /could not reach localhost:81 \(502 Bad/,
    ],
    [
      'cannot',
      PLAIN,
      says('HTTP/1.1 503 No\r\nX-Squid-Error: ERR_CONNECT_FAIL 111\r\nContent-Length: 0\r\n\r\n'),
      'down',
      'unreachable',
      /could not reach localhost:81 \(503 ERR_CONNECT_FAIL 111\)/,
    ],
    ['is silent', SECURE, silent, 'down', 'timeout', /did not say within 1 s that it reached localhost:81/],
    ['is silent', PLAIN, silent, 'down', 'timeout', /no answer within 1 s .*through the proxy/],
  ])('that %s (%s)', async (_, url, start, outcome, kind, words) => {
    const result = await check(url, await start());
    expect(result.error?.message).toMatch(words);
    expect(result).toMatchObject({ outcome, error: { kind } });
  });

  it('of the target is the target’s, by its status and its certificate', async () => {
    const gone = await check(PLAIN, await says('HTTP/1.1 503 No\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n')());
    expect(gone).toMatchObject({ outcome: 'down', status: 503, error: null });
    const target = await listen(createHttpsServer(TLS, (_, answer) => answer.end()));
    const proxy = `http://127.0.0.1:${await listen(createServer(tunnel))}`;
    const result = await check(`https://localhost:${target}/`, proxy, { tls: {} });
    expect(result).toMatchObject({ outcome: 'down', error: { kind: 'certificate' } });
    expect(result.error?.message).toContain('(through the proxy 127.0.0.1:');
  });
});

describe('an answer to a request for an http address', () => {
  it.each([
    ['403 No\r\nServer: squid/6.1', 403],
    ['404 No\r\nX-Squid-Error: ERR_ACCESS_DENIED 0', 404],
    ['429 No\r\nProxy-Status: cache; error=http_request_denied', 429],
    ['401 No\r\nServer: squid', 401],
  ])('that may be the target’s is judged as the target’s: %s', async (head, status) => {
    const proxy = await says(`HTTP/1.1 ${head}\r\nContent-Length: 0\r\n\r\n`)();
    expect(await check('http://localhost:81/', proxy)).toMatchObject({ outcome: 'down', status, error: null });
  });
});

it('closes its connection also where node:http will not send the request for its second opinion', async () => {
  let open = 0;
  const proxy = await listen(
    createServer((socket) => {
      open += 1;
      socket.on('close', () => (open -= 1));
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nno header\r\n\r\n'));
    }),
  );
  const given = { headers: { 'x-a': '\u0001' } };
  const result = await check('http://localhost:81/', `http://127.0.0.1:${proxy}`, given);
  expect(result).toMatchObject({
    outcome: 'unknown',
    error: { message: expect.stringContaining('Invalid character') },
  });
  await vi.waitUntil(() => open === 0);
});

describe('the guard', () => {
  const SILENT = { cached: () => null, resolve: () => new Promise<never>(() => {}) };

  it.each([
    'http://169.254.169.254../latest',
    'https://127.0.0.1../',
    'http://localhost../',
    'http://metadata.google.internal../',
    'http://a..example.org/',
    'http://./',
  ])('lets nobody ask for a host with an empty label: %s', async (url) => {
    const result = await check(url, await says('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')());
    expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'invalid-spec' } });
    expect(result.error?.message).toContain('has an empty part between its dots');
    expect(asked).toEqual([]);
  });

  it('waits for our name servers as long as the check may take, and asks for nothing where they are silent', async () => {
    const proxy = await says('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')();
    const forbidden = { ok: true, addresses: ['169.254.169.254'] } as const;
    const late = () => new Promise<typeof forbidden>((resolve) => setTimeout(resolve, 1_200, forbidden));
    world = { ...world, resolver: { cached: () => null, resolve: late } };
    expect(await check('http://late.example.org/', proxy, { timeoutMs: 5_000 })).toMatchObject({
      outcome: 'unknown',
      error: { kind: 'target-not-allowed' },
    });
    world = { ...world, resolver: SILENT };
    expect(await check('http://silent.example.org/', proxy, { timeoutMs: 1_200 })).toMatchObject({
      outcome: 'unknown',
      error: {
        kind: 'resolver',
        message:
          'our name servers gave no answer for silent.example.org within 1.2 s, so it is not known whether the proxy may be asked for it',
      },
    });
    const failed = { ok: false, kind: 'resolver', message: 'our name servers gave no answer (ETIMEOUT)' } as const;
    world = { ...world, resolver: { cached: () => failed, resolve: async () => failed } };
    expect(await check('http://silent.example.org/', proxy)).toMatchObject({
      outcome: 'unknown',
      error: { kind: 'resolver' },
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['http://169.254.169.254/latest', 'http://127.0.0.1:9'],
    ['http://metadata.google.internal/', 'http://127.0.0.1:9'],
    ['https://10.1.2.3/', 'http://127.0.0.1:9'],
    ['https://[fd00::1]/', 'http://127.0.0.1:9'],
    ['http://example.org/', 'http://10.1.2.3:3128'],
    ['http://example.org/', 'http://169.254.169.254'],
  ])('never lets %s be asked for through %s', async (url, proxy) => {
    const unheard = { ok: false, kind: 'name-not-found', message: 'nobody' } as const;
    world = { ...world, resolver: { cached: () => unheard, resolve: async () => unheard } };
    const result = await check(url, proxy);
    expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'target-not-allowed' } });
  });

  it('judges localhost, and a name that is known here, by every address that it has', async () => {
    const proxy = await says('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')();
    const { port } = new URL(proxy);
    // Only the proxy itself is allowed.
    const only = { allowedTargets: ['127.0.0.1/32'] };
    expect(await check('http://sub.localhost/', proxy, only)).toMatchObject({ outcome: 'up' });
    const resolved = { ok: true, addresses: ['127.0.0.1', '10.9.9.9'] } as const;
    world = { ...world, resolver: { cached: () => resolved, resolve: async () => resolved } };
    expect(await check('http://two-faced.example.org/', `http://127.0.0.1:${port}`, only)).toMatchObject({
      outcome: 'unknown',
      address: '10.9.9.9',
      error: { kind: 'target-not-allowed' },
    });
    const unheard = { ok: false, kind: 'name-not-found', message: 'nobody' } as const;
    world = { ...world, resolver: { cached: () => unheard, resolve: async () => unheard } };
    expect(await check('http://only-the-proxy-knows.example.org/', `http://127.0.0.1:${port}`, only)).toMatchObject({
      outcome: 'up',
    });
  });
});
