import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSystem, type System } from '#platform/ctx.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { authenticate } from '../session/authenticate.ts';
import { ensureOwner } from './ensure-owner.ts';

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem({ env: { ALLCLEAR_PUBLIC_URL: 'http://127.0.0.1:4242' } });
});
afterEach(() => t.close());

const visitor = {
  name: 'Ada',
  email: 'ada@example.com',
  password: 'correct horse battery',
  workspaceName: 'Ada & Co',
  timeZone: 'Europe/Berlin',
};
const setUp = (body: object) =>
  t.app.request('/api/v1/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const isOpen = async () =>
  (await (await t.app.request('/api/v1/setup')).json()) as { open: boolean; needsCode: boolean };
const empty = () => t.database.pool.query('truncate user_account, workspace, audit_entry cascade');

it('the first visit makes owner and workspace, and closes the door', async () => {
  await empty();
  expect(await isOpen()).toEqual({ open: true, needsCode: false });
  expect((await setUp({ ...visitor, email: ' ADA@example.com ' })).status).toBe(201);
  expect(await isOpen()).toEqual({ open: false, needsCode: false });
  const again = await setUp({ ...visitor, email: 'eve@example.com' });
  expect(again.status).toBe(409);
  expect(await again.json()).toMatchObject({ code: 'conflict', detail: expect.stringContaining('already set up') });
  const { rows } = await t.database.pool.query(
    'select w.slug, u.email, m.role from workspace w join member m on m.workspace_id = w.id join user_account u on u.id = m.user_id',
  );
  expect(rows).toEqual([{ slug: 'ada-co', email: 'ada@example.com', role: 'owner' }]);
});

it('of six who sign up at the same moment exactly one wins, and nothing of the others stays', async () => {
  await empty();
  // Holds every insert back until all six have looked whether somebody was here before.
  const holder = await t.database.pool.connect();
  await holder.query('begin; lock table workspace in share mode');
  const tries = [1, 2, 3, 4, 5, 6].map((n) => setUp({ ...visitor, email: `ada${n}@example.com` }));
  const waiting = async () => {
    const locked = "datname = current_database() and wait_event_type = 'Lock'";
    return (await t.database.pool.query(`select 1 from pg_stat_activity where ${locked}`)).rowCount;
  };
  await expect.poll(waiting, { timeout: 10_000 }).toBe(6);
  await holder.query('commit');
  holder.release();
  const answers = await Promise.all(tries);
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
  const { rows } = await t.database.pool.query<{ n: number }>(
    'select (select count(*) from workspace)::int + (select count(*) from user_account)::int as n',
  );
  expect(rows).toEqual([{ n: 2 }]);
});

it('a bad form names each field and makes nothing', async () => {
  await empty();
  const answer = await setUp({
    name: ' ',
    email: 'x',
    password: 'short',
    workspaceName: 'A',
    timeZone: 'Mars/Base',
    businessHours: { days: [1, 1], start: '09:00', end: '08:00' },
  });
  expect(answer.status).toBe(400);
  const { errors } = (await answer.json()) as { errors: { path: string }[] };
  expect(errors.map((error) => error.path).toSorted()).toEqual(
    [
      'body.businessHours.days',
      'body.businessHours.end',
      'body.email',
      'body.name',
      'body.password',
      'body.timeZone',
    ].toSorted(),
  );
  expect(await isOpen()).toEqual({ open: true, needsCode: false });
});

const KEY = 'environment-key-0123456789abcdef0123456789';
const withOwner = (apiKey: string | undefined): System => {
  const owner = { email: 'Root@example.com', password: 'correct horse battery', apiKey };
  return createSystem({ ...t.system, config: { ...t.system.config, owner } });
};
const byKey = (key: string) =>
  authenticate(t.system, {
    authorization: `Bearer ${key}`,
    cookieHeader: undefined,
    workspaceHeader: undefined,
    channelHint: undefined,
  });

it('the environment makes the owner once, however often and at once it is started', async () => {
  await empty();
  await Promise.all([ensureOwner(withOwner(KEY)), ensureOwner(withOwner(KEY)), ensureOwner(withOwner(KEY))]);
  await ensureOwner(withOwner(KEY));
  const { rows } = await t.database.pool.query('select email, email_verified from user_account');
  expect(rows).toEqual([{ email: 'root@example.com', email_verified: true }]);
  expect(await byKey(KEY)).toMatchObject({ role: 'owner', scopes: ['read', 'write'], viaCookie: false });
  const keys = await t.database.pool.query('select key_digest from api_key');
  expect(keys.rows).toHaveLength(1);
  expect(JSON.stringify(keys.rows)).not.toContain(KEY);
});

it('another key in the environment replaces the earlier one, and an earlier one can come back', async () => {
  await empty();
  const other = `other-${KEY}`;
  await ensureOwner(withOwner(KEY));
  await ensureOwner(withOwner(other));
  expect(await byKey(KEY)).toBeNull();
  expect(await byKey(other)).not.toBeNull();
  await ensureOwner(withOwner(KEY));
  expect(await byKey(KEY)).not.toBeNull();
  expect(await byKey(other)).toBeNull();
});

it('an installation with another owner is left alone', async () => {
  await ensureOwner(withOwner(KEY));
  expect(await byKey(KEY)).toBeNull();
  const { rows } = await t.database.pool.query('select email from user_account');
  expect(rows).toEqual([{ email: 'olive@example.com' }]);
});
