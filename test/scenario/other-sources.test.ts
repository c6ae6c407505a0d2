import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertView } from '#detect/contract';
import type { Monitor } from '#monitor/contract';
import { beginStory, type Story } from '#test/harness/story.ts';

let t: Story;

beforeEach(async () => {
  t = await beginStory({ start: '2026-11-25T02:00:00Z' });
  const ann = await t.meet('Ann');
  await t.escalateTo([{ userIds: [ann.id], delaySeconds: 600 }]);
});
afterEach(() => t.end());

describe('a heartbeat', () => {
  let beat: (tail?: string, body?: string) => Promise<void>;

  beforeEach(async () => {
    const made = await t.ask<Monitor>('POST', '/heartbeats', { name: 'Backup', periodSeconds: 600, graceSeconds: 60 });
    const { pathname } = new URL(made.heartbeat?.beatUrl ?? '');
    beat = async (tail = '', body) => {
      const init = body === undefined ? {} : { method: 'POST', body };
      expect((await t.app.request(`${pathname}${tail}`, init)).status).toBe(200);
      await t.settle();
    };
  });

  it('that never came is not missed', async () => {
    await t.pass({ minutes: 20 });
  });

  it('pages when it is missed, after period and grace, and recovers by the next beat', async () => {
    await beat();
    await t.pass({ minutes: 9 });
    await beat();
    await t.pass({ seconds: 659 });
    t.phones.expect([]);
    await t.pass({ seconds: 15 });
    // Due at 02:20:00; the sweep every 15 s finds it.
    t.phones.expect(['02:20:14 Ann ntfy [PAGE] Backup is down']);
    expect(t.phones.last('Ann').text).toContain('No beat within 600 s');
    await t.pass({ minutes: 1 });
    await beat();
    t.phones.expect(['02:21:14 Ann ntfy Recovered: Backup is down']);
  });

  it('pages at once when the job says that it failed, with what it said', async () => {
    await beat('/start');
    await t.pass({ seconds: 20 });
    await beat('/2', 'tar: /data: Cannot open');
    t.phones.expect(['02:00:20 Ann ntfy [PAGE] Backup is down']);
    expect(t.phones.last('Ann').text).toContain('exit code 2');
    expect(t.phones.last('Ann').text).toContain('tar: /data: Cannot open');
  });

  it('pages when a run that began does not end within its grace', async () => {
    await beat('/start');
    await t.pass({ seconds: 75 });
    t.phones.expect(['02:01:00 Ann ntfy [PAGE] Backup is down']);
  });
});

describe('the generic intake', () => {
  const alerts = async () => (await t.ask<{ items: AlertView[] }>('GET', '/alerts')).items;

  it('makes one alert and one page of signals with one key, and ends them with the key’s recovery', async () => {
    const first = await t.signal({ title: 'disk of db1 is full' });
    await t.pass({ minutes: 2 });
    expect(await t.signal({ title: 'disk of db1 is full' })).toBe(first);
    await t.signal({ title: 'disk of db2 is filling', severity: 'warning' });
    t.phones.expect(['02:00:00 Ann ntfy [PAGE] disk of db1 is full']);
    expect((await alerts()).map(({ title, count, state }) => [title, count, state])).toEqual([
      ['disk of db2 is filling', 1, 'open'],
      ['disk of db1 is full', 2, 'open'],
    ]);
    await t.signal({ title: 'disk of db1 is full', status: 'resolved' });
    t.phones.expect(['02:02:00 Ann ntfy Recovered: disk of db1 is full']);
    await t.pass({ minutes: 20 });
    const again = await t.signal({ title: 'disk of db1 is full' });
    expect(again).not.toBe(first);
    t.phones.expect(['02:22:00 Ann ntfy [PAGE] disk of db1 is full']);
  });

  it('pages when a warning turns critical, and not before', async () => {
    await t.signal({ title: 'queue grows', severity: 'warning' });
    await t.pass({ minutes: 20 });
    t.phones.expect([]);
    await t.signal({ title: 'queue grows', severity: 'critical' });
    t.phones.expect(['02:20:00 Ann ntfy [PAGE] queue grows']);
  });
});
