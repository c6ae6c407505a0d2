import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { acceptInvite, readInviteLink } from './accept-invite.ts';
import { changeRole } from '../user/change-role.ts';
import { deactivateUser } from '../user/deactivate-user.ts';
import { createInvite, revokeInvite } from './create-invite.ts';

const PASSWORD = 'correct horse battery';

let t: TestSystem;
beforeAll(async () => {
  t = await createTestSystem();
});
afterAll(() => t.close());

const invite = (email: string | null, role: 'admin' | 'member' = 'member') =>
  t.act((ctx) => createInvite(ctx, { email, role }));
const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
const refusal = (code: string) => expect.objectContaining({ code });

it('an invited person joins with a name and a password, once', async () => {
  const made = await invite('mia@example.com');
  expect(made.url).toMatch(/^http:\/\/allclear\.test\/invite\/inv_[0-9a-z]{52}$/);
  const token = tokenOf(made.url);
  expect(await readInviteLink(t.system, token)).toMatchObject({
    workspaceName: 'Acme',
    invitedByName: 'Olive Owner',
    role: 'member',
    email: 'mia@example.com',
    name: null,
  });
  t.clock.advance(1);
  const joined = await acceptInvite(t.system, token, { name: 'Mia', password: PASSWORD });
  expect(joined.email).toBe('mia@example.com');
  await expect(acceptInvite(t.system, token, { name: 'Mia', password: PASSWORD })).rejects.toEqual(
    refusal('not_found'),
  );
  const { rows } = await t.database.pool.query(
    'select action, actor_user_id, channel from audit_entry where subject_id = $1 order by id',
    [made.id],
  );
  expect(rows).toEqual([
    { action: 'invite.create', actor_user_id: t.ownerId, channel: 'web' },
    { action: 'invite.accept', actor_user_id: joined.userId, channel: 'link' },
  ]);
});

it('of two who use one link at once exactly one joins', async () => {
  const token = tokenOf((await invite(null)).url);
  const tries = ['x1@example.com', 'x2@example.com'].map((email) =>
    acceptInvite(t.system, token, { name: 'X', email, password: PASSWORD }),
  );
  const outcomes = await Promise.allSettled(tries);
  expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const { rows } = await t.database.pool.query("select 1 from user_account where email like 'x_@example.com'");
  expect(rows).toHaveLength(1);
});

it('the link stores no secret, ends after seven days, and ends when withdrawn', async () => {
  const made = await invite('late@example.com');
  const stored = await t.database.pool.query('select * from invite where id = $1', [made.id]);
  expect(JSON.stringify(stored.rows)).not.toContain(tokenOf(made.url));
  const before = t.clock.now();
  t.clock.advance(7 * 86_400 + 1);
  await expect(readInviteLink(t.system, tokenOf(made.url))).rejects.toEqual(refusal('not_found'));
  t.clock.set(before);
  await t.act((ctx) => revokeInvite(ctx, made.id));
  await expect(acceptInvite(t.system, tokenOf(made.url), { name: 'L', password: PASSWORD })).rejects.toEqual(
    refusal('not_found'),
  );
  await expect(t.act((ctx) => revokeInvite(ctx, made.id))).rejects.toEqual(refusal('not_found'));
});

it('an invite for one address is not for another, and an open one asks for an address', async () => {
  const named = tokenOf((await invite('named@example.com')).url);
  await expect(
    acceptInvite(t.system, named, { name: 'N', email: 'other@example.com', password: PASSWORD }),
  ).rejects.toThrow('not the address');
  const open = tokenOf((await invite(null)).url);
  await expect(acceptInvite(t.system, open, { name: 'N', password: PASSWORD })).rejects.toThrow('required');
});

it('an address with an account joins only with that account’s own password, and a member is not invited again', async () => {
  await expect(invite('olive@example.com')).rejects.toEqual(refusal('conflict'));
  const open = tokenOf((await invite(null)).url);
  const guess = acceptInvite(t.system, open, { name: 'Not Olive', email: 'olive@example.com', password: 'a guess' });
  await expect(guess).rejects.toEqual(refusal('invalid'));
  const own = acceptInvite(t.system, open, { name: 'Olive', email: 'olive@example.com', password: PASSWORD });
  await expect(own).rejects.toEqual(refusal('conflict'));
});

it('an open invite is no way to guess the password of an account', async () => {
  const token = tokenOf((await invite(null)).url);
  const guess = (password: string) =>
    acceptInvite(t.system, token, { name: 'X', email: 'olive@example.com', password });
  const guesses = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => guess(`wrong-guess-${n}`)));
  const codes = guesses.map((one) => (one.status === 'rejected' ? one.reason.code : 'joined'));
  expect(codes.filter((code) => code === 'invalid')).toHaveLength(8);
  expect(codes.filter((code) => code === 'limit')).toHaveLength(2);
  await expect(guess(PASSWORD)).rejects.toEqual(refusal('limit'));
});

it('an invite ends when whoever made it leaves, or may not invite to that role any more', async () => {
  const { userId } = await acceptInvite(t.system, tokenOf((await invite('adam@example.com', 'admin')).url), {
    name: 'Adam',
    password: PASSWORD,
  });
  const actor = { kind: 'user', userId, role: 'admin', channel: 'web' } as const;
  const made = await t.system.transact({ actor, workspaceId: t.workspaceId }, (ctx) =>
    createInvite(ctx, { email: null, role: 'admin' }),
  );
  const token = tokenOf(made.url);
  const join = () => acceptInvite(t.system, token, { name: 'Y', email: 'y@example.com', password: PASSWORD });
  expect(await readInviteLink(t.system, token)).toMatchObject({ role: 'admin' });
  await t.act((ctx) => changeRole(ctx, userId, 'member'));
  await expect(join()).rejects.toEqual(refusal('not_found'));
  await t.act((ctx) => changeRole(ctx, userId, 'admin'));
  await t.act((ctx) => deactivateUser(ctx, userId));
  await expect(readInviteLink(t.system, token)).rejects.toEqual(refusal('not_found'));
  await expect(join()).rejects.toEqual(refusal('not_found'));
});

it('only the link in the mail proves the address that was invited', async () => {
  const mailed = async (address: string) => {
    const { rows } = await t.database.pool.query(
      "select message from delivery where purpose = 'invite' and address = $1",
      [address],
    );
    return /#mailed=([0-9a-f]+)/.exec(t.system.secrets.open(rows[0]?.message))?.[1];
  };
  const verified = async (address: string) => {
    const { rows } = await t.database.pool.query('select email_verified from user_account where email = $1', [address]);
    return rows[0]?.email_verified;
  };
  const join = (url: string, name: string, proof: string | undefined) =>
    acceptInvite(t.system, tokenOf(url), { name, password: PASSWORD, mailed: proof });
  const [rea, sam, tom] = await Promise.all(['rea', 'sam', 'tom'].map((name) => invite(`${name}@example.com`)));
  expect(rea?.url).not.toContain('mailed');
  const proof = await mailed('rea@example.com');
  expect(proof).toMatch(/^[0-9a-f]{64}$/);
  await join(sam?.url ?? '', 'Sam', proof);
  const joinedTom = await join(tom?.url ?? '', 'Tom', undefined);
  const joinedRea = await join(rea?.url ?? '', 'Rea', proof);
  expect(await Promise.all(['rea', 'sam', 'tom'].map((name) => verified(`${name}@example.com`)))).toEqual([
    true,
    false,
    false,
  ]);
  const paged = await Promise.all(
    [joinedRea, joinedTom].map(async ({ userId }) => {
      const { body } = await t.call('GET', `/api/v1/contact-methods?userId=${userId}`);
      return (body as { items: { verifiedAt: string | null }[] }).items.map(({ verifiedAt }) => verifiedAt !== null);
    }),
  );
  expect(paged).toEqual([[true], [false]]);
});
