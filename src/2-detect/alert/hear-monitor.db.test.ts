import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { monitorStateChanged, type MonitorStateChanged } from '#monitor';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView } from './contract.ts';

type IncidentView = { id: string; serviceIds: string[]; recoveryProposedAt: string | null };

let t: TestSystem;
let serviceId: string;

beforeAll(async () => {
  t = await createTestSystem();
  serviceId = ((await t.call('POST', '/api/v1/services', { name: 'Shop' })).body as { id: string }).id;
});
afterAll(() => t.close());
afterEach(() => expect(t.errors).toEqual([]));

const EVIDENCE = {
  checkedAt: '2026-11-25T10:00:00.000Z',
  outcome: 'down' as const,
  summary: 'expected status 200, got 503',
  failures: [{ expected: 'status 200', got: '503' }],
  error: null,
  status: 503,
  totalMs: 12,
  phases: { dnsMs: 1, tcpMs: 1, tlsMs: null, firstByteMs: 9, transferMs: 1 },
  certificateExpiresAt: null,
  headers: [],
  bodyStart: '',
};

/** Each monitor asks an address of its own: `mon_a` 127.0.0.1, `mon_b` 127.0.0.2. */
const evidenceOf = (monitorId: string) => ({
  ...EVIDENCE,
  address: `127.0.0.${monitorId.charCodeAt(monitorId.length - 1) - 96}`,
});

async function say(monitorId: string, to: MonitorStateChanged['to'], more: Partial<MonitorStateChanged> = {}) {
  const at = new Date(t.clock.now().getTime() - 20_000);
  const change: MonitorStateChanged = {
    monitorId,
    monitorName: 'Shop front',
    monitorKind: 'http',
    serviceId,
    from: 'up',
    to,
    at,
    previousSince: at,
    evidence: to === 'down' ? evidenceOf(monitorId) : null,
    drill: false,
    ...more,
  };
  await t.act((ctx) => ctx.publish(monitorStateChanged, change));
  await t.settle();
}

const alertsOf = async (monitorId: string) =>
  ((await t.call('GET', `/api/v1/alerts?monitorId=${monitorId}`)).body as { items: AlertView[] }).items;

describe('a monitor', () => {
  it('that goes down opens a critical alert with its evidence, and closes it when it is up', async () => {
    await say('mon_a', 'down');
    const [alert] = await alertsOf('mon_a');
    expect(alert).toMatchObject({
      title: 'Shop front is down',
      dedupKey: 'monitor:mon_a',
      severity: 'critical',
      state: 'open',
      source: 'monitor',
      serviceId,
      evidence: { summary: 'expected status 200, got 503', address: '127.0.0.1' },
    });
    expect(Date.parse(alert?.firstSeenAt ?? '') - Date.parse(alert?.beganAt ?? '')).toBe(20_000);
    await say('mon_a', 'up', { from: 'down' });
    expect(await alertsOf('mon_a')).toMatchObject([{ state: 'closed', closeReason: 'recovered', count: 2 }]);
    await say('mon_a', 'down');
    expect((await alertsOf('mon_a')).map(({ state }) => state)).toEqual(['open', 'closed']);
  });

  it('that is degraded warns, and is raised when it goes down', async () => {
    await say('mon_b', 'degraded');
    const warned = { title: 'Shop front is degraded', severity: 'warning', promptDueAt: null, evidence: null };
    expect(await alertsOf('mon_b')).toMatchObject([warned]);
    await say('mon_b', 'down', { from: 'degraded' });
    const raised = { title: 'Shop front is down', severity: 'critical', evidence: { summary: EVIDENCE.summary } };
    expect(await alertsOf('mon_b')).toMatchObject([{ ...raised, count: 2, promptDueAt: expect.any(String) }]);
    await say('mon_b', 'degraded', { from: 'down' });
    expect(await alertsOf('mon_b')).toMatchObject([{ ...raised, state: 'open', count: 3 }]);
  });

  it('of which we know nothing neither alerts nor recovers', async () => {
    await say('mon_c', 'unknown');
    expect(await alertsOf('mon_c')).toEqual([]);
    await say('mon_c', 'down');
    await say('mon_c', 'unknown', { from: 'down' });
    expect(await alertsOf('mon_c')).toMatchObject([{ state: 'open' }]);
  });

  it('that somebody pauses ends its alert without a recovery', async () => {
    await say('mon_d', 'down');
    await say('mon_d', 'paused', { from: 'down' });
    expect(await alertsOf('mon_d')).toMatchObject([{ state: 'closed', closeReason: 'by-hand' }]);
  });

  it('in a drill alerts beside the real thing, never instead of it', async () => {
    await say('mon_e', 'down', { drill: true });
    await say('mon_e', 'down');
    expect((await alertsOf('mon_e')).map(({ drill }) => drill)).toEqual([false, true]);
    await say('mon_e', 'up', { drill: true, from: 'down' });
    expect((await alertsOf('mon_e')).map(({ state }) => state)).toEqual(['open', 'closed']);
  });

  it('that was dismissed stays quiet until it is up, and alerts anew after that', async () => {
    await say('mon_f', 'down');
    const [alert] = await alertsOf('mon_f');
    await t.call('POST', `/api/v1/alerts/${alert?.id}/dismiss`, {});
    await say('mon_f', 'down', { from: 'degraded' });
    expect(await alertsOf('mon_f')).toMatchObject([{ state: 'closed', disposition: 'dismissed' }]);
    await say('mon_f', 'up', { from: 'down' });
    await say('mon_f', 'down');
    expect((await alertsOf('mon_f')).map(({ state }) => state)).toEqual(['open', 'closed']);
  });

  it('that fails again during its incident belongs to that incident', async () => {
    await say('mon_g', 'down');
    const [first] = await alertsOf('mon_g');
    const { body } = await t.call('POST', `/api/v1/alerts/${first?.id}/declare`, { severity: 'SEV2' });
    const { id, serviceIds } = body as IncidentView;
    expect(serviceIds).toEqual([serviceId]);
    await say('mon_g', 'up', { from: 'down' });
    const read = async () => (await t.call('GET', `/api/v1/incidents/${id}`)).body as IncidentView;
    expect((await read()).recoveryProposedAt).not.toBeNull();
    await say('mon_g', 'down');
    expect((await alertsOf('mon_g')).map(({ incidentId }) => incidentId)).toEqual([id, id]);
    expect((await read()).recoveryProposedAt).toBeNull();
  });

  it('in a drill makes a drill of the incident', async () => {
    await say('mon_h', 'down', { drill: true });
    const [alert] = await alertsOf('mon_h');
    const { body } = await t.call('POST', `/api/v1/alerts/${alert?.id}/declare`, {});
    expect(body).toMatchObject({ kind: 'drill' });
  });
});
