import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AccessRole } from '#kernel/actor.ts';
import type { Who } from '#platform/ctx.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { createApiKey } from '../api-key/create-api-key.ts';
import { acceptInvite } from '../invite/accept-invite.ts';
import { createInvite } from '../invite/create-invite.ts';
import { createPasswordReset } from '../password-reset/password-reset.ts';
import { authenticate } from '../session/authenticate.ts';
import { changeRole } from './change-role.ts';
import { deactivateUser, previewDeactivation, reactivateUser } from './deactivate-user.ts';
import { listMembers, ownerOf, readUser } from './read-users.ts';

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(() => t.close());

async function join(email: string, role: AccessRole): Promise<Who> {
  t.clock.advance(1);
  const { url } = await t.act((ctx) => createInvite(ctx, { email, role }));
  const { userId } = await acceptInvite(t.system, url.split('/').at(-1) ?? '', {
    name: email.split('@')[0] ?? '',
    password: 'correct horse battery',
  });
  return { actor: { kind: 'user', userId, role, channel: 'web' }, workspaceId: t.workspaceId };
}
const idOf = (who: Who) => (who.actor.kind === 'user' ? who.actor.userId : '');
const refusal = (code: string) => expect.objectContaining({ code });

it('the last owner is neither demoted nor deactivated', async () => {
  await expect(t.act((ctx) => changeRole(ctx, t.ownerId, 'admin'))).rejects.toThrow('Olive Owner is the only owner');
  await expect(t.act((ctx) => deactivateUser(ctx, t.ownerId))).rejects.toThrow('only owner');
  expect(await t.act((ctx) => previewDeactivation(ctx, t.ownerId))).toMatchObject({
    allowed: false,
    refusal: expect.stringContaining('only owner'),
  });
});

it('two owners who demote each other at once leave one', async () => {
  const second = await join('second@example.com', 'owner');
  const outcomes = await Promise.allSettled([
    t.act((ctx) => changeRole(ctx, idOf(second), 'member')),
    t.system.transact(second, (ctx) => changeRole(ctx, t.ownerId, 'member')),
  ]);
  expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const members = await t.act(listMembers);
  expect(members.filter((member) => member.role === 'owner')).toHaveLength(1);
});

it('an admin manages members but touches no owner', async () => {
  const admin = await join('admin@example.com', 'admin');
  const member = await join('member@example.com', 'member');
  const asAdmin = <R>(act: Parameters<typeof t.system.transact<R>>[1]) => t.system.transact(admin, act);
  expect((await asAdmin((ctx) => changeRole(ctx, idOf(member), 'viewer'))).role).toBe('viewer');
  await expect(asAdmin((ctx) => changeRole(ctx, idOf(member), 'owner'))).rejects.toEqual(refusal('forbidden'));
  await expect(asAdmin((ctx) => changeRole(ctx, t.ownerId, 'viewer'))).rejects.toEqual(refusal('forbidden'));
  await expect(asAdmin((ctx) => deactivateUser(ctx, t.ownerId))).rejects.toEqual(refusal('forbidden'));
  await expect(asAdmin((ctx) => createPasswordReset(ctx, t.ownerId))).rejects.toEqual(refusal('forbidden'));
  await expect(asAdmin((ctx) => createInvite(ctx, { email: null, role: 'owner' }))).rejects.toEqual(
    refusal('forbidden'),
  );
  await expect(asAdmin((ctx) => deactivateUser(ctx, idOf(admin)))).rejects.toThrow('cannot deactivate yourself');
});

it('deactivating says first what stops, then ends sessions and keys at once; reactivating lets the person in again', async () => {
  const admin = await join('ada@example.com', 'admin');
  const { key } = await t.system.transact(admin, (ctx) =>
    createApiKey(ctx, { name: 'CI', role: 'member', scopes: ['read'], expiresAt: null }),
  );
  const signIn = () =>
    t.app.request('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }),
    });
  const cookie = ((await signIn()).headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const bySession = () => t.app.request('/api/v1/session', { headers: { cookie } });
  const byKey = () =>
    authenticate(t.system, {
      authorization: `Bearer ${key}`,
      cookieHeader: undefined,
      workspaceHeader: undefined,
      channelHint: 'cli',
    });
  expect((await bySession()).status).toBe(200);
  expect(await byKey()).toMatchObject({ role: 'member', scopes: ['read'], who: { actor: { channel: 'cli' } } });

  const preview = await t.act((ctx) => previewDeactivation(ctx, idOf(admin)));
  expect(preview.allowed).toBe(true);
  expect(preview.consequences.join()).toContain('The API key "CI" made by ada will stop working.');
  await t.act((ctx) => deactivateUser(ctx, idOf(admin)));
  expect((await bySession()).status).toBe(401);
  expect(await byKey()).toBeNull();
  const refused = await signIn();
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('deactivated') });
  await expect(t.act((ctx) => deactivateUser(ctx, idOf(admin)))).rejects.toEqual(refusal('conflict'));
  expect((await t.act((ctx) => readUser(ctx, idOf(admin)))).active).toBe(false);

  await t.act((ctx) => reactivateUser(ctx, idOf(admin)));
  expect((await signIn()).status).toBe(200);
  expect(await byKey()).toBeNull();
});

it('ownerOf is the first owner who is still active', async () => {
  const second = await join('second@example.com', 'owner');
  expect((await t.act(ownerOf)).id).toBe(t.ownerId);
  await t.system.transact(second, (ctx) => deactivateUser(ctx, t.ownerId));
  expect((await t.act(ownerOf)).id).toBe(idOf(second));
});
