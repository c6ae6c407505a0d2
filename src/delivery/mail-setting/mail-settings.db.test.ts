import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmtpSink, type SmtpSink } from '#test/harness/smtp.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { queueDelivery } from '../delivery/queue-delivery.ts';

let t: TestSystem;
let smtp: SmtpSink;

beforeAll(async () => {
  smtp = await createSmtpSink({ account: { user: 'ops', pass: 'right' } });
  t = await createTestSystem();
});

beforeEach(async () => {
  smtp.mails.length = 0;
  await t.call('DELETE', '/api/v1/mail-settings');
});

afterAll(async () => {
  await Promise.all([t.close(), smtp.close()]);
});

const settings = (password?: string) => ({
  host: '127.0.0.1',
  port: smtp.port,
  security: 'none',
  username: 'ops',
  from: 'Acme <ops@acme.test>',
  ...(password === undefined ? {} : { password }),
});

const put = (body: unknown) => t.call('PUT', '/api/v1/mail-settings', body);
const test = (body?: unknown) => t.call('POST', '/api/v1/mail-settings/test', body);

it('holds mail until a server is set, then releases what is still current and never a page', async () => {
  const message = { subject: 's', text: 't', urgency: 'low' } as const;
  for (const purpose of ['page', 'notice', 'invite', 'subscriber'] as const) {
    await t.act((ctx) =>
      queueDelivery(ctx, { kind: 'email', address: `${purpose}@x.example`, purpose, uniqueKey: purpose, message }),
    );
  }
  await t.settle();
  const held = (await t.call('GET', '/api/v1/deliveries?state=held')).body;
  expect(held).toMatchObject({ items: [{ state: 'held' }, {}, {}, {}], nextCursor: null });
  expect((await t.call('GET', '/api/v1/mail-settings')).body).toMatchObject({
    configured: false,
    source: 'none',
    heldCount: 4,
  });
  expect((await put(settings('right'))).body).toMatchObject({ configured: true, source: 'screen', releasableCount: 2 });
  expect((await t.call('POST', '/api/v1/mail-settings/release')).body).toEqual({ released: 2, remaining: 2 });
  await t.settle();
  expect(smtp.mails.map(({ to }) => to).toSorted()).toEqual(['invite@x.example', 'notice@x.example']);
});

describe('a second mail server', () => {
  let spare: SmtpSink;
  beforeAll(async () => {
    spare = await createSmtpSink();
  });
  afterAll(() => spare.close());
  beforeEach(async () => {
    spare.mails.length = 0;
    await t.call('DELETE', '/api/v1/mail-settings/spare');
  });
  const second = () => ({ host: '127.0.0.1', port: spare.port, security: 'none', from: 'Acme <ops@other.test>' });
  const add = () => t.call('PUT', '/api/v1/mail-settings/spare', second());
  const last = async () => {
    const { items } = (await t.call('GET', '/api/v1/deliveries?kind=email&limit=1')).body as {
      items: { state: string; why: string | null; attempts: number }[];
    };
    return items[0];
  };

  it('stands beside a first one only', async () => {
    expect((await add()).status).toBe(409);
    await put(settings('right'));
    expect((await add()).body).toMatchObject({
      spare: { source: 'screen', port: spare.port, passwordSet: false, from: 'Acme <ops@other.test>' },
    });
    expect((await t.call('DELETE', '/api/v1/mail-settings/spare')).body).toMatchObject({ spare: null });
    expect((await test({ server: 'spare' })).status).toBe(409);
  });

  it('takes what the first one does not, in the same try, and the outbox says so', async () => {
    await put(settings('right'));
    await add();
    expect((await test()).body).toMatchObject({ ok: true });
    expect([smtp.mails.length, spare.mails.length]).toEqual([1, 0]);
    smtp.refuseWith(451);
    expect((await test()).body).toMatchObject({ ok: true, message: expect.stringContaining('second mail server') });
    expect(spare.mails).toHaveLength(1);
    const note = `Sent by the second mail server, 127.0.0.1:${spare.port}.`;
    expect(await last()).toMatchObject({ state: 'sent', attempts: 1, why: expect.stringContaining(note) });
    expect((await last())?.why).toContain(`127.0.0.1:${smtp.port} `);
    expect((await t.call('GET', '/api/v1/mail-settings')).body).toMatchObject({
      lastFailure: null,
      lastSentNote: expect.stringContaining(note),
    });
    // The first one rests for a minute, even though it would take mail again.
    smtp.refuseWith(null);
    await test();
    expect([smtp.mails.length, spare.mails.length]).toEqual([1, 2]);
    await t.advance(61);
    await test();
    expect([smtp.mails.length, spare.mails.length]).toEqual([2, 2]);
    expect(await last()).toMatchObject({ why: null });
  });

  it('is tried when the first one cannot be reached, and each can be tried alone', async () => {
    await put({ ...settings('right'), port: 1 });
    await add();
    expect((await test({ server: 'first' })).body).toMatchObject({ ok: false });
    expect(spare.mails).toEqual([]);
    expect((await test({ server: 'spare' })).body).toMatchObject({ ok: true });
    expect((await test()).body).toMatchObject({ ok: true });
    expect(spare.mails).toHaveLength(2);
  });

  it('leaves nothing unsaid when both refuse', async () => {
    await put(settings('wrong'));
    await add();
    spare.refuseWith(550);
    const { body } = await test();
    expect(body).toMatchObject({ ok: false, message: expect.stringContaining('did not accept') });
    expect(body).toMatchObject({ message: expect.stringContaining(`127.0.0.1:${spare.port} refused the address`) });
    spare.refuseWith(null);
  });
});

it('tells at once what came of a test, with a hint', async () => {
  expect(await test()).toMatchObject({ status: 409 });
  await put(settings('wrong'));
  expect((await test()).body).toMatchObject({
    ok: false,
    message: expect.stringContaining('did not accept'),
    hint: expect.stringContaining('password'),
  });
  await put(settings('right'));
  expect((await test()).body).toMatchObject({ ok: true, hint: null });
  expect((await test({ to: 'ann@example.com' })).body).toMatchObject({ ok: true });
  expect(smtp.mails.map(({ to }) => to)).toEqual(['olive@example.com', 'ann@example.com']);
});

it('keeps the password sealed, unseen, and away from another server', async () => {
  await put(settings('right'));
  const { body } = await put(settings());
  expect(body).toMatchObject({ passwordSet: true, username: 'ops' });
  expect(JSON.stringify(body)).not.toContain('right');
  expect((await test()).body).toMatchObject({ ok: true });
  expect((await put({ ...settings(), host: 'localhost' })).body).toMatchObject({ passwordSet: false });
});

it.each([
  [{ host: 'smtp://mail.test' }, 'body.host'],
  [{ port: 70_000 }, 'body.port'],
  [{ from: 'nobody' }, 'body.from'],
  [{ from: 'a <a@b.example>\r\nBcc: x@y.example' }, 'body.from'],
])('refuses %j and names the field', async (wrong, path) => {
  const { status, body } = await put({ ...settings('right'), ...wrong });
  expect(status).toBe(400);
  expect(body).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ path })]) });
});

it('reaches a server that was typed in only where the workspace may reach, and says what to allow', async () => {
  const elsewhere = await createTestSystem({ env: { ALLCLEAR_ALLOWED_TARGETS: '' } });
  const ask = (path: string, body?: unknown) =>
    elsewhere.call(body && path === '' ? 'PUT' : 'POST', `/api/v1/mail-settings${path}`, body);
  for (const host of ['127.0.0.1', 'localhost', '10.1.2.3', '::1', '169.254.169.254']) {
    const { status, body } = await ask('', { ...settings('right'), host });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      errors: [{ path: 'body.host', message: expect.stringContaining('not a public address') }],
    });
  }
  await elsewhere.call('POST', '/api/v1/allowed-targets', { cidr: '127.0.0.0/8' });
  expect((await ask('', settings('right'))).status).toBe(200);
  expect((await ask('/test')).body).toMatchObject({ ok: true });
  const { items } = (await elsewhere.call('GET', '/api/v1/allowed-targets')).body as {
    items: { id?: string | null }[];
  };
  for (const { id } of items) if (id) await elsewhere.call('DELETE', `/api/v1/allowed-targets/${id}`);
  smtp.mails.length = 0;
  expect((await ask('/test')).body).toMatchObject({
    ok: false,
    message:
      '127.0.0.1 is at 127.0.0.1, which is not a public address. An owner can allow 127.0.0.0/8 under Settings, or in ALLCLEAR_ALLOWED_TARGETS.',
  });
  expect(smtp.mails).toEqual([]);
  await elsewhere.close();
});
