import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { Monitor } from './contract.ts';

const PROXY = 'http://127.0.0.1:3128';
let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(() => t.close());

const post = (body: object) => t.call('POST', '/api/v1/monitors', body);
const add = async (options: object, more: object = {}) =>
  (await post({ url: 'http://127.0.0.1:81/', options, ...more })).body as Monitor;
const change = (id: string, body: object) => t.call('PATCH', `/api/v1/monitors/${id}`, body);
const refusal = (path: string) => ({ status: 400, body: { errors: [{ path }] } });

describe('the proxy of an HTTP monitor', () => {
  it('is shown with its port, and its account stands beside it, the password sealed', async () => {
    const monitor = await add({ proxy: 'http://ada:open%20rye@127.0.0.1:3128/' });
    expect(monitor.options).toMatchObject({ proxy: PROXY, proxyUser: 'ada', proxyPassword: '[secret]' });
    expect((await add({ proxy: '127.0.0.1' })).options).toMatchObject({
      proxy: 'http://127.0.0.1:80',
      proxyUser: null,
    });
    const { rows } = await t.database.pool.query(
      "select string_agg(to_jsonb(m)::text, '') || (select string_agg(to_jsonb(a)::text, '') from audit_entry a) as all from monitor m",
    );
    expect(rows[0].all).not.toContain('open rye');
    expect(rows[0].all).not.toContain('open%20rye');
  });

  it('is taken away with its account', async () => {
    const monitor = await add({ proxy: PROXY, proxyUser: 'ada', proxyPassword: 'rye' });
    const { body } = await change(monitor.id, { options: { proxy: null } });
    expect(body).toMatchObject({ options: { proxy: null, proxyUser: null, proxyPassword: null } });
  });

  it.each([
    [{ proxy: 'socks5://127.0.0.1:1080' }, 'body.options.proxy'],
    [{ proxy: 'http://' }, 'body.options.proxy'],
    [{ proxy: 'http://127.0.0.1:3128/path' }, 'body.options.proxy'],
    [{ proxy: 'http://127.0.0.1:99999' }, 'body.options.proxy'],
    [{ proxy: 'http://10.1.2.3:3128' }, 'body.options.proxy'],
    [{ proxy: 'http://169.254.169.254' }, 'body.options.proxy'],
    [{ proxy: 'http://[::ffff:169.254.169.254]:3128' }, 'body.options.proxy'],
    [{ proxy: PROXY, proxyUser: 'two\nlines' }, 'body.options.proxyUser'],
    [{ proxy: PROXY, httpVersion: '2' }, 'body.options.httpVersion'],
  ])('is refused by its field: %o', async (options, path) => {
    expect(await post({ url: 'http://127.0.0.1:81/', options })).toMatchObject(refusal(path));
  });

  it('is not handed a secret that was given without it, or for another one', async () => {
    const signedIn = { user: 'ada', password: 'barley' };
    const headers = { 'X-Api-Key': 'oats' };
    const monitor = await add(signedIn, { headers });
    expect(await change(monitor.id, { options: { proxy: PROXY } })).toMatchObject(refusal('body.headers'));
    expect(await change(monitor.id, { options: { proxy: PROXY }, headers })).toMatchObject(refusal('body.options'));
    const whole = { options: { proxy: PROXY, ...signedIn }, headers };
    expect((await change(monitor.id, whole)).status).toBe(200);
    expect((await change(monitor.id, { options: { proxy: `${PROXY}/`, proxyPassword: 'rye' } })).status).toBe(200);
    const elsewhere = { proxy: 'http://127.0.0.1:3129', ...signedIn };
    expect(await change(monitor.id, { options: elsewhere, headers })).toMatchObject(refusal('body.options'));
    expect((await change(monitor.id, { options: { ...elsewhere, proxyPassword: 'rye' }, headers })).status).toBe(200);
  });

  it('keeps its password while the target moves', async () => {
    const monitor = await add({ proxy: PROXY, proxyUser: 'ada', proxyPassword: 'rye' });
    expect(await change(monitor.id, { url: 'http://127.0.0.1:82/' })).toMatchObject({
      status: 200,
      body: { options: { proxyPassword: '[secret]' } },
    });
  });
});

describe('the proxy of a check in steps', () => {
  const inSteps = { kind: 'api', url: 'http://127.0.0.1:81/' };
  const steps = [{ id: 's1', url: '/me', bearerToken: 'barley' }];
  const through = { proxy: 'http://ada:rye@127.0.0.1:3128', steps };

  it('is shown like that of another monitor, its password sealed', async () => {
    const monitor = await add(through, inSteps);
    const shown = { proxy: PROXY, proxyUser: 'ada', proxyPassword: '[secret]', steps: [{ bearerToken: '[secret]' }] };
    expect(monitor.options).toMatchObject(shown);
    const { body } = await change(monitor.id, { options: { httpVersion: 'auto' } });
    expect(body).toMatchObject({ options: { ...shown, httpVersion: 'auto' } });
    expect((await change(monitor.id, { options: { proxy: null } })).body).toMatchObject({
      options: { proxy: null, proxyUser: null, proxyPassword: null, steps: [{ bearerToken: '[secret]' }] },
    });
  });

  it.each([
    [{ proxy: 'http://10.1.2.3:3128' }, 'body.options.proxy'],
    [{ proxy: PROXY, httpVersion: '2' }, 'body.options.httpVersion'],
    [{ proxy: PROXY, proxyPassword: '[secret]' }, 'body.options.proxyPassword'],
  ])('is refused by its field: %o', async (options, path) => {
    expect(await post({ ...inSteps, options })).toMatchObject(refusal(path));
  });

  it('is not handed a secret that was given without it, or for another one', async () => {
    const monitor = await add({ steps }, inSteps);
    expect(await change(monitor.id, { options: { proxy: PROXY } })).toMatchObject(refusal('body.options'));
    expect((await change(monitor.id, { options: { proxy: PROXY, proxyPassword: 'rye', steps } })).status).toBe(200);
    const elsewhere = { proxy: 'http://127.0.0.1:3129' };
    expect(await change(monitor.id, { options: { ...elsewhere, steps } })).toMatchObject(refusal('body.options'));
    expect((await change(monitor.id, { options: { ...elsewhere, steps, proxyPassword: 'rye' } })).status).toBe(200);
  });

  it('keeps its password while the target moves', async () => {
    const monitor = await add({ proxy: 'http://ada:rye@127.0.0.1:3128', steps: [{ url: '/me' }] }, inSteps);
    expect(await change(monitor.id, { url: 'http://127.0.0.1:82/' })).toMatchObject({
      status: 200,
      body: { options: { proxyPassword: '[secret]' } },
    });
  });
});

it.each(['http', 'api'])(
  'the proxy of a monitor of kind %s stands in files, its password by a variable, and is exported without it',
  async (kind) => {
    const options = '{proxy: "http://127.0.0.1:3128", proxyUser: ada, proxyPassword: "${RYE}"}';
    const text = `monitors: {web: {kind: ${kind}, url: "https://x.example.org", options: ${options}}}`;
    const body = { files: [{ name: 'a.yaml', text }], variables: { RYE: 'open rye' } };
    const { fingerprint } = (await t.call('POST', '/api/v1/config/plan', body)).body as { fingerprint: string };
    expect((await t.call('POST', '/api/v1/config/apply', { ...body, fingerprint })).status).toBe(200);
    expect((await t.call('POST', '/api/v1/config/plan', body)).body).toMatchObject({ counts: { add: 0, change: 0 } });
    const exported = JSON.stringify((await t.call('GET', '/api/v1/config/export')).body);
    expect(exported).toContain('http://127.0.0.1:3128');
    expect(exported).not.toContain('open rye');
  },
);
