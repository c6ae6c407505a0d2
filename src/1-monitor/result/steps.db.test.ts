import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { StepRun } from '../check/spec.ts';
import { takeResults } from '../location/probe-wire.ts';
import { wireResultOf } from '../location/wire-result.ts';
import type { Monitor } from '../monitor/contract.ts';
import type { Evidence, StepRun as ShownStep } from './contract.ts';
import { NO_PHASES, type Observation } from './observation.ts';
import { recordBatch } from './record-batch.ts';

let t: TestSystem;
let id: string;
beforeEach(async () => {
  t = await createTestSystem();
  id = ((await t.call('POST', '/api/v1/monitors', { url: 'https://example.com' })).body as Monitor).id;
});
afterEach(() => t.close());

type Listed = { items: { outcome: string; dueAt: string; locationId: string; steps: ShownStep[] }[] };
const runs = async (query = '') => ((await t.call('GET', `/api/v1/monitors/${id}/steps${query}`)).body as Listed).items;

const step = (given: Partial<StepRun>): StepRun => ({
  name: 'Log in',
  outcome: 'passed',
  startedMs: 0,
  tookMs: 45_000.5,
  status: 200,
  phases: NO_PHASES,
  failures: [],
  error: null,
  values: [],
  ...given,
});

function observed(atMs: number, outcome: 'up' | 'down', steps: readonly StepRun[]): Observation {
  return {
    monitorId: id,
    workspaceId: t.workspaceId,
    dueAtMs: atMs,
    startedAtMs: atMs,
    latenessMs: 0,
    outcome,
    totalMs: 50_000,
    phases: NO_PHASES,
    status: null,
    address: null,
    certificateExpiresAtMs: null,
    failures: outcome === 'up' ? [] : [{ expected: 'status 200', got: '500' }],
    error: null,
    evidence: null,
    steps,
  };
}

it('keeps the steps of a check with their times, and of a failure what they took and why they failed', async () => {
  const now = t.clock.now().getTime();
  const failed = step({
    name: 'Pay\0',
    outcome: 'failed',
    startedMs: 45_001,
    failures: [{ expected: 'status 200', got: 'x'.repeat(5_000) }],
    values: [['token', '[secret]']],
  });
  const skipped = step({ name: 'Log out', outcome: 'not-run', tookMs: 0, status: null, phases: null });
  await recordBatch(t.system, [observed(now, 'up', [step({ values: [['id', '7']] })])]);
  await recordBatch(t.system, [observed(now + 1_000, 'down', [step({}), failed, skipped])]);

  const [last, first] = await runs();
  expect(first).toMatchObject({ outcome: 'up', locationId: 'home', steps: [{ name: 'Log in', tookMs: 45_000.5 }] });
  expect(first?.steps[0]?.values).toEqual([]);
  expect(last?.steps.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['Log in', 'passed'],
    ['Pay', 'failed'],
    ['Log out', 'not-run'],
  ]);
  const failures = (await t.call('GET', `/api/v1/monitors/${id}/failures`)).body as { items: Evidence[] };
  expect(failures.items[0]?.steps?.[1]).toMatchObject({ startedMs: 45_001, values: [['token', '[secret]']] });
  expect(failures.items[0]?.steps?.[1]?.failures[0]?.got).toHaveLength(1_000);
});

it('keeps the last sixty checks, each once', async () => {
  const now = t.clock.now().getTime();
  const checks = Array.from({ length: 70 }, (_, i) => observed(now + i * 1_000, 'up', [step({})]));
  await recordBatch(t.system, checks.slice(0, 65));
  await recordBatch(t.system, checks.slice(60));
  const kept = await runs();
  expect(kept).toHaveLength(60);
  expect(kept[0]?.dueAt).toBe(new Date(now + 69_000).toISOString());
  expect(await runs('?limit=3')).toHaveLength(3);
  expect(await runs('?locationId=loc_00000000000000000000000000')).toEqual([]);
});

it('takes over the wire what a probe cut to its limits', () => {
  const long = step({
    name: 'n'.repeat(400),
    error: { kind: 'timeout', message: 'm'.repeat(9_000) },
    failures: Array.from({ length: 40 }, () => ({ expected: 'e'.repeat(2_000), got: 'g' })),
    values: Array.from({ length: 40 }, () => ['v'.repeat(99), 'w'.repeat(999)] as const),
  });
  const { workspaceId: _, ...seen } = observed(0, 'down', []);
  const found = { ...seen, failures: [], error: null, steps: Array.from({ length: 150 }, () => long) };
  const [taken] = takeResults([wireResultOf(found)]).taken;
  expect(taken?.steps).toHaveLength(100);
  expect(taken?.steps?.[0]?.name).toHaveLength(120);
});
