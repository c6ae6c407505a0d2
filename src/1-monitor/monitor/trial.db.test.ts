import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import type { StepRun } from '../check/spec.ts';
import type { Trial } from './contract.ts';
import { followTrial } from './follow-trial.ts';

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(() => t.close());

const trial = 'a-name-of-my-own-choice';
const read = async () => (await t.call('GET', `/api/v1/monitors/test?trial=${trial}`)).body as Trial;
const step = (name: string): StepRun => ({
  name,
  outcome: 'passed',
  startedMs: 0,
  tookMs: 1,
  status: null,
  phases: null,
  failures: [],
  error: null,
  values: [],
});

it('shows how far a journey is while it is tried, and nothing before and after', async () => {
  expect(await read()).toEqual({ steps: [], picture: null });
  const follower = followTrial(t.system, { workspaceId: t.workspaceId, trial });
  follower.heard({ steps: [step('one')], picture: Buffer.from('page') });
  follower.heard({ steps: [step('one'), step('two')], picture: null });
  const seen = await waitFor('both steps', async () => {
    const now = await read();
    return now.steps.length === 2 && now;
  });
  expect(seen).toMatchObject({
    steps: [{ name: 'one' }, { name: 'two' }],
    picture: Buffer.from('page').toString('base64'),
  });
  await follower.end();
  expect(await read()).toEqual({ steps: [], picture: null });
});

it('is for its own workspace', async () => {
  const follower = followTrial(t.system, { workspaceId: 'wrk_other', trial });
  follower.heard({ steps: [step('one')], picture: null });
  await follower.end();
  follower.heard({ steps: [step('one')], picture: null });
  await waitFor('the row', async () => (await t.database.pool.query('select 1 from journey_trial')).rows.length > 0);
  expect(await read()).toEqual({ steps: [], picture: null });
});
