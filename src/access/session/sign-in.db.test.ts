import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { mountSignIn } from './mount.ts';

const PASSWORD = 'correct horse battery';
const OURS = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

let t: TestSystem;
beforeAll(async () => {
  t = await createTestSystem();
});
afterAll(() => t.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  t.app.request(path, { method: 'POST', headers: { ...OURS, ...headers }, body: JSON.stringify(body) });

async function signIn(password = PASSWORD): Promise<string> {
  const response = await post('/api/auth/sign-in/email', { email: 'Olive@example.com', password });
  expect(response.status).toBe(200);
  return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

const whoAmI = (cookie: string) => t.app.request('/api/v1/session', { headers: { cookie } });

async function auditActions(): Promise<string[]> {
  const log = await t.app.request('/api/v1/audit-log', { headers: { cookie: await signIn() } });
  return ((await log.json()) as { items: { action: string }[] }).items.map((entry) => entry.action);
}

it('a password opens a session whose cookie is HttpOnly and SameSite=Lax, and the answer holds no token', async () => {
  const response = await post('/api/auth/sign-in/email', { email: 'olive@example.com', password: PASSWORD });
  expect(await response.text()).toBe('{}');
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^allclear\.session_token=.*; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(cookie).not.toContain('Secure');
  const session = await whoAmI(cookie.split(';')[0] ?? '');
  expect(session.status).toBe(200);
  expect(await session.json()).toMatchObject({
    user: { id: t.ownerId, email: 'olive@example.com', role: 'owner' },
    workspace: { id: t.workspaceId, timeZone: 'UTC' },
    workspaces: [{ id: t.workspaceId }],
  });
});

it('a wrong password and an unknown address get the same sentence', async () => {
  for (const email of ['olive@example.com', 'nobody@example.com', 'no address', 7]) {
    const response = await post(
      '/api/auth/sign-in/email',
      { email, password: 'wrong' },
      { 'x-client-ip': '192.0.2.9' },
    );
    expect(response.headers.get('content-type')).toContain('problem+json');
    expect([400, 401]).toContain(response.status);
  }
  const wrong = await post('/api/auth/sign-in/email', { email: 'olive@example.com', password: 'wrong' });
  expect(await wrong.json()).toMatchObject({
    status: 401,
    code: 'unauthenticated',
    detail: 'The email address or the password is wrong.',
  });
});

it('eight wrong tries from one address hold that address for this account only', async () => {
  const from = (ip: string, password: string) =>
    post('/api/auth/sign-in/email', { email: 'olive@example.com', password }, { 'x-client-ip': ip });
  for (let n = 0; n < 8; n++) expect((await from('192.0.2.1', `wrong-${n}`)).status).toBe(401);
  const held = await from('192.0.2.1', PASSWORD);
  expect(held.status).toBe(429);
  expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(800);
  expect((await from('192.0.2.2', PASSWORD)).status).toBe(200);
});

it('wrong tries count together over the processes of one database, and a right one ends the count', async () => {
  const another = new Hono();
  mountSignIn(another, t.system);
  another.onError((error, c) => c.text(error.message, error.message.startsWith('Too many') ? 429 : 401));
  const [here, there] = [t.app, another].map(
    (app) => async (password: string) =>
      (
        await app.request('/api/auth/sign-in/email', {
          method: 'POST',
          headers: { ...OURS, 'x-client-ip': '192.0.2.7' },
          body: JSON.stringify({ email: 'olive@example.com', password }),
        })
      ).status,
  );
  if (!here || !there) throw new Error('two processes');
  for (let n = 0; n < 4; n++) expect([await here('wrong'), await there('wrong')]).toEqual([401, 401]);
  expect([await here(PASSWORD), await there(PASSWORD)]).toEqual([429, 429]);
  t.clock.advance(15 * 60 + 1);
  expect(await there(PASSWORD)).toBe(200);
  for (let n = 0; n < 7; n++) expect(await here('wrong')).toBe(401);
  expect(await there(PASSWORD)).toBe(200);
  for (let n = 0; n < 7; n++) expect(await there('wrong')).toBe(401);
  expect(await here(PASSWORD)).toBe(200);
  const { rows } = await t.database.pool.query('select key from sign_in_try');
  expect(rows.every(({ key }) => /^[a-f0-9]{64}$/.test(String(key)))).toBe(true);
});

it('tries at the same moment are held like tries one after another', async () => {
  const tries = Array.from({ length: 14 }, (_, n) =>
    post(
      '/api/auth/sign-in/email',
      { email: 'olive@example.com', password: `wrong-${n}` },
      { 'x-client-ip': '192.0.2.3' },
    ),
  );
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(8);
  expect(statuses.filter((status) => status === 429)).toHaveLength(6);
});

it('guesses at the present password hold the session that makes them, and no other', async () => {
  const [stolen, own] = [await signIn(), await signIn()];
  const change = async (cookie: string, currentPassword: string, newPassword = PASSWORD) =>
    (
      await post(
        '/api/auth/change-password',
        { currentPassword, newPassword, revokeOtherSessions: false },
        { cookie, 'x-client-ip': '192.0.2.11' },
      )
    ).status;
  // What is refused for another reason is no guess.
  for (let n = 0; n < 9; n++) expect(await change(stolen, PASSWORD, 'short')).toBe(400);
  const guesses = await Promise.all(Array.from({ length: 12 }, (_, n) => change(stolen, `wrong-${n}`)));
  expect(guesses.toSorted()).toEqual([...Array<number>(8).fill(400), ...Array<number>(4).fill(429)]);
  expect(await change(stolen, PASSWORD)).toBe(429);
  expect(await change(own, PASSWORD)).toBe(200);
  expect(await change('allclear.session_token=forged.forged', PASSWORD)).toBe(401);
  t.clock.advance(15 * 60 + 1);
  expect(await change(stolen, PASSWORD)).toBe(200);
});

it('a body that does not say how long it is is read no further than it may be long', async () => {
  for (const path of ['sign-in/email', 'sign-out', 'change-password']) {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (++sent > 1_000) controller.close();
        else controller.enqueue(new Uint8Array(1_024).fill(0x20));
      },
    });
    // Node asks for `duplex`, which the types of the web do not know.
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers: OURS, body, duplex: 'half' };
    const response = await t.app.request(new Request(`http://allclear.test/api/auth/${path}`, init));
    expect(response.status).toBe(400);
    expect(sent).toBeLessThan(10);
  }
});

it('sign-in, sign-out and change of password are refused to other sites, and nothing else of the library is open', async () => {
  const cookie = await signIn();
  for (const path of ['sign-in/email', 'sign-out', 'change-password']) {
    const foreign = await post(
      `/api/auth/${path}`,
      { email: 'olive@example.com', password: PASSWORD },
      { 'sec-fetch-site': 'cross-site', cookie },
    );
    expect(foreign.status).toBe(403);
  }
  expect((await whoAmI(cookie)).status).toBe(200);
  for (const path of [
    'sign-up/email',
    'update-user',
    'delete-user',
    'request-password-reset',
    'change-email',
    'revoke-sessions',
  ]) {
    expect((await post(`/api/auth/${path}`, {}, { cookie })).status).toBe(404);
  }
  expect((await t.app.request('/api/auth/get-session', { headers: { cookie } })).status).toBe(404);
});

it('a cookie changes nothing when the request comes from another site, but still reads', async () => {
  const cookie = await signIn();
  const patch = (headers: Record<string, string>) =>
    t.app.request('/api/v1/profile', {
      method: 'PATCH',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: '{"name":"Olive O."}',
    });
  expect((await patch({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await patch({})).status).toBe(403);
  expect((await patch({ origin: 'http://allclear.test' })).status).toBe(200);
  expect((await t.app.request('/api/v1/session', { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(
    200,
  );
});

it('signing out ends the session at once', async () => {
  const cookie = await signIn();
  const response = await post('/api/auth/sign-out', {}, { cookie });
  expect(response.status).toBe(200);
  expect(response.headers.getSetCookie().join()).toContain('Max-Age=0');
  expect((await whoAmI(cookie)).status).toBe(401);
});

it('a person sees their sessions, which one is theirs, and can end another', async () => {
  const [here, there] = [await signIn(), await signIn()];
  const listed = await t.app.request('/api/v1/sessions', { headers: { cookie: here } });
  const { items } = (await listed.json()) as { items: { id: string; current: boolean }[] };
  expect(items.filter((one) => one.current)).toHaveLength(1);
  const other = items.find((one) => !one.current);
  const end = (id: string | undefined) =>
    t.app.request(`/api/v1/sessions/${id}`, { method: 'DELETE', headers: { ...OURS, cookie: here } });
  expect(other?.id).toMatch(/^ses_/);
  expect((await end(other?.id)).status).toBe(204);
  expect((await end(other?.id)).status).toBe(404);
  expect((await whoAmI(there)).status).toBe(401);
  expect((await whoAmI(here)).status).toBe(200);
});

it('a changed password ends the other sessions and is audited', async () => {
  const [here, there] = [await signIn(), await signIn()];
  const wrong = await post(
    '/api/auth/change-password',
    { currentPassword: 'nope', newPassword: 'another horse battery' },
    { cookie: here },
  );
  expect(wrong.status).toBe(400);
  const short = await post(
    '/api/auth/change-password',
    { currentPassword: PASSWORD, newPassword: 'short' },
    { cookie: here },
  );
  expect(short.status).toBe(400);
  const changed = await post(
    '/api/auth/change-password',
    { currentPassword: PASSWORD, newPassword: 'another horse battery' },
    { cookie: here },
  );
  expect(changed.status).toBe(200);
  const renewed = (changed.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  expect((await whoAmI(renewed)).status).toBe(200);
  expect((await whoAmI(there)).status).toBe(401);
  const back = await post(
    '/api/auth/change-password',
    { currentPassword: 'another horse battery', newPassword: PASSWORD },
    { cookie: renewed },
  );
  expect(back.status).toBe(200);
  expect(await auditActions()).toEqual(
    expect.arrayContaining(['password.change', 'session.start', 'session.end', 'session.revoke']),
  );
});

it('a session ends by itself after 30 days', async () => {
  const cookie = await signIn();
  const before = t.clock.now();
  t.clock.set(new Date(Date.now() + 31 * 86_400_000));
  expect((await whoAmI(cookie)).status).toBe(401);
  t.clock.set(before);
});

it('none of this logged an error', () => {
  expect(t.errors).toEqual([]);
});
