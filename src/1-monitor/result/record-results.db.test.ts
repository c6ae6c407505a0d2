import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { listStateIntervals } from '../state-interval/list-state-intervals.ts';
import { createMonitor } from '../monitor/create-monitor.ts';
import { createMonitorBody } from '../monitor/contract.ts';
import { pauseMonitor } from '../monitor/pause-monitor.ts';
import { readMonitor } from '../monitor/read-monitors.ts';
import type { Outcome } from './contract.ts';
import { failedChecksBetween } from './failed-checks-between.ts';
import type { Observation } from './observation.ts';
import { recordBatch } from './record-batch.ts';

let t: TestSystem;
let monitorId: string;
beforeEach(async () => {
  t = await createTestSystem();
  monitorId = await add({});
});
afterEach(() => t.close());

const add = (body: object) =>
  t.act((ctx) => createMonitor(ctx, createMonitorBody.parse({ url: 'https://example.com/health', ...body })));
const read = (id = monitorId) => readMonitor(t.system.read(t.owner), id);
const count = async (table: string) =>
  Number((await t.database.pool.query(`select count(*) as n from ${table}`)).rows[0].n);

function seen(outcome: Outcome, atMs = t.clock.now().getTime(), id = monitorId): Observation {
  const failed = outcome === 'down';
  return {
    monitorId: id,
    workspaceId: t.workspaceId,
    dueAtMs: atMs,
    startedAtMs: atMs + 2,
    latenessMs: 2,
    outcome,
    totalMs: 12.345,
    phases: { dnsMs: 1, tcpMs: 2.5, tlsMs: null, firstByteMs: 8, transferMs: 0.8 },
    status: failed ? 503 : 200,
    address: '192.0.2.1',
    certificateExpiresAtMs: null,
    failures: failed ? [{ expected: 'status 200–399', got: '503' }] : [],
    error: null,
    evidence: failed ? { headers: [['server', 'nginx']], bodyStart: 'sorry' } : null,
  };
}
async function observe(...list: readonly Outcome[]) {
  for (const outcome of list) {
    t.clock.advance(30);
    await recordBatch(t.system, [seen(outcome)]);
  }
}

describe('recorded results', () => {
  it('store a check with its phases and make the first answer the state', async () => {
    await observe('up');
    expect(await read()).toMatchObject({ state: 'up', settled: true });
    const { rows } = await t.database.pool.query('select * from check_result');
    expect(rows).toMatchObject([
      { total_us: 12_345, tcp_code: 25, tls_code: -32_768, status: 200, outcome: 0, late_ms: 2 },
    ]);
  });

  it('hold the fault of a monitor that flaps, as one, until it has answered for five minutes', async () => {
    for (let n = 0; n < 8; n++) await observe('up', 'down');
    const shown = async () => (await t.call('GET', `/api/v1/monitors/${monitorId}`)).body;
    expect(await shown()).toMatchObject({ state: 'down', flappingSince: expect.any(String) });
    await t.settle();
    const { items } = (await t.call('GET', '/api/v1/alerts')).body as { items: { state: string }[] };
    expect(items.map(({ state }) => state)).toEqual(['open', 'closed', 'closed']);
    await observe(...Array.from({ length: 9 }, () => 'up' as const));
    expect(await shown()).toMatchObject({ state: 'down' });
    await observe('up');
    expect(await shown()).toMatchObject({ state: 'up' });
    t.clock.advance(1_800);
    expect(await shown()).toMatchObject({ flappingSince: null });
  });

  it('do not take for flapping what breaks in maintenance or in a drill', async () => {
    const flapping = async () =>
      ((await t.call('GET', `/api/v1/monitors/${monitorId}`)).body as { flappingSince: string | null }).flappingSince;
    const now = t.clock.now();
    const { serviceId } = await read();
    const endsAt = new Date(now.getTime() + 400_000).toISOString();
    const window = { title: 'New disks', startsAt: now.toISOString(), endsAt, serviceIds: [serviceId] };
    expect((await t.call('POST', '/api/v1/maintenance-windows', window)).status).toBe(201);
    await observe('up', 'down', 'up', 'down', 'up', 'down', 'up', 'down', 'up');
    expect(await flapping()).toBeNull();
    t.clock.advance(400);
    for (let n = 0; n < 3; n += 1) {
      expect((await t.call('POST', `/api/v1/monitors/${monitorId}/drill`, { seconds: 60 })).status).toBe(200);
      await t.call('POST', `/api/v1/monitors/${monitorId}/drill/end`);
    }
    await observe('up', 'down', 'up', 'down', 'up');
    expect(await flapping()).toBeNull();
    await observe('down');
    expect(await flapping()).not.toBeNull();
  });

  it('say down with the evidence, open an alert and keep the failure, in one transaction', async () => {
    await observe('up', 'down');
    const { state, since } = await read();
    expect([state, since]).toEqual(['down', new Date(t.clock.now().getTime() + 2)]);
    const asked = { monitorIds: [monitorId], from: new Date(0), to: new Date('2030-01-01') };
    const failures = await failedChecksBetween(t.system.read(t.owner), asked);
    expect(failures).toMatchObject([
      {
        monitorId,
        evidence: {
          summary: 'expected status 200–399, got 503',
          status: 503,
          bodyStart: 'sorry',
          headers: [['server', 'nginx']],
        },
      },
    ]);
    const { rows } = await t.database.pool.query('select monitor_id, state, drill from alert');
    expect(rows).toEqual([{ monitor_id: monitorId, state: 'open', drill: false }]);
  });

  it('leave nothing of a check behind when what later stages do fails, and do not hold up the others', async () => {
    const other = await add({ url: 'https://example.org' });
    await observe('up');
    await recordBatch(t.system, [seen('up', t.clock.now().getTime(), other)]);
    const before = [await count('check_result'), await count('state_interval')];
    await t.database.pool.query('alter table alert rename to alert_away');
    t.clock.advance(30);
    const now = t.clock.now().getTime();
    await recordBatch(t.system, [seen('down', now), seen('up', now, other)]);
    await t.database.pool.query('alter table alert_away rename to alert');
    expect(t.errors).toMatchObject([expect.stringContaining(monitorId)]);
    expect([(await count('check_result')) - 1, await count('state_interval'), await count('check_failure')]).toEqual([
      ...before,
      0,
    ]);
    expect([(await read()).state, (await read(other)).state]).toEqual(['up', 'up']);
  });

  it('are given back whole while the database is away', async () => {
    await t.database.pool.query(
      "create function gone() returns trigger language plpgsql as $$ begin raise exception 'away' using errcode = '57P01'; end $$; create trigger gone before update on monitor_status for each row execute function gone()",
    );
    await expect(recordBatch(t.system, [seen('up')])).rejects.toMatchObject({ code: '57P01' });
    expect([await count('check_result'), t.errors]).toEqual([0, []]);
  });

  it('change nothing when a batch is sent again', async () => {
    t.clock.advance(90);
    const now = t.clock.now().getTime();
    const batch = [seen('up', now - 60_000), seen('down', now - 30_000), seen('up', now)];
    await recordBatch(t.system, batch);
    const before = [
      await read(),
      await count('check_result'),
      await count('state_interval'),
      await count('check_failure'),
      await count('signal'),
    ];
    await recordBatch(t.system, batch);
    await recordBatch(t.system, batch.toReversed());
    expect([
      await read(),
      await count('check_result'),
      await count('state_interval'),
      await count('check_failure'),
      await count('signal'),
    ]).toEqual(before);
    expect(before.slice(1, 4)).toEqual([3, 4, 1]);
  });

  it('count failures in a row over batches, and a repeated one once', async () => {
    monitorId = await add({ url: 'https://example.org', confirm: { failures: 3, recoveries: 2 } });
    await observe('up', 'down');
    const again = seen('down');
    await recordBatch(t.system, [again]);
    await recordBatch(t.system, [again]);
    expect(await read()).toMatchObject({ state: 'up', settled: false });
    await observe('down');
    expect((await read()).state).toBe('up');
    await observe('down');
    const down = await read();
    expect(down.state).toBe('down');
    expect(t.clock.now().getTime() - down.since.getTime()).toBe(60_000 - 2);
    await observe('up');
    expect((await read()).state).toBe('down');
    await observe('up');
    expect((await read()).state).toBe('up');
  });

  it('of the past are kept and change no state', async () => {
    await observe('up', 'up');
    const past = t.clock.now().getTime() - 45_000;
    await recordBatch(t.system, [seen('down', past)]);
    expect((await read()).state).toBe('up');
    expect([await count('check_result'), await count('check_failure'), await count('alert')]).toEqual([3, 1, 0]);
  });

  it('make the partition of a day that nobody made', async () => {
    await recordBatch(t.system, [
      seen('up', Date.parse('2027-03-01T12:00:00Z')),
      seen('up', Date.parse('2027-03-02T12:00:00Z')),
    ]);
    const { rows } = await t.database.pool.query('select tableoid::regclass::text as day from check_result order by 1');
    expect(rows).toEqual([{ day: 'check_result_20270301' }, { day: 'check_result_20270302' }]);
  });

  it('keep what a target sends, whatever it is', async () => {
    const bad = 'a\u0000b\ud800c';
    t.clock.advance(30);
    const evidence = { headers: [[bad, bad] as const], bodyStart: bad };
    await recordBatch(t.system, [
      { ...seen('down'), error: { kind: 'protocol', message: bad }, evidence, failures: [{ expected: bad, got: bad }] },
    ]);
    expect([(await read()).state, await count('check_failure'), await count('alert'), t.errors]).toEqual([
      'down',
      1,
      1,
      [],
    ]);
  });

  it('say unknown without an alert when the fault is ours', async () => {
    await observe('up', 'unknown');
    expect((await read()).state).toBe('unknown');
    expect(await count('alert')).toBe(0);
    await observe('up');
    expect((await read()).state).toBe('up');
  });

  it('of a paused monitor are stored without a conclusion, of an archived or foreign one not at all', async () => {
    await observe('up');
    await t.act((ctx) => pauseMonitor(ctx, monitorId));
    await observe('down');
    expect((await read()).state).toBe('paused');
    expect(await count('check_result')).toBe(2);
    await recordBatch(t.system, [
      seen('up', t.clock.now().getTime(), 'mon_nobody'),
      { ...seen('up'), workspaceId: 'ws_other' },
    ]);
    expect(await count('check_result')).toBe(2);
  });

  it('open and close state intervals without gap or overlap', async () => {
    await observe('up', 'down', 'down', 'unknown', 'down', 'degraded', 'up');
    const asked = { monitorIds: [monitorId], from: new Date(0), to: new Date('2030-01-01') };
    const intervals = await listStateIntervals(t.system.read(t.owner), asked);
    expect(intervals.map(({ state }) => state)).toEqual(['unknown', 'up', 'down', 'unknown', 'down', 'degraded', 'up']);
    for (const [i, interval] of intervals.entries())
      expect(interval.endedAt).toEqual(intervals[i + 1]?.startedAt ?? null);
  });

  it('from two nodes at once count once', async () => {
    await observe('up');
    t.clock.advance(30);
    const same = seen('down');
    await Promise.all([recordBatch(t.system, [same]), recordBatch(t.system, [same])]);
    expect([await count('check_result'), await count('check_failure'), await count('alert')]).toEqual([2, 1, 1]);
  });
});
