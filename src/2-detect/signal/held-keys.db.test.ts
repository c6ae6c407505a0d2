import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView, SignalView } from '../contract.ts';
import { type Accepted, createIntake, type Intake } from './accept-signal.ts';

type Source = { readonly id: string; readonly key: string };

let t: TestSystem;
let source: Source;
let here: Intake;
/** Another process on the same database. */
let elsewhere: Intake;

beforeEach(async () => {
  t = await createTestSystem();
  source = (await t.call('POST', '/api/v1/alert-sources', { name: 'Checks' })).body as Source;
  here = createIntake(t.system);
  elsewhere = createIntake({ ...t.system });
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.close();
});

type Said = { readonly status?: 'firing' | 'resolved'; readonly severity: string };

/** Sends through the door of one process, which keeps in mind what it has written. */
async function sendTo(intake: Intake, said: Said): Promise<string> {
  const body = Buffer.from(JSON.stringify({ title: 'Disk full', ...said }));
  const { alertId } = (await intake.accept(source.key, body)) as Accepted;
  return alertId ?? '';
}

const send = (severity: string) => sendTo(here, { severity });
const read = async (id: string) => (await t.call('GET', `/api/v1/alerts/${id}`)).body as AlertView;

describe('a key that was held a moment ago', () => {
  it('is counted on while it still is', async () => {
    const first = await send('critical');
    expect([await send('critical'), await send('warning')]).toEqual([first, first]);
    expect(await read(first)).toMatchObject({ count: 3, severity: 'critical' });
  });

  it('opens an alert when another process has closed the one that held it', async () => {
    const first = await send('critical');
    await sendTo(elsewhere, { status: 'resolved', severity: 'critical' });
    const second = await send('critical');
    expect(second).not.toBe(first);
    expect(await read(second)).toMatchObject({ count: 1, title: 'Disk full', state: 'open' });
    expect((await read(first)).state).toBe('closed');
  });

  it('raises the alert that another process has opened in its place', async () => {
    await send('critical');
    await sendTo(elsewhere, { status: 'resolved', severity: 'critical' });
    await sendTo(elsewhere, { severity: 'info' });
    const id = await send('error');
    expect(await read(id)).toMatchObject({ count: 2, severity: 'error' });
  });
});

describe('what a sender says again word for word', () => {
  const kept = async (id: string) => {
    const { items } = (await t.call('GET', `/api/v1/alerts/${id}/signals`)).body as { items: SignalView[] };
    return items.map(({ severity, repeats }) => [severity, repeats]);
  };

  it('is counted each time, and kept once in ten seconds', async () => {
    const id = await send('critical');
    for (let more = 0; more < 3; more++) await send('critical');
    t.clock.advance(10);
    await send('critical');
    await send('critical');
    expect(await read(id)).toMatchObject({ count: 6, lastSeenAt: t.clock.now().toISOString() });
    expect(await kept(id)).toEqual([
      ['critical', 1],
      ['critical', 3],
    ]);
  });

  it('is kept when something else was said in between', async () => {
    const id = await send('critical');
    await send('warning');
    await send('critical');
    expect(await kept(id)).toEqual([
      ['critical', 0],
      ['warning', 0],
      ['critical', 0],
    ]);
  });

  it('is kept with the alert that it opens when the one before it was closed elsewhere', async () => {
    await send('critical');
    await sendTo(elsewhere, { status: 'resolved', severity: 'critical' });
    const second = await send('critical');
    expect(await read(second)).toMatchObject({ count: 1 });
    expect(await kept(second)).toEqual([['critical', 0]]);
  });
});
