import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { changeRole } from '../user/change-role.ts';
import { createWorkspaceWithOwner } from '../workspace/create-workspace.ts';

type Made = { id: string; key: string; hint: string };

let t: TestSystem;
let owner: string;
beforeAll(async () => {
  t = await createTestSystem();
  owner = (await make(await signIn(), { name: 'root', role: 'owner' })).key;
});
afterAll(() => t.close());

async function signIn(): Promise<Record<string, string>> {
  const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const body = JSON.stringify({ email: 'olive@example.com', password: 'correct horse battery' });
  const response = await t.app.request('/api/auth/sign-in/email', { method: 'POST', headers, body });
  return { ...headers, cookie: (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' };
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });
const post = (headers: Record<string, string>, path: string, body: object) =>
  t.app.request(`/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
const get = (key: string, path: string, headers: Record<string, string> = {}) =>
  t.app.request(`/api/v1${path}`, { headers: { ...bearer(key), ...headers } });

async function make(headers: Record<string, string>, body: object): Promise<Made> {
  const response = await post(headers, '/api-keys', body);
  expect(response.status).toBe(201);
  return (await response.json()) as Made;
}

it('a key is shown once, stored hashed, recognised by its first characters, and dated when used', async () => {
  const made = await make(bearer(owner), { name: 'CI' });
  expect(made.key).toMatch(/^key_[0-9a-z]{52}$/);
  expect(made.hint).toBe(made.key.slice(0, 8));
  const list = await (await get(owner, '/api-keys')).text();
  expect(list).toContain(made.id);
  expect(list).not.toContain(made.key);
  const { rows } = await t.database.pool.query('select * from api_key');
  expect(JSON.stringify(rows)).not.toContain(made.key);
  expect((await get(made.key, '/session')).status).toBe(200);
  const used = await t.database.pool.query<{ last_used_at: Date }>('select last_used_at from api_key where id = $1', [
    made.id,
  ]);
  expect(used.rows[0]?.last_used_at).toEqual(t.clock.now());
});

it('a read key reads and changes nothing', async () => {
  const { key } = await make(bearer(owner), { name: 'dashboard', role: 'admin', scopes: ['read'] });
  expect((await get(key, '/users')).status).toBe(200);
  const refused = await post(bearer(key), '/invites', {});
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ code: 'forbidden' });
});

it('a key has at most its maker’s role, also when the maker’s role shrinks later', async () => {
  const admin = await make(bearer(owner), { name: 'admin', role: 'admin' });
  expect((await post(bearer(admin.key), '/api-keys', { name: 'more', role: 'owner' })).status).toBe(403);
  const second = await createWorkspaceWithOwner(t.system, {
    name: 'Other',
    timeZone: 'UTC',
    owner: { name: 'Otto', email: 'otto@example.com', password: 'correct horse battery', emailVerified: false },
  });
  expect(second.workspaceId).not.toBe(t.workspaceId);
  await t.database.pool.query(
    "insert into member (workspace_id, user_id, role, joined_at) values ($1, $2, 'owner', now())",
    [t.workspaceId, second.userId],
  );
  await t.act((ctx) => changeRole(ctx, t.ownerId, 'viewer'));
  const session = (await (await get(owner, '/session')).json()) as { permissions: string[] };
  expect(session.permissions).not.toContain('members.manage');
  const otto = {
    actor: { kind: 'user', userId: second.userId, role: 'owner', channel: 'web' },
    workspaceId: t.workspaceId,
  } as const;
  await t.system.transact(otto, (ctx) => changeRole(ctx, t.ownerId, 'owner'));
});

it('an expired key, a revoked key, a made-up key and a key for another workspace are refused', async () => {
  const soon = new Date(t.clock.now().getTime() + 60_000).toISOString();
  const expiring = await make(bearer(owner), { name: 'short', expiresAt: soon });
  expect((await get(expiring.key, '/session')).status).toBe(200);
  t.clock.advance(61);
  expect((await get(expiring.key, '/session')).status).toBe(401);

  const revoked = await make(bearer(owner), { name: 'gone' });
  expect(
    (await t.app.request(`/api/v1/api-keys/${revoked.id}`, { method: 'DELETE', headers: bearer(owner) })).status,
  ).toBe(204);
  expect((await get(revoked.key, '/session')).status).toBe(401);

  for (const text of ['Bearer', 'Bearer key_nope', `Basic ${owner}`, `Bearer ${owner}x`]) {
    expect((await t.app.request('/api/v1/session', { headers: { authorization: text } })).status).toBe(401);
  }
  expect((await get(owner, '/session', { 'allclear-workspace': t.workspaceId })).status).toBe(200);
  expect((await get(owner, '/session', { 'allclear-workspace': 'ws_other' })).status).toBe(403);
  expect((await post(bearer(owner), '/api-keys', { name: 'past', expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(
    400,
  );
});

it('a repeated call with the same Idempotency-Key gives the same key, which is not stored in the clear', async () => {
  const headers = { ...bearer(owner), 'idempotency-key': 'once-only' };
  const [first, second] = [await make(headers, { name: 'twice' }), await make(headers, { name: 'twice' })];
  expect(second).toEqual(first);
  const { rows } = await t.database.pool.query('select * from idempotency_key');
  expect(JSON.stringify(rows)).not.toContain(first.key);
});
