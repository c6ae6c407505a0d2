import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { type Caller, call, join, signIn } from '#test/permissions/seed.ts';
import { MAX_API_KEYS } from './contract.ts';

type Key = { id: string; key: string; name: string; role: string; scopes: string[]; expiresAt: string | null };

let t: TestSystem;
let owner: Caller;
let member: Caller;
let viewer: Caller;
beforeAll(async () => {
  t = await createTestSystem();
  owner = await signIn(t, 'olive@example.com');
  member = await join(t, owner, 'member');
  viewer = await join(t, owner, 'viewer');
});
afterAll(() => t.close());

const withKey = ({ key }: { key: string }): Caller => ({
  headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
});

async function make(caller: Caller, body: object): Promise<Key> {
  const answer = await call(t, 'post', '/api-keys', caller, body);
  expect(answer.status, answer.text).toBe(201);
  return JSON.parse(answer.text) as Key;
}
const refusal = async (caller: Caller, body: object) => (await call(t, 'post', '/api-keys', caller, body)).status;
const revoke = async (caller: Caller, { id }: Key) => (await call(t, 'delete', `/api-keys/${id}`, caller)).status;
const works = async (key: Key) => (await call(t, 'get', '/session', withKey(key))).status;

async function listed(caller: Caller, path = '/api-keys/mine'): Promise<Key[]> {
  const answer = await call(t, 'get', path, caller);
  expect(answer.status, answer.text).toBe(200);
  return (JSON.parse(answer.text) as { items: Key[] }).items;
}
const names = async (caller: Caller, path?: string) => (await listed(caller, path)).map(({ name }) => name);

const idOf = async (caller: Caller): Promise<string> =>
  (JSON.parse((await call(t, 'get', '/session', caller)).text) as { user: { id: string } }).user.id;
const asOwner = async (method: string, path: string, body?: object) => {
  const answer = await call(t, method, path, owner, body);
  expect(answer.status, answer.text).toBeLessThan(300);
};

it('a member acts as themselves with a key of their own', async () => {
  const key = await make(member, { name: 'laptop' });
  expect(key).toMatchObject({ role: 'member', scopes: ['read', 'write'], expiresAt: null });
  expect(await idOf(withKey(key))).toBe(await idOf(member));
  const declared = await call(t, 'post', '/incidents', withKey(key), { title: 'Checkout is down', severity: 'SEV3' });
  expect(declared.status).toBe(201);
  const audited = await t.database.pool.query(
    "select actor_user_id, channel from audit_entry where action = 'api-key.create' and subject_id = $1",
    [key.id],
  );
  expect(audited.rows).toEqual([{ actor_user_id: await idOf(member), channel: 'web' }]);
});

it('a viewer’s key is a viewer’s, and nobody makes one above their own role', async () => {
  expect(await make(viewer, { name: 'screen on the wall' })).toMatchObject({ role: 'viewer' });
  expect(await refusal(viewer, { name: 'more', role: 'member' })).toBe(403);
  expect(await refusal(member, { name: 'more', role: 'admin' })).toBe(403);
  expect(await refusal(member, { name: 'more', role: 'owner' })).toBe(403);
});

it('keys of others are neither seen nor revoked; owners see and revoke all', async () => {
  const [his, hers] = [await make(member, { name: 'of the member' }), await make(viewer, { name: 'of the viewer' })];
  expect(await names(viewer)).toContain('of the viewer');
  expect(await names(viewer)).not.toContain('of the member');
  expect(await names(member)).not.toContain('of the viewer');
  expect(await names(owner)).toEqual(['ALLCLEAR_OWNER_API_KEY']);
  expect((await call(t, 'get', '/api-keys', member)).status).toBe(403);
  expect((await call(t, 'get', '/api-keys', withKey(his))).status).toBe(403);
  expect(await names(owner, '/api-keys')).toEqual(expect.arrayContaining(['of the member', 'of the viewer']));

  expect(await revoke(member, hers)).toBe(404);
  expect(await revoke(withKey(his), hers)).toBe(404);
  expect(await works(hers)).toBe(200);
  expect(await revoke(viewer, hers)).toBe(204);
  expect(await works(hers)).toBe(401);
  expect(await revoke(viewer, hers)).toBe(404);
  expect(await revoke(owner, his)).toBe(204);
  expect(await works(his)).toBe(401);
});

it('a key makes no key that may more or lives longer than itself', async () => {
  const inAnHour = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
  const inTwoHours = new Date(t.clock.now().getTime() + 7_200_000).toISOString();
  const short = withKey(await make(member, { name: 'an hour', expiresAt: inAnHour }));
  expect(await refusal(short, { name: 'longer', expiresAt: inTwoHours })).toBe(403);
  expect(await make(short, { name: 'as long', expiresAt: null })).toMatchObject({ expiresAt: inAnHour });
  expect(await refusal(short, { name: 'higher', role: 'admin' })).toBe(403);

  const weak = withKey(await make(member, { name: 'weak', role: 'viewer' }));
  expect(await refusal(weak, { name: 'stronger', role: 'member' })).toBe(403);
  expect(await make(weak, { name: 'as weak' })).toMatchObject({ role: 'viewer' });

  const blind = withKey(await make(member, { name: 'blind', scopes: ['write'] }));
  expect(await refusal(blind, { name: 'seeing', scopes: ['read', 'write'] })).toBe(403);
  expect(await make(blind, { name: 'as blind' })).toMatchObject({ scopes: ['write'] });

  const reading = withKey(await make(member, { name: 'reading', scopes: ['read'] }));
  expect(await refusal(reading, { name: 'any' })).toBe(403);
});

it('a weak key revokes itself and weak ones, not the strong ones of its person', async () => {
  const strong = await make(member, { name: 'strong' });
  const weak = await make(member, { name: 'weak', role: 'viewer' });
  const other = await make(member, { name: 'weak as well', role: 'viewer' });
  expect(await revoke(withKey(weak), strong)).toBe(403);
  expect(await revoke(withKey(weak), other)).toBe(204);
  expect(await revoke(withKey(weak), weak)).toBe(204);
  expect(await revoke(withKey(strong), strong)).toBe(204);
});

it('a key follows its person’s role down, and ends with their deactivation', async () => {
  const key = await make(member, { name: 'follows' });
  const userId = await idOf(member);
  const declares = async () =>
    (await call(t, 'post', '/services', withKey(key), { name: `S${t.clock.now().getTime()}` })).status;
  expect(await declares()).toBe(201);
  await asOwner('put', `/users/${userId}/role`, { role: 'viewer' });
  expect(await declares()).toBe(403);
  expect((await listed(member)).find(({ id }) => id === key.id)).toMatchObject({ role: 'viewer' });
  await asOwner('put', `/users/${userId}/role`, { role: 'member' });
  t.clock.advance(1);
  expect(await declares()).toBe(201);

  await asOwner('post', `/users/${userId}/deactivate`);
  expect(await works(key)).toBe(401);
  expect(await refusal(member, { name: 'late' })).toBe(401);
  await asOwner('post', `/users/${userId}/reactivate`);
  expect(await works(key)).toBe(401);
  expect(await names(owner, '/api-keys')).not.toContain('follows');
});

it('another site cannot make a key with the cookie of a visitor', async () => {
  const foreign = { headers: { ...viewer.headers, 'sec-fetch-site': 'cross-site' } };
  expect(await refusal(foreign, { name: 'stolen' })).toBe(403);
});

it('its person hears by mail of every key that is made, how, and where to revoke it', async () => {
  const first = await make(viewer, { name: 'for the script' });
  const second = await make(withKey(first), { name: 'made by the script' });
  const mailsTo = async (userId: string) => {
    const { body } = await t.call('GET', `/api/v1/deliveries?userId=${userId}&limit=200`);
    return (body as { items: { id: string; subject: string }[] }).items;
  };
  const [late, early] = await mailsTo(await idOf(viewer));
  expect([early?.subject, late?.subject]).toEqual([
    'An API key of yours was made: for the script',
    'An API key of yours was made: made by the script',
  ]);
  const text = JSON.stringify((await t.call('GET', `/api/v1/deliveries/${late?.id}`)).body);
  expect(text).toContain('with your API key “for the script”');
  expect(text).toContain('/settings/your-api-keys');
  expect(text).not.toContain(second.key);
});

it('nobody has more keys than they can look through', async () => {
  const soon = new Date(t.clock.now().getTime() + 60_000).toISOString();
  const room = MAX_API_KEYS - (await listed(viewer)).length;
  for (let i = 0; i < room; i++) await make(viewer, { name: `key ${i}`, expiresAt: soon });
  expect(await refusal(viewer, { name: 'one more' })).toBe(409);
  t.clock.advance(61);
  await make(viewer, { name: 'expired ones do not count' });
});
