import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';

let t: TestSystem;
beforeAll(async () => {
  t = await createTestSystem();
});
afterAll(() => t.close());

const userId = () => (t.owner.actor.kind === 'user' ? t.owner.actor.userId : '');
const call = (method: string, path: string, body?: unknown) => t.call(method, `/api/v1${path}`, body);

it('a team is made, renamed, listed and removed, and each is audited', async () => {
  const made = await call('POST', '/teams', { name: ' Payments ', userIds: [userId(), userId()] });
  expect(made).toMatchObject({ status: 201, body: { name: 'Payments', userIds: [userId()] } });
  const { id } = made.body as { id: string };
  expect(await call('PUT', `/teams/${id}`, { name: 'Billing', userIds: [] })).toMatchObject({
    status: 200,
    body: { id, name: 'Billing', userIds: [] },
  });
  expect(await call('GET', '/teams')).toMatchObject({ body: { items: [{ id, name: 'Billing' }], nextCursor: null } });
  expect((await call('DELETE', `/teams/${id}`)).status).toBe(204);
  expect((await call('GET', `/teams/${id}`)).status).toBe(404);
  const { rows } = await t.database.pool.query('select action from audit_entry where subject_id = $1 order by id', [
    id,
  ]);
  expect(rows.map(({ action }) => action)).toEqual(['team.create', 'team.change', 'team.delete']);
});

it('a name is given once at a time, whatever its capitals, and is free again after removal', async () => {
  const answers = await Promise.all(
    ['Search', 'search', 'SEARCH'].map((name) => call('POST', '/teams', { name, userIds: [] })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  const made = answers.find(({ status }) => status === 201);
  const { id } = (made?.body ?? {}) as { id?: string };
  await call('DELETE', `/teams/${id}`);
  expect((await call('POST', '/teams', { name: 'Search', userIds: [] })).status).toBe(201);
});

it('a stranger is refused by name of the field, and nothing is made', async () => {
  const answer = await call('POST', '/teams', { name: 'Odd', userIds: [userId(), 'usr_nobody'] });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'body.userIds.1' }] } });
  expect(JSON.stringify((await call('GET', '/teams')).body)).not.toContain('Odd');
});
