import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { allowTarget, forbidTarget } from './allow-target.ts';
import { readAllowedTargets } from './read-allowed-targets.ts';

let t: TestSystem;
beforeAll(async () => {
  t = await createTestSystem();
});
afterAll(() => t.close());

it('the workspace’s networks join those of the environment, once each, until they are taken off', async () => {
  const added = await t.act((ctx) => allowTarget(ctx, '10.1.2.3/8'));
  expect(await t.act(readAllowedTargets)).toEqual(['127.0.0.0/8', '10.0.0.0/8']);
  await expect(t.act((ctx) => allowTarget(ctx, '10.0.0.0/8'))).rejects.toMatchObject({ code: 'conflict' });
  await expect(t.act((ctx) => allowTarget(ctx, '169.254.169.254'))).rejects.toMatchObject({ code: 'invalid' });
  await t.act((ctx) => forbidTarget(ctx, added.id));
  expect(await t.act(readAllowedTargets)).toEqual(['127.0.0.0/8']);
  const { rows } = await t.database.pool.query(
    "select action, detail from audit_entry where action like 'allowed-target.%' order by id",
  );
  expect(rows).toEqual([
    { action: 'allowed-target.add', detail: { cidr: '10.0.0.0/8' } },
    { action: 'allowed-target.remove', detail: { cidr: '10.0.0.0/8' } },
  ]);
});
