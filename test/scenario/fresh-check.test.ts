import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Monitor } from '#monitor/contract';
import { recordBatch } from '#monitor';
import type { PageEntryView, PageView } from '#respond/contract';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import { createMonitorTarget, type MonitorTarget } from '#test/harness/monitor-target.ts';

const HOUR_MS = 3_600_000;
const INTERVAL_MS = 30_000;

let t: Crew;
let ann: Responder;
let target: MonitorTarget;
let monitor: Monitor;

/** The story ends now, since real checks are made in it, and begins somewhat more than an hour ago. */
beforeEach(async () => {
  target = await createMonitorTarget();
  t = await createCrew({ start: new Date(Date.now() - HOUR_MS - 600_000).toISOString() });
  ann = await t.hire('Ann');
  await t.escalateTo([{ userIds: [ann.id], delaySeconds: 600 }]);
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
  await target.close();
});

/** What our engine would have stored of a check. */
async function check(outcome: 'up' | 'down', status: number): Promise<void> {
  t.clock.advance(INTERVAL_MS / 1_000);
  const atMs = t.clock.now().getTime();
  const seen = {
    monitorId: monitor.id,
    workspaceId: t.workspaceId,
    dueAtMs: atMs,
    startedAtMs: atMs,
    latenessMs: 0,
    outcome,
    status,
    totalMs: 3,
    address: '127.0.0.1',
    certificateExpiresAtMs: null,
    error: null,
    evidence: null,
    phases: { dnsMs: null, tcpMs: 1, tlsMs: null, firstByteMs: 2, transferMs: 0 },
    failures: outcome === 'up' ? [] : [{ expected: 'status 200–399', got: String(status) }],
  };
  await recordBatch(t.system, [seen]);
}

/** A monitor breaks, and its page is queued; then nothing of ours runs for an hour. */
async function hourAway(recoveries: number): Promise<void> {
  const asked = { url: target.url, intervalSeconds: INTERVAL_MS / 1_000, confirm: { failures: 2, recoveries } };
  monitor = await t.ask<Monitor>('POST', '/monitors', asked);
  await check('up', 200);
  t.ntfy.setMood({ kind: 'hang-up' });
  await check('down', 503);
  await check('down', 503);
  await t.settle();
  expect(await pages()).toMatchObject([{ state: 'open' }]);
  expect(ann.read()).toEqual([]);
  t.clock.set(new Date());
  t.ntfy.setMood({ kind: 'well' });
}

/** What asks for help, leaving out what asks whether it is an incident. */
const paged = () => ann.read().filter((subject) => subject.startsWith('['));
const pages = async () => (await t.ask<{ items: PageView[] }>('GET', '/pages')).items;
const journal = async () => (await t.ask<{ items: PageEntryView[] }>('GET', '/page-journal')).items.toReversed();

describe('a page about a monitor after an outage of ours', () => {
  it('is not sent when a fresh check finds that it recovered', async () => {
    await hourAway(2);
    await t.settle();
    expect(ann.read()).toEqual([]);
    await t.advance(20);
    expect(ann.read()).toEqual([]);
    expect(await pages()).toMatchObject([{ state: 'stopped' }]);
    const told = (await journal()).filter(({ kind }) => kind === 'waiting' || kind === 'dropped');
    expect(told.map(({ text }) => text)).toEqual([
      expect.stringMatching(/waits for a fresh check/),
      expect.stringMatching(/^Not sent: /),
    ]);
  });

  it('is sent at once when a fresh check finds that it lasts', async () => {
    target.setStatus(503);
    await hourAway(2);
    await t.settle();
    expect(paged()).toEqual([]);
    await t.advance(5);
    expect(paged()).toEqual([expect.stringMatching(/\(late: [67]\d min\)$/)]);
    expect(ann.phone().some(({ message }) => message.includes('this is how it is now'))).toBe(true);
  });

  it('is sent after a minute when no check can tell', async () => {
    await hourAway(20);
    await t.jobs.drain(t.system);
    await t.advance(55);
    expect(paged()).toEqual([]);
    await t.advance(10);
    expect(paged()).toEqual([expect.stringMatching(/\(late: [67]\d min\)$/)]);
  });
});
