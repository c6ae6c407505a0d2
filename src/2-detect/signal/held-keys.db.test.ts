import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView } from '../contract.ts';
import type { NewSignal } from './signal.ts';
import { writeBatchAlone } from './write-batch.ts';

type Source = { readonly id: string; readonly key: string };

let t: TestSystem;
let source: Source;

beforeEach(async () => {
  t = await createTestSystem();
  source = (await t.call('POST', '/api/v1/alert-sources', { name: 'Checks' })).body as Source;
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.close();
});

/** What this process is sent, and keeps in mind. */
async function send(severity: string): Promise<string> {
  const body = JSON.stringify({ title: 'Disk full', severity });
  const response = await t.app.request(`/intake/${source.key}`, { method: 'POST', body });
  expect(response.status).toBe(202);
  return ((await response.json()) as { alertId: string }).alertId;
}

/** What another process on the same database writes. */
async function writeElsewhere(status: NewSignal['status'], severity: NewSignal['severity']): Promise<void> {
  const now = t.clock.now();
  const signal: NewSignal = {
    workspaceId: t.workspaceId,
    scope: source.id,
    dedupKey: 'Disk full',
    status,
    severity,
    title: 'Disk full',
    origin: 'intake',
    alertSourceId: source.id,
    alertSourceName: 'Checks',
    monitorId: null,
    serviceId: null,
    drill: false,
    source: null,
    labels: '{}',
    url: null,
    evidence: null,
    payload: '{}',
    beganAt: now,
    receivedAt: now,
  };
  await writeBatchAlone(t.system.database, [signal]);
}

const read = async (id: string) => (await t.call('GET', `/api/v1/alerts/${id}`)).body as AlertView;

describe('a key that was held a moment ago', () => {
  it('is counted on while it still is', async () => {
    const first = await send('critical');
    expect([await send('critical'), await send('warning')]).toEqual([first, first]);
    expect(await read(first)).toMatchObject({ count: 3, severity: 'critical' });
  });

  it('opens an alert when another process has closed the one that held it', async () => {
    const first = await send('critical');
    await writeElsewhere('resolved', 'critical');
    const second = await send('critical');
    expect(second).not.toBe(first);
    expect(await read(second)).toMatchObject({ count: 1, title: 'Disk full', state: 'open' });
    expect((await read(first)).state).toBe('closed');
  });

  it('raises the alert that another process has opened in its place', async () => {
    await send('critical');
    await writeElsewhere('resolved', 'critical');
    await writeElsewhere('firing', 'info');
    const id = await send('error');
    expect(await read(id)).toMatchObject({ count: 2, severity: 'error' });
  });
});
