import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { CheckAnswer, Monitor } from './contract.ts';

let t: TestSystem;
let server: Server;
let url: string;
beforeEach(async () => {
  t = await createTestSystem();
  server = createServer((socket) => socket.end('hello\r\n')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  await t.close();
});

const add = async (body: object) => (await t.call('POST', '/api/v1/monitors', body)).body as Monitor;

it('adds a monitor of another kind by its address alone, and reads it back', async () => {
  const made = await add({ kind: 'tcp', url: 'TCP://DB.Example.org:5432/' });
  expect(made).toMatchObject({
    kind: 'tcp',
    name: 'db.example.org:5432',
    serviceName: 'db.example.org',
    url: 'tcp://db.example.org:5432',
    method: null,
    options: { send: null, expect: null, skipVerification: false },
  });
});

it.each([
  [{ kind: 'tcp', url: 'db.example.org' }, 'body.url', 'names no port'],
  [{ kind: 'tcp', url: 'https://example.org' }, 'body.url', 'https: is not tcp: or tls:'],
  [{ kind: 'tcp', url: 'tcp://user:word@example.org:1' }, 'body.url', 'user or password'],
  [{ kind: 'tcp', url: 'tcp://169.254.169.254:80' }, 'body.url', 'never reached'],
  [{ kind: 'tcp', url: 'tcp://example.org:80', options: { expect: 7 } }, 'body.options.expect', 'string'],
  [{ kind: 'dns', url: 'example.org', options: { resolver: 'a/b' } }, 'body.options.resolver', 'not a host'],
  [{ kind: 'dns', url: 'example.org', options: { resolver: '10.1.2.3' } }, 'body.options.resolver', 'Allow 10.0.0.0/8'],
  [{ kind: 'ping', url: 'example.org', options: { count: 9 } }, 'body.options.count', '5'],
  [{ kind: 'gopher', url: 'gopher://example.org' }, 'body.kind', ''],
])('refuses %j by its field', async (body, path, words) => {
  const refused = await t.call('POST', '/api/v1/monitors', body);
  expect(refused.status).toBe(400);
  const [fault] = (refused.body as { errors: { path: string; message: string }[] }).errors;
  expect(fault?.path).toBe(path);
  expect(fault?.message).toContain(words);
});

it('asks once before saving, and now for a saved one', async () => {
  const asked = { kind: 'tcp', url, options: { expect: 'hello' } };
  expect((await t.call('POST', '/api/v1/monitors/test', asked)).body).toMatchObject({ outcome: 'up', status: null });
  const made = await add({ ...asked, options: { expect: 'goodbye' } });
  const answer = (await t.call('POST', `/api/v1/monitors/${made.id}/check-now`, {})).body as CheckAnswer;
  expect(answer).toMatchObject({ outcome: 'down', evidence: { bodyStart: 'hello\r\n' } });
});

it('changes options one by one, and refuses what is not of its kind', async () => {
  const made = await add({ kind: 'tcp', url, options: { expect: 'hello', send: 'hi' } });
  const change = (body: object) => t.call('PATCH', `/api/v1/monitors/${made.id}`, body);
  expect((await change({ options: { expect: null } })).body).toMatchObject({ options: { send: 'hi', expect: null } });
  expect(await change({ method: 'POST' })).toMatchObject({ status: 400, body: { errors: [{ path: 'body.method' }] } });
  expect(await change({ options: { wave: true } })).toMatchObject({ status: 400 });
  expect(await change({ options: { send: 5 } })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'body.options.send' }] },
  });
  const plain = await add({ url: 'https://example.org' });
  expect(await t.call('PATCH', `/api/v1/monitors/${plain.id}`, { options: { expect: 'x' } })).toMatchObject({
    status: 400,
  });
});

it('takes a pasted account into the options, sealed, and does not carry it to another host', async () => {
  const made = await add({ kind: 'redis', url: 'redis://ada:open%20sesame@cache.example.org/1' });
  expect(made).toMatchObject({
    url: 'redis://cache.example.org/1',
    name: 'cache.example.org/1',
    options: { user: 'ada', password: '[secret]', command: 'PING' },
  });
  const change = (body: object) => t.call('PATCH', `/api/v1/monitors/${made.id}`, body);
  expect(await change({ url: 'redis://elsewhere.example.org' })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'body.options' }] },
  });
  const moved = await change({ url: 'redis://:open%20barley@elsewhere.example.org' });
  expect(moved.body).toMatchObject({
    url: 'redis://elsewhere.example.org',
    options: { user: 'ada', password: '[secret]' },
  });
  const { rows } = await t.database.pool.query<{ stored: string }>(
    'select (m.question::text || m.url || m.name || (select jsonb_agg(to_jsonb(a))::text from audit_entry a)) as stored from monitor m',
  );
  expect(rows[0]?.stored).not.toMatch(/sesame|barley/);
});

it('keeps the secrets of a journey sealed by their names, and refuses a script that cannot be read', async () => {
  const url = 'https://shop.example.org/';
  const script = "await page.goto('/login');\nawait page.getByLabel('Password').fill(secret('PASSWORD'));";
  const made = await add({
    kind: 'journey',
    url,
    options: { script, secrets: { PASSWORD: 'open sesame', PIN: '9753' } },
  });
  expect(made).toMatchObject({
    name: 'shop.example.org',
    intervalSeconds: 300,
    timeoutSeconds: 30,
    options: { script, secrets: { PASSWORD: '[secret]', PIN: '[secret]' }, screen: 'desk' },
  });
  const change = (body: object) => t.call('PATCH', `/api/v1/monitors/${made.id}`, body);
  const kept = await change({ options: { secrets: { PASSWORD: '[secret]', TOKEN: 'barley' }, screen: 'phone' } });
  expect(kept.body).toMatchObject({
    options: { script, secrets: { PASSWORD: '[secret]', TOKEN: '[secret]' }, screen: 'phone' },
  });
  expect((kept.body as Monitor).options?.['secrets']).not.toHaveProperty('PIN');
  const { rows } = await t.database.pool.query<{ stored: string; sealed: string }>(
    'select m.question::text as stored, m.sealed_secrets as sealed from monitor m',
  );
  expect(rows[0]?.stored).not.toMatch(/sesame|barley|9753/);
  expect(JSON.parse(t.system.secrets.open(rows[0]?.sealed ?? ''))).toEqual({
    'secrets.PASSWORD': 'open sesame',
    'secrets.TOKEN': 'barley',
  });
  expect(await change({ url: 'https://elsewhere.example.org/' })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'body.options', message: expect.stringContaining('secrets.TOKEN is secret') }] },
  });
  expect(await change({ intervalSeconds: 30 })).toMatchObject({ status: 400 });
  expect(await change({ options: { script: "await page.goto('/';" } })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'body.options.script', message: 'line 1: missing ) after argument list' }] },
  });
});

it('asks for JSON values and sizes, and refuses by the field what cannot be tested', async () => {
  const json = { kind: 'json', path: '$.items[?@.id == 7].name', test: 'equals', value: 'cup' };
  const size = { kind: 'size', test: 'less', bytes: 5_000 };
  const made = await add({ url: 'https://example.org', assertions: [json, size] });
  expect(made.assertions).toEqual([json, size]);
  const refused = async (assertion: object) => {
    const { status, body } = await t.call('POST', '/api/v1/monitors', {
      url: 'https://a.org',
      assertions: [assertion],
    });
    expect(status).toBe(400);
    const [fault] = (body as { errors: { path: string; message: string }[] }).errors;
    return `${fault?.path}: ${fault?.message}`;
  };
  expect(await refused({ ...json, path: '$.a[(1)]' })).toMatch(/^body\.assertions\.0\.path: the path holds a script/);
  expect(await refused({ ...json, test: 'less', value: 'few' })).toBe('body.assertions.0.value: expected a number');
  expect(await refused({ ...json, test: 'matches', value: '(' })).toContain(
    'body.assertions.0.value: expected a regular',
  );
  expect(await refused({ ...size, bytes: -1 })).toContain('body.assertions.0.bytes');
  expect(await refused({ kind: 'mood' })).toContain('body.assertions.0.kind');
});

it('asks a registry a few times a day, not more often, and once when the domain is added', async () => {
  const made = await add({ kind: 'domain', url: 'domain://Example.org' });
  expect(made).toMatchObject({ url: 'domain://example.org', intervalSeconds: 21_600, name: 'example.org' });
  const often = await t.call('POST', '/api/v1/monitors', { kind: 'domain', url: 'example.org', intervalSeconds: 60 });
  expect(often.body).toMatchObject({ errors: [{ path: 'body.intervalSeconds' }] });
  const edited = await t.call('PATCH', `/api/v1/monitors/${made.id}`, { intervalSeconds: 60 });
  expect(edited).toMatchObject({ status: 400, body: { errors: [{ path: 'body.intervalSeconds' }] } });
  const server = { server: 'http://169.254.169.254/' };
  const barred = await t.call('POST', '/api/v1/monitors', { kind: 'domain', url: 'example.org', options: server });
  expect(barred.body).toMatchObject({ errors: [{ path: 'body.options.server' }] });
});

it('leaves programs to probes', async () => {
  const exec = { kind: 'exec', url: 'exec://check_disk' };
  for (const body of [exec, { ...exec, locations: ['home'] }])
    expect((await t.call('POST', '/api/v1/monitors', body)).body).toMatchObject({
      errors: [{ path: 'body.locations' }],
    });
  expect((await t.call('POST', '/api/v1/monitors/test', exec)).body).toMatchObject({ errors: [{ path: 'body.kind' }] });
  const place = (await t.call('POST', '/api/v1/locations', { name: 'Cellar' })).body as { id: string };
  const made = await add({ ...exec, locations: [place.id], options: { args: ['-w', '{secret}'], secret: 'x' } });
  expect(made.options).toEqual({ args: ['-w', '{secret}'], secret: '[secret]' });
  const moved = await t.call('PATCH', `/api/v1/monitors/${made.id}`, { locations: ['home'] });
  expect(moved.body).toMatchObject({ errors: [{ path: 'body.locations' }] });
});

it('keeps the secret of a program for the arguments that it was given for', async () => {
  const place = (await t.call('POST', '/api/v1/locations', { name: 'Cellar' })).body as { id: string };
  const options = { args: ['-H', 'db.example.org', '-a', '{secret}'], secret: 'sesame' };
  const made = await add({ kind: 'exec', url: 'exec://check_db', locations: [place.id], options });
  const change = (body: object) => t.call('PATCH', `/api/v1/monitors/${made.id}`, body);
  const led = await change({ options: { args: ['-H', 'elsewhere.example', '-a', '{secret}'], secret: '[secret]' } });
  expect(led).toMatchObject({ status: 400, body: { errors: [{ path: 'body.options' }] } });
  expect((await change({ options: { args: ['{secret}'] } })).status).toBe(400);
  expect((await change({ url: 'exec://check_other' })).status).toBe(400);
  expect((await change({ name: 'Other', options: { args: options.args } })).status).toBe(200);
  expect((await change({ options: { args: ['{secret}'], secret: 'barley' } })).status).toBe(200);
});

it('takes no secret among lines of headers, which are shown', async () => {
  for (const kind of [
    { kind: 'metric', url: 'https://prometheus.example.org' },
    { kind: 'websocket', url: 'wss://example.org' },
  ]) {
    const options = { headers: ['X-Scope-OrgID: shop', 'X-Api-Key: sesame'] };
    const { status, body } = await t.call('POST', '/api/v1/monitors', { ...kind, options });
    expect([status, body]).toMatchObject([400, { errors: [{ path: 'body.options.headers.1' }] }]);
  }
});
