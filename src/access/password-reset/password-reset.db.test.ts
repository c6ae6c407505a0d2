import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { acceptInvite } from '../invite/accept-invite.ts';
import { createInvite } from '../invite/create-invite.ts';
import { verifyPassword } from '../session/password.ts';
import { deactivateUser } from '../user/deactivate-user.ts';
import {
  completePasswordReset,
  createPasswordReset,
  readPasswordReset,
  requestPasswordReset,
} from './password-reset.ts';

let t: TestSystem;
beforeAll(async () => {
  t = await createTestSystem();
});
afterAll(() => t.close());

const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
const link = async () => tokenOf((await t.act((ctx) => createPasswordReset(ctx, t.ownerId))).url);
const count = async () => (await t.database.pool.query('select 1 from password_reset')).rowCount;

it('a link sets the password once, ends every session and voids the other links', async () => {
  const signedIn = await t.app.request('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ email: 'olive@example.com', password: 'correct horse battery' }),
  });
  expect(signedIn.status).toBe(200);
  const [first, other] = [await link(), await link()];
  expect(await readPasswordReset(t.system, first)).toMatchObject({ email: 'olive@example.com' });
  await completePasswordReset(t.system, first, 'a brand new password');
  const { rows } = await t.database.pool.query<{ password: string }>(
    'select password from user_credential where user_id = $1',
    [t.ownerId],
  );
  expect(await verifyPassword('a brand new password', rows[0]?.password ?? '')).toBe(true);
  expect((await t.database.pool.query('select 1 from user_session')).rowCount).toBe(0);
  for (const token of [first, other]) {
    await expect(completePasswordReset(t.system, token, 'yet another one')).rejects.toMatchObject({
      code: 'not_found',
    });
  }
});

it('a link that an admin made for somebody else ends when the admin leaves', async () => {
  const join = async (email: string, role: 'admin' | 'member') => {
    t.clock.advance(1);
    const { url } = await t.act((ctx) => createInvite(ctx, { email, role }));
    return (await acceptInvite(t.system, tokenOf(url), { name: email, password: 'correct horse battery' })).userId;
  };
  const [adminId, memberId] = [await join('adam@example.com', 'admin'), await join('mia@example.com', 'member')];
  const actor = { kind: 'user', userId: adminId, role: 'admin', channel: 'web' } as const;
  const made = await t.system.transact({ actor, workspaceId: t.workspaceId }, (ctx) =>
    createPasswordReset(ctx, memberId),
  );
  const token = tokenOf(made.url);
  expect(await readPasswordReset(t.system, token)).toMatchObject({ email: 'mia@example.com' });
  await t.act((ctx) => deactivateUser(ctx, adminId));
  await expect(readPasswordReset(t.system, token)).rejects.toMatchObject({ code: 'not_found' });
  await expect(completePasswordReset(t.system, token, 'a brand new password')).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('a link ends after a day and stores no secret', async () => {
  const token = await link();
  const stored = await t.database.pool.query('select * from password_reset');
  expect(JSON.stringify(stored.rows)).not.toContain(token);
  t.clock.advance(86_401);
  await expect(readPasswordReset(t.system, token)).rejects.toMatchObject({ code: 'not_found' });
});

it('whoever asks learns nothing, and one person gets at most one link a minute', async () => {
  const ask = (email: string) =>
    t.app.request('/api/v1/password-resets', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email }),
    });
  const before = Number(await count());
  const answers = [await ask('olive@example.com'), await ask('olive@example.com'), await ask('nobody@example.com')];
  expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202]);
  expect(await count()).toBe(before + 1);
  t.clock.advance(61);
  await requestPasswordReset(t.system, 'olive@example.com');
  expect(await count()).toBe(before + 2);
});
