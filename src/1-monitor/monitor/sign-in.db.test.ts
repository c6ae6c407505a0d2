import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { GOOD_CERTIFICATE, TEST_AUTHORITY, TEST_KEY } from '../check/test-certificates.ts';
import type { CheckAnswer, Monitor } from './contract.ts';

let t: TestSystem;
const open: Server[] = [];
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(async () => {
  for (const server of open.splice(0)) server.close();
  await t.close();
});

async function listen(server: Server): Promise<number> {
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Lets in whoever sends this header. */
const guarded = (expected: string) =>
  listen(
    createServer((request, response) =>
      response.writeHead(request.headers.authorization === expected ? 200 : 401).end(),
    ),
  );
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const add = async (body: object) => (await t.call('POST', '/api/v1/monitors', body)).body as Monitor;
const now = async (id: string) => (await t.call('POST', `/api/v1/monitors/${id}/check-now`, {})).body as CheckAnswer;
const change = (id: string, body: object) => t.call('PATCH', `/api/v1/monitors/${id}`, body);

describe('an HTTP monitor', () => {
  it('signs in with an account, which a pasted address may hold, and never shows its password', async () => {
    const port = await guarded(basic('ada:s3cret/word'));
    const monitor = await add({ url: `http://ada:s3cret%2Fword@127.0.0.1:${port}/` });
    expect(monitor).toMatchObject({
      url: `http://127.0.0.1:${port}/`,
      options: { user: 'ada', password: '[secret]', bearerToken: null },
    });
    expect(await now(monitor.id)).toMatchObject({ outcome: 'up', status: 200 });
    const { rows } = await t.database.pool.query(
      "select coalesce(string_agg(to_jsonb(a)::text, ''), '') as all from audit_entry a",
    );
    expect(rows[0].all).not.toContain('s3cret');
    await change(monitor.id, { options: { user: 'eve' } });
    expect(await now(monitor.id)).toMatchObject({ outcome: 'down', status: 401 });
    await change(monitor.id, { options: { user: 'ada', password: '[secret]' } });
    expect(await now(monitor.id)).toMatchObject({ outcome: 'up' });
    await change(monitor.id, { options: { password: null } });
    expect(await now(monitor.id)).toMatchObject({ outcome: 'down' });
  });

  it('signs in with a token, and a header that somebody wrote wins', async () => {
    const port = await guarded('Bearer deep-token');
    const url = `http://127.0.0.1:${port}/`;
    const monitor = await add({ url, options: { bearerToken: 'deep-token' } });
    expect(await now(monitor.id)).toMatchObject({ outcome: 'up' });
    await change(monitor.id, { headers: { authorization: 'Bearer other' } });
    expect(await now(monitor.id)).toMatchObject({ outcome: 'down', status: 401 });
  });

  it('does not carry a secret to another host', async () => {
    const monitor = await add({ url: 'http://127.0.0.1:81/', options: { user: 'ada', password: 'word' } });
    expect(await change(monitor.id, { url: 'http://127.0.0.1:82/' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.options' }] },
    });
    expect((await change(monitor.id, { url: 'http://127.0.0.1:82/', options: { password: 'word' } })).status).toBe(200);
  });

  it('shows a certificate of its own to servers that ask for one', async () => {
    const server = createTlsServer(
      { cert: GOOD_CERTIFICATE, key: TEST_KEY, ca: TEST_AUTHORITY, requestCert: true, rejectUnauthorized: false },
      (request, response) => response.writeHead((request.socket as TLSSocket).authorized ? 200 : 403).end(),
    );
    const url = `https://127.0.0.1:${await listen(server)}/`;
    const tls = { skipVerification: true };
    const options = { clientCertificatePem: GOOD_CERTIFICATE, clientKeyPem: TEST_KEY };
    const bare = await add({ url, tls });
    expect(await now(bare.id)).toMatchObject({ outcome: 'down', status: 403 });
    const monitor = await add({ url, tls, options });
    expect(monitor.options).toMatchObject({ clientKeyPem: '[secret]' });
    expect(await now(monitor.id)).toMatchObject({ outcome: 'up', status: 200 });
  });

  it.each([
    [{ clientCertificatePem: GOOD_CERTIFICATE }, 'body.options.clientKeyPem'],
    [{ clientKeyPem: TEST_KEY }, 'body.options.clientCertificatePem'],
    [{ clientCertificatePem: 'nothing', clientKeyPem: TEST_KEY }, 'body.options.clientCertificatePem'],
    [{ user: 'two\nlines' }, 'body.options.user'],
  ])('refuses what cannot be used, by its field', async (options, path) => {
    const refused = await t.call('POST', '/api/v1/monitors', { url: 'http://127.0.0.1:81/', options });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });

  it('trusts an authority of its own, and that is shown and can be taken back', async () => {
    const server = createTlsServer({ cert: GOOD_CERTIFICATE, key: TEST_KEY }, (_, response) => response.end('well'));
    const url = `https://127.0.0.1:${await listen(server)}/`;
    const monitor = await add({ url, tls: { caPem: TEST_AUTHORITY } });
    expect(monitor.tls).toMatchObject({ caPem: TEST_AUTHORITY, skipVerification: false });
    expect(await now(monitor.id)).toMatchObject({ outcome: 'up', evidence: null });
    await change(monitor.id, { tls: { caPem: null } });
    expect(await now(monitor.id)).toMatchObject({ outcome: 'down', evidence: { error: { kind: 'certificate' } } });
  });

  it.each([
    ['no PEM', 'nothing', 'holds no certificate'],
    ['a key', `${GOOD_CERTIFICATE}\n${TEST_KEY}`, 'holds a private key'],
    ['a certificate that is cut', GOOD_CERTIFICATE.replace(/MII.*\n/, ''), 'cannot be read'],
    ['another thing in PEM', GOOD_CERTIFICATE.replaceAll('CERTIFICATE', 'X509 CRL'), 'holds a x509 crl'],
  ])('refuses %s as an authority, whatever the kind', async (_, caPem, words) => {
    for (const [body, path] of [
      [{ url: 'https://127.0.0.1:81/', tls: { caPem } }, 'body.tls.caPem'],
      [{ kind: 'tcp', url: 'tls://127.0.0.1:81', options: { caPem } }, 'body.options.caPem'],
      [{ kind: 'api', url: 'https://127.0.0.1:81', options: { caPem } }, 'body.options.caPem'],
    ] as const) {
      const refused = await t.call('POST', '/api/v1/monitors', body);
      expect(refused).toMatchObject({
        status: 400,
        body: { errors: [{ path, message: expect.stringContaining(words) }] },
      });
    }
    const monitor = await add({ url: 'https://127.0.0.1:81/' });
    expect(await change(monitor.id, { tls: { caPem } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.tls.caPem' }] },
    });
  });
});

describe('the version of HTTP', () => {
  it('is 1.1 unless somebody says otherwise, in words or as a number', async () => {
    const monitor = await add({ url: 'https://127.0.0.1:81/' });
    expect(monitor.options).toMatchObject({ httpVersion: '1.1' });
    await change(monitor.id, { options: { httpVersion: 2 } });
    const { body } = await t.call('GET', `/api/v1/monitors/${monitor.id}`);
    expect(body).toMatchObject({ options: { httpVersion: '2' } });
    for (const httpVersion of ['3', 3, null, ['2'], 'h2'])
      expect(await change(monitor.id, { options: { httpVersion } })).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'body.options.httpVersion' }] },
      });
  });

  it('is kept in files, where a number is as good, and a plan of the same is no change', async () => {
    const file = (version: string) => ({
      files: [
        { name: 'a.yaml', text: `monitors: {web: {url: https://x.example.org, options: {httpVersion: ${version}}}}` },
      ],
    });
    const plan = (await t.call('POST', '/api/v1/config/plan', file('2'))).body as { fingerprint: string };
    expect(await t.call('POST', '/api/v1/config/apply', { ...file('2'), fingerprint: plan.fingerprint })).toMatchObject(
      { status: 200 },
    );
    const again = await t.call('POST', '/api/v1/config/plan', file('"2"'));
    expect(again.body).toMatchObject({ counts: { add: 0, change: 0 } });
    expect((await t.call('POST', '/api/v1/config/plan', file('auto'))).body).toMatchObject({
      counts: { change: 1 },
      items: [{ changes: [{ field: 'options.httpVersion', from: '2', to: 'auto' }] }],
    });
  });
});
