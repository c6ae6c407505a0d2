import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GOOD_CERTIFICATE, TEST_KEY } from '../check/test-certificates.ts';
import { askForTest, type Asking } from './ask-for-test.ts';
import { CookieJar } from './cookie-jar.ts';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Behaviour = (seen: Seen, response: ServerResponse) => void;

const open: Server[] = [];
const seen: Seen[] = [];
beforeEach(() => {
  seen.length = 0;
});
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server that does as told for each path, and 404 for others; what it was asked stands in `seen`. */
async function serve(paths: Readonly<Record<string, Behaviour>>, tls = false): Promise<string> {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(pieces).toString() };
      seen.push(one);
      const behave = paths[path.split('?')[0] ?? ''];
      if (behave === undefined) response.writeHead(404).end('no such page');
      else behave(one, response);
    });
  };
  const server = tls ? createTlsServer({ cert: GOOD_CERTIFICATE, key: TEST_KEY }, answer) : createServer(answer);
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json =
  (value: unknown, headers: Record<string, string | string[]> = {}): Behaviour =>
  (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

const ask = (
  url: string,
  steps: readonly object[],
  more: Readonly<Record<string, unknown>> = {},
  asking: Asking = {},
) => askForTest('api', url, { ...asking, options: { steps, ...more } });

const outcomes = (result: Awaited<ReturnType<typeof ask>>) => result.steps?.map(({ outcome }) => outcome);

describe('steps that pass', () => {
  it('log in, use what they were answered, and log out', async () => {
    const url = await serve({
      '/v1/session': json({ token: 'deep/secret "quoted"', user: { id: 7 } }),
      '/v1/users/7/orders': json({ items: [{ id: 'a b&c', total: 9.5 }] }, { etag: 'v1' }),
      '/v1/orders/a%20b%26c': json({ id: 'a b&c', note: 'a "b"' }),
      '/v1/notes': json({ made: true }),
    });
    const result = await ask(
      `${url}/v1`,
      [
        {
          name: 'Log in',
          method: 'POST',
          url: 'session',
          body: '{"user": "{{user}}", "password": "{{password}}", "at": {{$timestamp}}}',
          assertions: [{ kind: 'json', path: '$.user.id', test: 'greater', value: '0' }],
          take: [
            { name: 'token', from: 'json', source: '$.token' },
            { name: 'userId', from: 'json', source: '$.user.id' },
          ],
        },
        {
          name: 'Orders',
          url: 'users/{{userId}}/orders?limit=1',
          bearerToken: '{{token}}',
          take: [
            { name: 'order', from: 'json', source: '$.items[0].id' },
            { name: 'version', from: 'header', source: 'ETag' },
            { name: 'total', from: 'body', source: '"total":(\\d+)' },
          ],
        },
        {
          url: '/v1/orders/{{order}}',
          headers: { 'if-match': '{{version}}' },
          assertions: [
            { kind: 'json', path: "$[?@ == '{{order}}']", test: 'exists' },
            { kind: 'body', test: 'matches', value: '^\\{"id":"{{order}}"' },
          ],
        },
        {
          method: 'POST',
          url: 'notes',
          body: 'text={{order}}&n={{total}}',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        },
      ],
      {
        variables: [
          { name: 'user', value: 'ada' },
          { name: 'password', value: 'open "sesame"', secret: true },
        ],
      },
    );
    expect(result).toMatchObject({ outcome: 'up', error: null, failures: [], evidence: null });
    expect(outcomes(result)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      user: 'ada',
      password: 'open "sesame"',
      at: expect.any(Number),
    });
    expect(seen[0]?.headers['content-type']).toBe('application/json');
    expect(seen[1]?.headers.authorization).toBe('Bearer deep/secret "quoted"');
    expect(seen[2]).toMatchObject({ path: '/v1/orders/a%20b%26c', headers: { 'if-match': 'v1' } });
    expect(seen[3]?.body).toBe('text=a%20b%26c&n=9');
    const [login, orders, byName] = result.steps ?? [];
    expect(login?.values).toEqual([
      ['token', '[secret]'],
      ['userId', '7'],
    ]);
    expect(login).toMatchObject({ name: 'Log in', status: 200, phases: { firstByteMs: expect.any(Number) } });
    expect(orders?.startedMs).toBeGreaterThanOrEqual((login?.startedMs ?? 0) + (login?.tookMs ?? 0) - 1);
    expect(byName?.name).toBe('GET /v1/orders/{{order}}');
    expect(result.phases.firstByteMs).toBeGreaterThan(0);
  });

  it('carry cookies as they were set, and forget those that are over', async () => {
    const url = await serve({
      '/login': (_, response) =>
        response
          .writeHead(302, {
            location: '/home',
            'set-cookie': [
              'sid=deep; Path=/; HttpOnly',
              'admin=1; Path=/admin',
              'tls=1; Secure',
              'far=1; Domain=example.org',
            ],
          })
          .end(),
      '/home': json({}, { 'set-cookie': ['seen=1'] }),
      '/admin/x': json({}),
      '/logout': json({}, { 'set-cookie': ['sid=; Path=/; Max-Age=0'] }),
      '/end': json({}),
    });
    const result = await ask(url, [
      { url: '/login', take: [{ name: 'sid', from: 'cookie', source: 'sid' }] },
      { url: '/admin/x', headers: { cookie: 'own=1' } },
      { url: '/logout' },
      { url: '/end' },
    ]);
    expect(outcomes(result)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(seen.map(({ path, headers }) => [path, headers.cookie])).toEqual([
      ['/login', undefined],
      ['/home', 'sid=deep'],
      ['/admin/x', 'own=1; admin=1; sid=deep; seen=1'],
      ['/logout', 'sid=deep; seen=1'],
      ['/end', 'seen=1'],
    ]);
    expect(result.steps?.[0]?.values).toEqual([['sid', '[secret]']]);
  });

  it('follow a whole address that a step took', async () => {
    const other = await serve({ '/upload': json({ ok: true }) });
    const url = await serve({
      '/': (_, response) => response.writeHead(200, { 'x-next': `${other}/upload?a=1` }).end(),
    });
    const result = await ask(url, [
      { take: [{ name: 'next', from: 'header', source: 'x-next' }] },
      { url: '{{next}}', assertions: [{ kind: 'json', path: 'ok', test: 'equals', value: 'true' }] },
    ]);
    expect(result.outcome).toBe('up');
    expect(seen.at(-1)?.path).toBe('/upload?a=1');
  });

  it('speak TLS, watch the certificate and are degraded when all of them are slow', async () => {
    const url = await serve({ '/': json({}) }, true);
    const steps = [{ assertions: [{ kind: 'certificate', daysAtLeast: 1 }] }, {}];
    const strict = await ask(url, steps);
    expect(strict).toMatchObject({ outcome: 'down', error: { kind: 'certificate' } });
    const result = await ask(url, steps, { skipVerification: true });
    expect(result).toMatchObject({ outcome: 'up', certificateExpiresAtMs: expect.any(Number) });
    expect(result.phases.tlsMs).toBeGreaterThan(0);
    const slow: Asking = { assertions: [{ kind: 'response-time', belowMs: 1 }] };
    expect(await ask(url, steps, { skipVerification: true }, slow)).toMatchObject({ outcome: 'down' });
  });
});

describe('a step that fails', () => {
  it('ends the run, except for what tidies up, and says which step it was', async () => {
    const url = await serve({ '/a': json({ id: 1 }), '/c': json({}), '/logout': json({}) });
    const result = await ask(url, [
      { name: 'First', url: '/a', take: [{ name: 'id', from: 'json', source: '$.id' }] },
      { name: 'Second', url: '/b' },
      { name: 'Third', url: '/c' },
      { name: 'Log out', url: '/logout', always: true },
      { name: 'Nothing to delete', url: '/c?{{made}}', always: true },
    ]);
    expect(result).toMatchObject({ outcome: 'down', status: 404, error: null });
    expect(result.failures).toEqual([{ expected: 'status 200–399 (step “Second”)', got: '404' }]);
    expect(result.evidence?.bodyStart).toBe('no such page');
    expect(outcomes(result)).toEqual(['passed', 'failed', 'not-run', 'passed', 'not-run']);
    expect(seen.map(({ path }) => path)).toEqual(['/a', '/b', '/logout']);
  });

  it('because nothing was there to take says so', async () => {
    const url = await serve({ '/': json({ items: [] }), '/text': (_, response) => response.end('plain') });
    const take = (given: object) => [{ name: 'id', from: 'json', source: '$.items[0].id', ...given }];
    expect((await ask(url, [{ name: 'List', take: take({}) }])).failures).toEqual([
      { expected: 'a value at $.items[0].id to take {{id}} from (step “List”)', got: 'none' },
    ]);
    expect((await ask(url, [{ url: 'text', take: take({}) }])).failures[0]?.got).toBe('a body that is not JSON');
    expect((await ask(url, [{ take: take({ from: 'body', source: 'id=(\\d+)' }) }])).failures[0]?.expected).toContain(
      'a body that matches "id=(\\d+)"',
    );
    expect((await ask(url, [{ take: take({ from: 'cookie', source: 'sid' }) }])).failures[0]?.expected).toContain(
      'a cookie sid',
    );
    const slow = take({ from: 'body', source: '(?:(?:a+)+)+$' });
    const long = await serve({ '/': (_, response) => response.end(`${'a'.repeat(40)}b`) });
    expect(await ask(long, [{ take: slow }])).toMatchObject({ outcome: 'unknown', error: { kind: 'pattern' } });
  });

  it('because a value is missing is a sentence, not a request', async () => {
    const url = await serve({ '/': json({}) });
    const result = await ask(url, [{ name: 'Use', url: 'x/{{never}}' }]);
    expect(result).toMatchObject({ outcome: 'down', error: { kind: 'answer' } });
    expect(result.error?.message).toBe(
      'step “Use”: {{never}} has no value: the step that takes it did not run, or found none',
    );
    expect(seen).toEqual([]);
  });

  it('shows nothing that is secret, however the answer repeats it', async () => {
    const echo: Behaviour = ({ body, headers, path }, response) =>
      response
        .writeHead(500, { 'x-echo': path, 'x-account': String(headers.authorization) })
        .end(`${body} ${JSON.stringify(body)} ${String(headers['x-api-key'])} fresh-token`);
    const url = await serve({ '/login': json({ token: 'fresh-token' }), '/echo': echo });
    const result = await ask(
      url,
      [
        { url: '/login', take: [{ name: 'token', from: 'json', source: '$.token' }] },
        {
          method: 'POST',
          url: '/echo?key={{key}}',
          user: 'ada',
          password: 'pass word',
          headers: { 'x-api-key': 'plain-key-1' },
          body: '{{key}}',
          assertions: [{ kind: 'body', test: 'contains', value: '{{key}} never' }],
        },
      ],
      { variables: [{ name: 'key', value: 'se/cr"et', secret: true }] },
    );
    expect(result.outcome).toBe('down');
    const said = JSON.stringify([result.failures, result.error, result.evidence, result.steps]);
    expect(said).toContain('[secret]');
    expect(said).not.toMatch(/se\/cr|se%2Fcr|pass word|plain-key|fresh-token/);
    expect(said).not.toContain(Buffer.from('ada:pass word').toString('base64'));
  });
});

describe('the guard', () => {
  it.each(['http://169.254.169.254/latest', 'http://10.1.2.3:80/', 'http://[::ffff:10.1.2.3]/', '//10.1.2.3/x'])(
    'stands before a step whose address %s came from an answer',
    async (next) => {
      const url = await serve({ '/': json({ next }) });
      const result = await ask(url, [
        { take: [{ name: 'next', from: 'json', source: '$.next' }] },
        { name: 'Follow', url: '{{next}}' },
      ]);
      expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'target-not-allowed' } });
      expect(result.error?.message).toMatch(/^step “Follow”: /);
    },
  );

  it('stands before a redirect of a step, and a value never leaves its part of an address', async () => {
    const url = await serve({
      '/': json({ id: '../../@10.1.2.3:80/?x=#' }),
      '/go': (_, response) => response.writeHead(302, { location: 'http://10.1.2.3/' }).end(),
    });
    const took = await ask(url, [{ take: [{ name: 'id', from: 'json', source: '$.id' }] }, { url: '/items/{{id}}' }]);
    expect(took).toMatchObject({ outcome: 'down', status: 404 });
    expect(seen.at(-1)?.path).toBe('/items/..%2F..%2F%4010.1.2.3%3A80%2F%3Fx%3D%23');
    expect(await ask(url, [{ url: '/go' }])).toMatchObject({
      outcome: 'unknown',
      error: { kind: 'target-not-allowed' },
    });
    const notAddress = await ask(url, [
      { take: [{ name: 'id', from: 'json', source: '$.id' }] },
      { url: 'ftp://{{id}}/' },
    ]);
    expect(notAddress).toMatchObject({ outcome: 'unknown', error: { kind: 'invalid-spec' } });
  });
});

describe('time', () => {
  it('is one for all steps; what tidies up has a little more', async () => {
    const url = await serve({ '/fast': json({}), '/hang': () => {}, '/logout': json({}) });
    const beganMs = performance.now();
    const steps = [
      { url: '/fast' },
      { name: 'Hang', url: '/hang' },
      { url: '/fast' },
      { url: '/logout', always: true },
    ];
    const result = await ask(url, steps, {}, { timeoutMs: 400 });
    expect(performance.now() - beganMs).toBeLessThan(1_500);
    expect(result).toMatchObject({ outcome: 'down', error: { kind: 'timeout' } });
    expect(outcomes(result)).toEqual(['passed', 'failed', 'not-run', 'passed']);
    expect(seen.map(({ path }) => path)).toEqual(['/fast', '/hang', '/logout']);
  });
});

describe('another origin', () => {
  it('is sent neither headers nor a body that values were put into', async () => {
    const away = await serve({ '/there': json({}) });
    const home = await serve({
      '/login': json({ token: 'open sesame' }),
      '/go': (_, response) => response.writeHead(302, { location: `${away}/there` }).end(),
    });
    const result = await ask(
      home,
      [
        { url: '/login', take: [{ name: 'token', from: 'json', source: '$.token' }] },
        {
          url: '/go',
          headers: { 'X-Who': '{{token}}', 'X-Plain': 'plain', 'X-Copied': 'fine barley' },
          body: '{"key":"{{key}}"}',
        },
      ],
      { variables: [{ name: 'key', value: 'fine barley', secret: true }] },
    );
    expect(result.outcome).toBe('up');
    const [, asked, followed] = seen;
    expect(asked).toMatchObject({
      headers: { 'x-who': 'open sesame', 'x-copied': 'fine barley' },
      body: '{"key":"fine barley"}',
    });
    expect(followed).toMatchObject({ path: '/there', headers: { 'x-plain': 'plain' }, body: '' });
    expect(followed?.headers).not.toHaveProperty('x-who');
    expect(followed?.headers).not.toHaveProperty('x-copied');
  });
});

it('keeps evidence within its limits when what is masked is shorter than its mask', async () => {
  const url = await serve({
    '/': (_, response) => response.writeHead(500, { 'x-echo': 'a'.repeat(500) }).end('a'.repeat(2_000)),
  });
  const { evidence } = await ask(url, [{}], { variables: [{ name: 'key', value: 'a', secret: true }] });
  expect(evidence?.bodyStart).toHaveLength(2_048);
  expect(evidence?.headers.every(([, value]) => value.length <= 512)).toBe(true);
});

it('keeps no cookie for a suffix that strangers share', () => {
  const jar = new CookieJar();
  const set = (domain: string) =>
    jar.store(new URL('https://a.co.uk/'), [['set-cookie', `${domain}=1; Domain=${domain}`]]);
  for (const domain of ['co.uk', 'uk', 'a.co.uk']) set(domain);
  expect(jar.header(new URL('https://b.co.uk/'))).toBeNull();
  expect(jar.header(new URL('https://www.a.co.uk/'))).toBeNull();
  expect(jar.header(new URL('https://a.co.uk/'))).toBe('a.co.uk=1');
  jar.store(new URL('https://www.a.co.uk/'), [['set-cookie', 'up=1; Domain=a.co.uk']]);
  expect(jar.header(new URL('https://other.a.co.uk/'))).toBe('up=1');
});
