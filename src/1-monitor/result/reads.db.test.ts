import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { rollLatency } from '../latency/roll-latency.ts';
import type { Monitor } from '../monitor/contract.ts';
import type { Day, Latency, Outcome, Result, StateStretch, Uptime } from './contract.ts';
import { keepPartitions } from './keep-partitions.ts';
import { NO_PHASES, type Observation } from './observation.ts';
import { recordBatch } from './record-batch.ts';
import { selectResultDays } from './store.ts';

let t: TestSystem;
let id: string;
beforeEach(async () => {
  t = await createTestSystem();
  id = ((await t.call('POST', '/api/v1/monitors', { url: 'https://example.com' })).body as Monitor).id;
});
afterEach(() => t.close());

const get = async <T>(path: string) => (await t.call('GET', `/api/v1/monitors/${id}${path}`)).body as T;
const observation = (atMs: number, totalMs: number, outcome: Outcome = 'up'): Observation => ({
  monitorId: id,
  workspaceId: t.workspaceId,
  dueAtMs: atMs,
  startedAtMs: atMs,
  latenessMs: 0,
  outcome,
  totalMs,
  phases: NO_PHASES,
  status: 200,
  address: null,
  certificateExpiresAtMs: null,
  failures: [],
  error: null,
  evidence: null,
});

/** A check every 30 s for so long, the last one now; every tenth takes ten times as long. */
async function runFor(seconds: number) {
  const startMs = t.clock.now().getTime();
  const checks = Array.from({ length: seconds / 30 }, (_, i) =>
    observation(startMs + (i + 1) * 30_000, i % 10 === 9 ? 500 : 50),
  );
  t.clock.advance(seconds);
  for (let i = 0; i < checks.length; i += 500) await recordBatch(t.system, checks.slice(i, i + 500));
}

describe('latency', () => {
  it('is there before a bucket is made, and the same after', async () => {
    await runFor(3_600);
    const before = await get<Latency>('/latency?window=24h');
    expect(before.overall.count).toBe(120);
    expect(Math.abs((before.overall.p50Ms ?? 0) - 50)).toBeLessThan(1.5);
    expect(Math.abs((before.overall.p95Ms ?? 0) - 500)).toBeLessThan(15);
    await rollLatency.run(t.system, t.clock.now());
    const { rows } = await t.database.pool.query('select count(*)::int as n from latency_bucket');
    expect(rows[0].n).toBeGreaterThanOrEqual(3);
    expect(await get<Latency>('/latency?window=24h')).toEqual(before);
    await rollLatency.run(t.system, t.clock.now());
    expect(await get<Latency>('/latency?window=24h')).toEqual(before);
  });

  it('counts a check that was stored late, after its bucket was made', async () => {
    await runFor(3_600);
    await rollLatency.run(t.system, t.clock.now());
    await recordBatch(t.system, [observation(t.clock.now().getTime() - 3_000_017, 50)]);
    expect((await get<Latency>('/latency?window=24h')).overall.count).toBe(121);
  });

  it('of months is read from blocks of six hours, and says the same', async () => {
    t.clock.set('2026-11-25T03:00:00Z');
    await runFor(5 * 3_600);
    const spans = ['window=90d', 'window=30d', 'from=2026-10-01T00:00:00Z'];
    const before = await Promise.all(spans.map((span) => get<Latency>(`/latency?${span}`)));
    await rollLatency.run(t.system, t.clock.now());
    const blocks = async () =>
      (await t.database.pool.query('select starts_at, counts from latency_block order by 1')).rows as {
        starts_at: Date;
        counts: number[];
      }[];
    expect((await blocks()).map(({ starts_at: at }) => at.toISOString())).toEqual(['2026-11-25T00:00:00.000Z']);
    for (const [at, span] of spans.entries()) expect(await get<Latency>(`/latency?${span}`), span).toEqual(before[at]);
    // The buckets of it are not read any more.
    await t.database.pool.query(`delete from latency_bucket where starts_at < '2026-11-25T06:00:00Z'`);
    expect(await get<Latency>('/latency?window=90d')).toEqual(before[0]);
  });

  it('counts a check that was stored late, after its block was made', async () => {
    t.clock.set('2026-11-25T03:00:00Z');
    await runFor(5 * 3_600);
    await rollLatency.run(t.system, t.clock.now());
    const count = async () => (await get<Latency>('/latency?window=90d')).overall.count;
    const before = await count();
    await recordBatch(t.system, [observation(Date.parse('2026-11-25T04:10:00.017Z'), 50)]);
    expect(await count()).toBe(before + 1);
  });

  it('makes no block of a time in which nothing was asked', async () => {
    await runFor(1_800);
    await rollLatency.run(t.system, t.clock.now());
    t.clock.advance(3 * 86_400);
    await runFor(8 * 3_600);
    await rollLatency.run(t.system, t.clock.now());
    const { rows } = await t.database.pool.query('select starts_at from latency_block order by 1');
    expect(rows.map((row: { starts_at: Date }) => row.starts_at.toISOString())).toEqual([
      '2026-11-25T06:00:00.000Z',
      '2026-11-28T06:00:00.000Z',
      '2026-11-28T12:00:00.000Z',
    ]);
  });

  it.each([
    ['1h', 60],
    ['7d', 7_200],
    ['30d', 21_600],
    ['90d', 86_400],
  ] as const)('over %s has steps of %i s', async (window, stepSeconds) => {
    await runFor(1_800);
    const latency = await get<Latency>(`/latency?window=${window}`);
    expect(latency).toMatchObject({ window, stepSeconds, overall: { count: 60 } });
    expect(latency.points.reduce((sum, point) => sum + point.count, 0)).toBe(60);
  });

  it('over a span of its own is cut as finely as a chart can show, and begins and ends where it says', async () => {
    await runFor(3_600);
    const span = 'from=2026-11-25T10:10:00Z&to=2026-11-25T10:30:00%2B00:00';
    const latency = await get<Latency>(`/latency?${span}`);
    expect(latency).toMatchObject({ window: null, stepSeconds: 10, overall: { count: 40 } });
    expect([latency.from, latency.to]).toEqual(['2026-11-25T10:10:00.000Z', '2026-11-25T10:30:00.000Z']);
    expect([latency.points.at(0)?.at, latency.points.at(-1)?.at]).toEqual([latency.from, '2026-11-25T10:29:30.000Z']);
    await rollLatency.run(t.system, t.clock.now());
    const whole = await get<Latency>('/latency?from=2026-11-24T10:00:00Z');
    expect(whole).toMatchObject({ stepSeconds: 900, overall: { count: 120 }, to: '2026-11-25T11:00:00.000Z' });
    t.clock.set('2027-01-20T10:00:00Z');
    expect(await get<Latency>(`/latency?${span}`)).toMatchObject({ stepSeconds: 900, overall: { count: 59 } });
  });

  it('says where the time went, the same before its buckets are made and after', async () => {
    const startMs = t.clock.now().getTime();
    t.clock.advance(3_600);
    await recordBatch(
      t.system,
      Array.from({ length: 60 }, (_, i) => ({
        ...observation(startMs + i * 60_000, 40, i === 7 ? 'down' : 'up'),
        phases: {
          dnsMs: 1.5,
          tcpMs: 10,
          tlsMs: null,
          firstByteMs: i < 30 ? 20 : 4_000,
          transferMs: i === 0 ? 6 : null,
        },
      })),
    );
    const phases = { dnsMs: 1.5, tcpMs: 10, tlsMs: null, firstByteMs: 2_043.73, transferMs: 6 };
    expect((await get<Latency>('/latency?window=24h')).overall.phases).toEqual(phases);
    await rollLatency.run(t.system, t.clock.now());
    const { overall, points } = await get<Latency>('/latency?window=24h');
    expect(overall.phases).toEqual(phases);
    expect(points.map((point) => point.phases.firstByteMs)).toEqual([20, 20, 4_000, 4_000]);
    // As they were before phases were kept.
    await t.database.pool.query('update latency_bucket set phase_sums = null, phase_counts = null');
    expect((await get<Latency>('/latency?from=2026-11-24T10:00:00Z&to=2026-11-25T10:15:00Z')).points[0]).toMatchObject({
      count: 14,
      phases: NO_PHASES,
    });
  });

  it.each([
    ['to=2026-11-25T10:00:00Z', 'query.from'],
    ['window=1h&from=2026-11-25T09:00:00Z', 'query.window'],
    ['from=2026-11-25T09:00:00Z&to=2026-11-25T09:00:00Z', 'query.from'],
    ['from=2026-11-25T12:00:00Z', 'query.from'],
    ['from=yesterday', 'query.from'],
  ])('is asked of a span that makes sense: %s', async (query, field) => {
    for (const what of ['latency', 'uptime', 'states']) {
      const { status, body } = await t.call('GET', `/api/v1/monitors/${id}/${what}?${query}`);
      expect([status, (body as { errors: { path: string }[] }).errors[0]?.path], what).toEqual([400, field]);
    }
  });
});

describe('uptime, states and days', () => {
  it('say the same from the same intervals', async () => {
    await runFor(900);
    t.clock.advance(30);
    await recordBatch(t.system, [observation(t.clock.now().getTime(), 9, 'down')]);
    t.clock.advance(90);
    await recordBatch(t.system, [observation(t.clock.now().getTime(), 9)]);
    t.clock.advance(810);
    const uptime = await get<Uptime>('/uptime?window=24h');
    expect(uptime).toMatchObject({ downSeconds: 90, unknownSeconds: 30 });
    const { items, timeZone } = await get<{ items: Day[]; timeZone: string }>('/days?timeZone=Asia/Tokyo');
    expect([items.length, timeZone]).toEqual([90, 'Asia/Tokyo']);
    expect(items.at(-1)).toMatchObject({ date: '2026-11-25', downSeconds: 90, uptimePercent: uptime.uptimePercent });
    expect(items[0]?.uptimePercent).toBeNull();
    expect((await get<Monitor>('')).uptime30d).toBe(uptime.uptimePercent);
    const span = '?from=2026-11-25T10:15:00Z&to=2026-11-25T10:20:00Z';
    expect(await get<Uptime>(`/uptime${span}`)).toMatchObject({ downSeconds: 90, upSeconds: 210, uptimePercent: 70 });
    const states = await get<{ items: StateStretch[] }>('/states');
    expect(states.items.map(({ state, from, to }) => `${state} ${from.slice(11, 19)}–${to.slice(11, 19)}`)).toEqual([
      'unknown 10:00:00–10:00:30',
      'up 10:00:30–10:15:30',
      'down 10:15:30–10:17:00',
      'up 10:17:00–10:30:30',
    ]);
    expect(await get(`/states${span}`)).toEqual({
      from: '2026-11-25T10:15:00.000Z',
      to: '2026-11-25T10:20:00.000Z',
      items: [
        { state: 'up', from: '2026-11-25T10:15:00.000Z', to: '2026-11-25T10:15:30.000Z' },
        { state: 'down', from: '2026-11-25T10:15:30.000Z', to: '2026-11-25T10:17:00.000Z' },
        { state: 'up', from: '2026-11-25T10:17:00.000Z', to: '2026-11-25T10:20:00.000Z' },
      ],
    });
    expect((await t.call('GET', `/api/v1/monitors/${id}/days?timeZone=Mars/Base`)).status).toBe(400);
  });
});

describe('results', () => {
  it('are listed newest first, page by page, each once', async () => {
    await runFor(300);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: Result[]; nextCursor: string | null } = await get(
        `/results?limit=3${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.items.map(({ dueAt }) => dueAt));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
    expect(seen).toHaveLength(10);
  });

  it('are listed from one instant to before another, page by page', async () => {
    await runFor(300);
    const span = 'from=2026-11-25T10:01:00Z&to=2026-11-25T10:03:00Z';
    const first = await get<{ items: Result[]; nextCursor: string | null }>(`/results?${span}&limit=3`);
    const rest = await get<{ items: Result[] }>(`/results?${span}&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ dueAt }) => dueAt.slice(14, 19))).toEqual([
      '02:30',
      '02:00',
      '01:30',
      '01:00',
    ]);
  });

  it('live in daily partitions that are made ahead and dropped when they are over', async () => {
    t.clock.set('2027-02-10T12:00:00Z');
    await keepPartitions.run(t.system, t.clock.now());
    const days = await selectResultDays(t.system.database);
    expect(days).toEqual(['2027-02-09', '2027-02-10', '2027-02-11', '2027-02-12', '2027-02-13']);
    await runFor(60);
    t.clock.set('2027-03-20T12:00:00Z');
    await keepPartitions.run(t.system, t.clock.now());
    expect(await selectResultDays(t.system.database)).toHaveLength(5);
    expect((await get<{ items: Result[] }>('/results')).items).toEqual([]);
  });
});
