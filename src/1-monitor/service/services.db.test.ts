import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkspaceWithOwner } from '#access';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';

let t: TestSystem;
beforeAll(async () => {
  t = await createTestSystem();
});
afterAll(() => t.close());

const add = (body: object) => t.call('POST', '/api/v1/services', { name: 'Shop', ...body });
const idOf = ({ body }: { readonly body: unknown }) => (body as { id: string }).id;

async function addPolicy(): Promise<string> {
  const steps = [{ userIds: [t.ownerId], delaySeconds: 300 }];
  const made = await t.call('POST', '/api/v1/escalation-policies', { name: 'Nights', steps, repeatCount: 0 });
  expect(made.status).toBe(201);
  return idOf(made);
}

const refusal = {
  status: 400,
  body: { code: 'invalid', errors: [{ path: 'body.escalationPolicyId', message: expect.stringContaining('no such') }] },
};

it('a service takes an escalation policy of its workspace, and can let go of it', async () => {
  const escalationPolicyId = await addPolicy();
  const made = await add({ escalationPolicyId });
  expect(made).toMatchObject({ status: 201, body: { escalationPolicyId } });
  const path = `/api/v1/services/${idOf(made)}`;
  expect(await t.call('PATCH', path, { escalationPolicyId: null })).toMatchObject({
    body: { escalationPolicyId: null },
  });
  expect(await t.call('PATCH', path, { escalationPolicyId })).toMatchObject({ body: { escalationPolicyId } });
});

it('a policy that is not there is refused when a service is made and when it is changed', async () => {
  expect(await add({ escalationPolicyId: 'epo_nowhere' })).toMatchObject(refusal);
  const path = `/api/v1/services/${idOf(await add({}))}`;
  expect(await t.call('PATCH', path, { escalationPolicyId: 'epo_nowhere' })).toMatchObject(refusal);
  const removed = await addPolicy();
  await t.call('DELETE', `/api/v1/escalation-policies/${removed}`);
  expect(await t.call('PATCH', path, { escalationPolicyId: removed })).toMatchObject(refusal);
  expect(await t.call('GET', path)).toMatchObject({ body: { escalationPolicyId: null } });
});

it('a policy of another workspace is refused', async () => {
  const { workspaceId } = await createWorkspaceWithOwner(t.system, {
    name: 'Other',
    timeZone: 'UTC',
    owner: { name: 'Otto', email: 'otto@example.com', password: 'correct horse battery', emailVerified: true },
  });
  const { rows } = await t.database.pool.query<{ id: string }>(
    'select id from escalation_policy where workspace_id = $1',
    [workspaceId],
  );
  expect(rows).toHaveLength(1);
  expect(await add({ escalationPolicyId: rows[0]?.id })).toMatchObject(refusal);
});
