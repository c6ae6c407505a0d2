import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckWorld } from './check-run.ts';
import { beginWorld } from './check-world.ts';
import { describeResult } from './describe-result.ts';
import { runCheck } from './run-check.ts';
import type { CheckResult, HttpSpec } from './spec.ts';
import { EXPIRED_CERTIFICATE, FOREIGN_CERTIFICATE, GOOD_CERTIFICATE, TEST_AUTHORITY } from './test-certificates.ts';
import { createTestServers, OK } from './test-servers.ts';
import { testSpec } from './test-spec.ts';

const logged: string[] = [];
const log = { info: () => {}, warn: (_: object, message: string) => logged.push(message), error: () => {} };
const { serve, closeLast, close } = createTestServers();
let world: CheckWorld;

beforeEach(() => {
  logged.length = 0;
  world = beginWorld(log);
});

afterEach(() => {
  world.deadlines.close();
  close();
});

const check = (url: string, given: Partial<HttpSpec> = {}): Promise<CheckResult> =>
  runCheck(testSpec({ url, ...given }), Date.now(), world);

/** Writes until the other side is gone. */
function flood(socket: Socket, piece: string): void {
  if (!socket.destroyed) socket.write(piece, () => setImmediate(() => flood(socket, piece)));
}

describe('a good answer', () => {
  it('is up, with every phase but TLS', async () => {
    const result = await check(await serve((socket) => socket.end(OK)), {
      assertions: [{ kind: 'body', test: 'contains', value: 'well' }],
    });
    expect(result).toMatchObject({
      outcome: 'up',
      status: 200,
      address: '127.0.0.1',
      failures: [],
      error: null,
      evidence: null,
    });
    expect(result.phases).toMatchObject({ dnsMs: 0, tlsMs: null });
    expect(
      [result.phases.tcpMs, result.phases.firstByteMs, result.phases.transferMs].every(
        (phase) => phase !== null && phase >= 0,
      ),
    ).toBe(true);
  });

  it('may come in a compressed body', async () => {
    const body = gzipSync('all is well');
    const url = await serve((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.end(body);
    });
    expect((await check(url, { assertions: [{ kind: 'body', test: 'contains', value: 'well' }] })).outcome).toBe('up');
  });

  it('is degraded when slow', async () => {
    const url = await serve((socket) => void setTimeout(() => socket.end(OK), 60));
    expect((await check(url, { degradedAboveMs: 50 })).outcome).toBe('degraded');
  });

  it('over https has a certificate whose days can be asserted', async () => {
    const url = await serve((socket) => socket.end(OK), { cert: GOOD_CERTIFICATE });
    const result = await check(url, {
      tls: { caPem: TEST_AUTHORITY },
      assertions: [{ kind: 'certificate', daysAtLeast: 30 }],
    });
    expect([describeResult(result), result.outcome]).toEqual([expect.stringContaining('status 200'), 'up']);
    expect(result.certificateExpiresAtMs).toBeGreaterThan(Date.now());
    expect(result.phases.tlsMs).toBeGreaterThan(0);
  });

  it('may need curves beyond our quick ones: then it is asked again with the defaults, and they are remembered', async () => {
    const url = await serve((socket) => socket.end(OK), { cert: GOOD_CERTIFICATE, ecdhCurve: 'P-521' });
    for (const usesDefaults of [false, true]) {
      expect(world.contexts.usesDefaults(new URL(url).host)).toBe(usesDefaults);
      expect((await check(url, { tls: { caPem: TEST_AUTHORITY } })).outcome).toBe('up');
    }
  });

  it('counts when node:http accepts what our parser refuses, and that is logged', async () => {
    const url = await serve((socket) => socket.end('HTTP/1.1 200 O\u0001K\r\nContent-Length: 2\r\n\r\nok'));
    expect((await check(url)).outcome).toBe('up');
    expect(logged).toEqual(['response refused by the check parser, but accepted by node:http']);
  });
});

describe('a bad answer is down, says why, and keeps evidence', () => {
  it('of its status', async () => {
    const url = await serve((socket) =>
      socket.end('HTTP/1.1 503 No\r\nSet-Cookie: s=planted\r\nContent-Length: 4\r\n\r\nsick'),
    );
    const result = await check(url, { assertions: [{ kind: 'status', in: [{ from: 200, to: 200 }] }] });
    expect([result.outcome, describeResult(result)]).toEqual(['down', 'expected status 200, got 503']);
    expect(result.evidence).toEqual({
      headers: [
        ['set-cookie', '[secret]'],
        ['content-length', '4'],
      ],
      bodyStart: 'sick',
    });
  });

  const hostile: [string, (socket: Socket) => void, string, Partial<HttpSpec>?][] = [
    [
      'endless headers',
      (socket) => (socket.write('HTTP/1.1 200 OK\r\n'), flood(socket, 'X-More: of the same\r\n'.repeat(500))),
      'headers longer than 65536 bytes',
    ],
    [
      'an endless header',
      (socket) => (socket.write('HTTP/1.1 200 OK\r\nX: '), flood(socket, 'x'.repeat(10_000))),
      'headers longer than 65536 bytes',
    ],
    [
      'an endless body',
      (socket) => (socket.write('HTTP/1.1 200 OK\r\n\r\n'), flood(socket, 'x'.repeat(60_000))),
      'the body is longer than 1000000 bytes, the limit of this check',
    ],
    [
      'endless chunks',
      (socket) => (
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'),
        flood(socket, `10\r\n${'x'.repeat(16)}\r\n`.repeat(2_000))
      ),
      'the body is longer than 1000000 bytes, the limit of this check',
      { timeoutMs: 5_000 },
    ],
    [
      'endless interim answers',
      (socket) => flood(socket, 'HTTP/1.1 100 Continue\r\n\r\n'),
      'more than 20 interim responses',
    ],
    [
      'a slow drip of headers',
      (socket) => (socket.write('HTTP/1.1 200 OK\r\nX: '), drip(socket)),
      'the answer was not complete within 500 ms',
      { timeoutMs: 500 },
    ],
    [
      'a slow drip of the body',
      (socket) => (socket.write('HTTP/1.1 200 OK\r\n\r\n'), drip(socket)),
      'the answer was not complete within 500 ms',
      { timeoutMs: 500 },
    ],
    [
      'a bad chunk size',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'),
      'the answer is not valid HTTP: not a chunk size: "xyz"',
    ],
    [
      'a huge chunk size',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n'),
      'the answer is not valid HTTP: not a chunk size: "ffffffffffffffffffff"',
    ],
    [
      'something else than HTTP',
      (socket) => socket.end('220 mail.example ESMTP\r\n\r\n'),
      'the answer is not valid HTTP: not an HTTP/1.1 status line: "220 mail.example ESMTP"',
    ],
    [
      'too few bytes',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi'),
      'the connection closed in the middle of the body (2 of 9 bytes)',
    ],
    ['no bytes', (socket) => socket.end(), 'the connection closed without an answer'],
    ['silence', () => {}, 'no answer within 500 ms (waiting for the first byte)', { timeoutMs: 500 }],
    ['a reset', (socket) => socket.resetAndDestroy(), 'reset the connection (waiting for the first byte)'],
  ];
  it.each(hostile)('of %s', async (_, behave, message, given = {}) => {
    const timeoutMs = given.timeoutMs ?? 1_000;
    const before = process.memoryUsage.rss();
    const startedMs = performance.now();
    const result = await check(await serve(behave), {
      assertions: [{ kind: 'body', test: 'contains', value: 'y' }],
      ...given,
    });
    expect([result.outcome, describeResult(result)]).toEqual(['down', expect.stringContaining(message)]);
    expect(performance.now() - startedMs).toBeLessThan(timeoutMs + 2_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  it('of a decompression bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const url = await serve((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`);
      socket.end(bomb);
    });
    const result = await check(url, {
      timeoutMs: 10_000,
      assertions: [{ kind: 'body', test: 'contains', value: 'y' }],
    });
    expect([result.outcome, describeResult(result)]).toEqual([
      'down',
      'the body, gzip decoded, is longer than 1000000 bytes, the limit of this check',
    ]);
  });

  it('of a port where nobody listens', async () => {
    const url = await serve(() => {});
    await closeLast();
    expect(describeResult(await check(url))).toBe(`connection refused by ${url.slice('http://'.length)}`);
  });
});

describe('a certificate that does not hold is down', () => {
  const trusted = { tls: { caPem: TEST_AUTHORITY } };
  const cases: [string, string, Partial<HttpSpec>, string][] = [
    ['of an unknown authority', GOOD_CERTIFICATE, {}, 'the certificate of 127.0.0.1 leads to no known authority'],
    [
      'for another name',
      FOREIGN_CERTIFICATE,
      trusted,
      'the certificate is for other.example, more.example, not for 127.0.0.1',
    ],
    ['that has expired', EXPIRED_CERTIFICATE, trusted, 'the certificate of 127.0.0.1 has expired'],
  ];
  it.each(cases)('%s', async (_, cert, given, message) => {
    const asked: string[] = [];
    const url = await serve((socket, request) => (asked.push(request), socket.end(OK)), { cert });
    const result = await check(url, { headers: { authorization: 'Bearer planted' }, ...given });
    expect([result.outcome, describeResult(result), result.error?.kind]).toEqual([
      'down',
      expect.stringContaining(message),
      'certificate',
    ]);
    expect(result.certificateExpiresAtMs).not.toBeNull();
    expect(asked).toEqual([]);
    expect((await check(url, { tls: { skipVerification: true } })).outcome).toBe('up');
  });

  it('behind a chain of a thousand others, which is not read to its end', async () => {
    const cert = [GOOD_CERTIFICATE, ...Array.from({ length: 1_000 }, () => FOREIGN_CERTIFICATE)].join('\n');
    const url = await serve((socket) => socket.end(OK), { cert });
    const result = await check(url, { ...trusted, timeoutMs: 3_000 });
    expect([result.outcome, result.error?.kind]).toEqual(['down', 'tls']);
    expect(describeResult(result)).toContain('excessive message size');
  });

  it('and so is a port that speaks no TLS', async () => {
    const url = await serve((socket) => socket.end(OK));
    const result = await check(url.replace('http:', 'https:'));
    expect([result.outcome, result.error?.kind]).toEqual(['down', 'tls']);
  });
});

describe('redirects', () => {
  const redirect = (location: string): string =>
    `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;

  it('are followed, and the phases are of all of them', async () => {
    const url = await serve((socket, request) => socket.end(request.startsWith('GET /end ') ? OK : redirect('/end')));
    expect(await check(url)).toMatchObject({ outcome: 'up', status: 200 });
    expect(await check(url, { maxRedirects: 0 })).toMatchObject({ outcome: 'up', status: 302 });
  });

  it('in a loop are down', async () => {
    const url = await serve((socket) => socket.end(redirect('/again')));
    expect(describeResult(await check(url))).toBe(`more than 5 redirects, the last one to ${url}/again`);
  });

  it('do not carry credentials to another origin', async () => {
    const asked: string[] = [];
    const other = await serve((socket, request) => (asked.push(request), socket.end(OK)));
    const url = await serve((socket) => socket.end(redirect(other)));
    await check(url, { headers: { Authorization: 'Bearer planted', Cookie: 'planted=1' } });
    expect(asked.join()).not.toContain('planted');
  });

  it.each(['ftp://x/', 'http://', 'https://[::1'])('that lead nowhere (%s) are down', async (location) => {
    const result = await check(await serve((socket) => socket.end(redirect(location))));
    expect([result.outcome, result.error?.kind]).toEqual(['down', 'redirect']);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:169.254.169.254]/',
    'http://[fd00:ec2::254]/',
    'http://0xa9fea9fe/',
  ])('to %s are refused, and that is no fault of the target', async (location) => {
    const url = await serve((socket) => socket.end(redirect(location)));
    const result = await check(url, { allowedTargets: ['0.0.0.0/0', '::/0'] });
    expect([result.outcome, result.error?.kind]).toEqual(['unknown', 'target-not-allowed']);
    expect(describeResult(result)).toContain('never checked');
  });
});

describe('an address that is not allowed is unknown', () => {
  it.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://10.0.0.1/',
    'http://localhost/',
  ])('%s', async (url) => {
    const result = await check(url, { allowedTargets: [] });
    expect([result.outcome, result.error?.kind]).toEqual(['unknown', 'target-not-allowed']);
    expect(describeResult(result)).toMatch(/allow \S+\/\d+ on the monitor or in ALLCLEAR_ALLOWED_TARGETS/);
  });

  it('also when a name changes its answer between two connections', async () => {
    const answers = ['127.0.0.1', '169.254.169.254'];
    const resolve = async () => ({ ok: true, addresses: [answers.shift() ?? ''] }) as const;
    world = { ...world, resolver: { cached: () => null, resolve } };
    const url = await serve((socket) =>
      socket.end('HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n'),
    );
    const result = await check(url.replace('127.0.0.1', 'rebind.example'));
    expect([result.outcome, result.error?.kind, result.address]).toEqual([
      'unknown',
      'target-not-allowed',
      '169.254.169.254',
    ]);
  });
});

describe('a name', () => {
  it('that does not exist is down; name servers that do not answer are unknown', async () => {
    for (const [kind, outcome] of [
      ['name-not-found', 'down'],
      ['resolver', 'unknown'],
    ] as const) {
      world = {
        ...world,
        resolver: { cached: () => ({ ok: false, kind, message: 'so' }), resolve: () => Promise.reject(new Error()) },
      };
      expect((await check('http://a.example/')).outcome).toBe(outcome);
    }
    world = { ...world, resolver: { cached: () => null, resolve: () => new Promise(() => {}) } };
    const result = await check('http://a.example/', { timeoutMs: 100 });
    expect([result.outcome, describeResult(result)]).toEqual([
      'unknown',
      'our name servers gave no answer for a.example within 100 ms',
    ]);
  });

  it('with several addresses is up when one of them answers', async () => {
    const url = await serve((socket) => socket.end(OK));
    world = {
      ...world,
      resolver: {
        cached: () => ({ ok: true, addresses: ['127.9.9.9', '127.0.0.1'] }),
        resolve: () => Promise.reject(new Error()),
      },
    };
    expect(await check(url.replace('127.0.0.1', 'two.example'))).toMatchObject({ outcome: 'up', address: '127.0.0.1' });
  });
});

function drip(socket: Socket): void {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write('x')), 20);
}
