import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { askAsGenie } from '#test/harness/genie.ts';
import type { AlertSourceView, AlertView } from '../contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
let source: AlertSourceView;

beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
  source = await t.ask('POST', '/alert-sources', { name: 'Checks', kind: 'opsgenie' });
});

afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const genie = (method: string, path: string, body?: unknown, key = source.key) =>
  askAsGenie(t, key, method, path, body);
const create = (rest: object = {}) => genie('POST', '/alerts', { message: 'Disk is full', alias: 'disk', ...rest });
const outcome = async ({ body }: { body: Record<string, unknown> }) =>
  (await genie('GET', `/alerts/requests/${String(body['requestId'])}`)).body['data'];
const alerts = async () => (await t.ask<{ items: AlertView[] }>('GET', '/alerts')).items;

describe('alerts', () => {
  it('are created, counted, acknowledged, reworded and closed by alias or id', async () => {
    const created = await create({
      priority: 'P1',
      tags: ['eu', 'db'],
      details: { host: 'db1' },
      description: 'Full.',
    });
    expect(created).toMatchObject({ status: 202, body: { result: 'Request will be processed' } });
    const [alert] = await alerts();
    expect(alert).toMatchObject({ severity: 'critical', labels: { host: 'db1', tags: 'eu, db' } });
    expect(await outcome(created)).toMatchObject({ success: true, alertId: alert?.id, alias: 'disk' });
    await create();
    expect(await alerts()).toMatchObject([{ count: 2 }]);
    await t.advance(1);
    expect(ann.read()).toEqual(['[PAGE] Disk is full']);
    await genie('PUT', '/alerts/disk/message?identifierType=alias', { message: 'Disk of db1 is full' });
    await genie('PUT', `/alerts/${alert?.id}/description`, { description: 'Nothing can be written.' });
    expect(await alerts()).toMatchObject([
      { title: 'Disk of db1 is full', count: 2, evidence: { summary: 'Nothing can be written.' } },
    ]);
    const acknowledged = await genie('POST', '/alerts/disk/acknowledge/?identifierType=alias', { user: 'maria' });
    expect(await outcome(acknowledged)).toMatchObject({ success: true, status: 'Acknowledged alert' });
    expect(await alerts()).toMatchObject([{ state: 'acknowledged' }]);
    await t.advance(600);
    expect(bob.read()).toEqual([]);
    await genie('POST', '/alerts/disk/close?identifierType=alias', { note: 'Cleaned up', user: 'maria' });
    expect(await alerts()).toMatchObject([{ state: 'closed', closeReason: 'resolved' }]);
    const again = await genie('POST', '/alerts/disk/close?identifierType=alias');
    expect(await outcome(again)).toMatchObject({ success: false, status: 'Alert does not exist' });
  });

  it('are shown, listed and counted', async () => {
    await create();
    const [alert] = await alerts();
    expect((await genie('GET', '/alerts/disk?identifierType=alias')).body).toMatchObject({
      data: { id: alert?.id, alias: 'disk', status: 'open', priority: 'P3', count: 1 },
    });
    expect((await genie('GET', '/alerts/?query=status%3Aopen&limit=5')).body).toMatchObject({
      data: [{ alias: 'disk' }],
    });
    expect((await genie('GET', '/alerts/count?query=status%3Dclosed')).body).toMatchObject({ data: { count: 0 } });
    expect((await genie('GET', '/alerts/alt_nothing')).status).toBe(404);
    expect((await genie('GET', '/alerts/a%00b?identifierType=alias')).status).toBe(404);
    expect((await genie('POST', '/alerts/a%00b/close?identifierType=alias', {})).status).toBe(202);
  });

  it('keep their priority, and are found by what is asked for', async () => {
    const disk = { priority: 'P2', tags: ['eu', 'db'], entity: 'db1', source: 'watch', details: { rack: '100%_a' } };
    await create(disk);
    await create({ alias: 'net', message: 'Net is slow', priority: 'P5', tags: ['us'] });
    await genie('POST', '/alerts/net/acknowledge?identifierType=alias', {});
    expect((await genie('GET', '/alerts/disk?identifierType=alias')).body).toMatchObject({
      data: { priority: 'P2', tags: ['eu', 'db'], entity: 'db1', source: 'watch' },
    });
    const found = async (query: string) => {
      const { status, body } = await genie('GET', `/alerts?query=${encodeURIComponent(query)}`);
      const count = (await genie('GET', `/alerts/count?query=${encodeURIComponent(query)}`)).body;
      const aliases = (body['data'] as { alias: string }[] | undefined)?.map(({ alias }) => alias);
      expect([200, 422]).toContain(status);
      if (aliases) expect(count).toMatchObject({ data: { count: aliases.length } });
      return aliases ?? body['message'];
    };
    expect(await found('status: open')).toEqual(['net', 'disk']);
    expect(await found('status: acked')).toEqual(['net']);
    expect(await found('status: open AND NOT tag: (us OR asia)')).toEqual(['disk']);
    expect(await found('tag: e')).toEqual([]);
    expect(await found('priority: P2')).toEqual(['disk']);
    expect(await found('priority: (P3 OR P5)')).toEqual(['net']);
    expect(await found('source: WATCH entity: db*')).toEqual(['disk']);
    expect(await found('message: slow OR alias: "disk"')).toEqual(['net', 'disk']);
    expect(await found('details.rack: "100%_*"')).toEqual(['disk']);
    expect(await found('details.rack: "1*0_*"')).toEqual([]);
    expect(await found('lastOccurredAt < 17')).toBe('The query is not understood at “<”.');
    await genie('PUT', '/alerts/net/priority?identifierType=alias', { priority: 'P4' });
    expect((await genie('GET', '/alerts/net?identifierType=alias')).body).toMatchObject({ data: { priority: 'P4' } });
  });

  it('have tags, details and responders as labels, which senders add and take away', async () => {
    await create({
      tags: ['eu'],
      responders: [
        { type: 'team', name: 'Payments' },
        { type: 'user', username: 'ann@x.io' },
      ],
    });
    const labels = async () => (await alerts())[0]?.labels;
    expect(await labels()).toEqual({ tags: 'eu', responders: 'Payments, ann@x.io' });
    await genie('POST', '/alerts/disk/tags?identifierType=alias', { tags: ['net', 'eu'] });
    await genie('POST', '/alerts/disk/details?identifierType=alias', { details: { rack: 'b4' } });
    await genie('POST', '/alerts/disk/responders?identifierType=alias', { responder: { type: 'user', id: 'u-1' } });
    expect(await labels()).toEqual({ tags: 'eu, net', rack: 'b4', responders: 'Payments, ann@x.io, u-1' });
    const removed = await genie('DELETE', '/alerts/disk/tags?identifierType=alias&tags=eu,net&user=maria');
    expect(await outcome(removed)).toMatchObject({ success: true, status: 'Removed tags' });
    await genie('DELETE', '/alerts/disk/details?identifierType=alias&keys=rack');
    expect(await labels()).toEqual({ responders: 'Payments, ann@x.io, u-1' });
    expect((await genie('POST', '/alerts/disk/tags?identifierType=alias', {})).status).toBe(422);
  });

  it('are listed with everything that was done about them, and with what nothing waited for', async () => {
    await create({ note: 'From the start' });
    await genie('POST', '/alerts/disk/notes?identifierType=alias', { note: 'Looking', user: 'maria' });
    await genie('POST', '/alerts/disk/close?identifierType=alias', { note: 'Cleaned', user: 'maria' });
    await genie('POST', '/alerts/disk/close?identifierType=alias', { user: 'again' });
    await genie('PUT', '/alerts/none/message?identifierType=alias', { message: 'x' });
    type Received = { outcome: string; text: string; payload: string; alertIds: string[] };
    const received = async () =>
      (await t.ask<{ items: Received[] }>('GET', `/alert-sources/${source.id}/received`)).items;
    await vi.waitFor(async () => expect(await received()).toHaveLength(5), { timeout: 10_000 });
    const [unknown, again, closed, noted, opened] = await received();
    expect(unknown).toMatchObject({ outcome: 'unmatched', text: 'Not done: Alert does not exist.' });
    expect(again).toMatchObject({ outcome: 'unmatched', payload: expect.stringContaining('"again"') });
    expect(closed).toMatchObject({ outcome: 'resolved', payload: expect.stringContaining('"Cleaned"') });
    expect(noted).toMatchObject({ outcome: 'noted', text: 'Added note.', alertIds: opened?.alertIds });
    expect(noted?.payload).toMatch(/^POST \/v2\/alerts\/disk\/notes\?identifierType=alias\n\n\{.*"maria"/);
    expect(opened?.outcome).toBe('opened');
    const [alert] = await alerts();
    const signals = await t.ask<{ items: { payload: string }[] }>('GET', `/alerts/${alert?.id}/signals`);
    expect(signals.items[0]?.payload).toContain('"note":"Cleaned"');
  });

  it('are snoozed, noted, escalated and assigned', async () => {
    await create();
    const act = (what: string, body: object) => genie('POST', `/alerts/disk/${what}?identifierType=alias`, body);
    await act('notes', { note: 'Looking', user: 'maria' });
    await act('tags', { tags: ['net'] });
    await act('escalate', { escalation: { name: 'Payments' } });
    expect(bob.read()).toEqual(['[PAGE] Disk is full']);
    expect(await outcome(await act('assign', { owner: { username: 'bob@example.com' } }))).toMatchObject({
      success: true,
    });
    const endTime = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
    expect(await outcome(await act('snooze', { endTime }))).toMatchObject({ success: true });
    expect(await alerts()).toMatchObject([{ state: 'acknowledged', snoozedUntil: endTime }]);
    expect((await act('snooze', {})).status).toBe(422);
    const [alert] = await alerts();
    const journal = await t.ask<{ items: { text: string }[] }>('GET', `/alerts/${alert?.id}/journal`);
    const said = journal.items.map(({ text }) => text).join('\n');
    expect(said).toContain('maria: Looking');
    expect(said).toContain('Added tags: net');
  });

  it('are refused in the words of their format, and what was refused is kept', async () => {
    expect(await genie('POST', '/alerts', { message: ' ' })).toMatchObject({
      status: 422,
      body: { errors: { message: 'may not be empty' } },
    });
    expect((await genie('POST', '/alerts', '{')).status).toBe(400);
    expect((await genie('POST', '/alerts', { message: 'x' }, 'nobody')).status).toBe(401);
    expect((await genie('POST', '/alerts', { message: 'x'.repeat(600_000) })).status).toBe(413);
    expect((await genie('GET', '/alerts/requests/none')).status).toBe(404);
    const { items } = await t.ask<{ items: { message: string }[] }>('GET', `/alert-sources/${source.id}/refused`);
    expect(items[0]?.message).toContain('message may not be empty');
  });
});

describe('a short number', () => {
  it('names an alert in answers, in addresses and in searches', async () => {
    await create();
    await create({ alias: 'net', message: 'Net is slow' });
    const { body } = await genie('GET', '/alerts');
    const [net, disk] = body['data'] as { alias: string; tinyId: string; id: string }[];
    expect([disk?.tinyId, net?.tinyId].map(Number)).toEqual([expect.any(Number), Number(disk?.tinyId) + 1]);
    const tiny = `/alerts/${disk?.tinyId}`;
    expect((await genie('GET', `${tiny}?identifierType=tiny`)).body).toMatchObject({ data: disk });
    const query = encodeURIComponent(`tinyId: ${disk?.tinyId}`);
    expect((await genie('GET', `/alerts?query=${query}`)).body).toMatchObject({ data: [disk] });
    const closed = await genie('POST', `${tiny}/close?identifierType=tiny`, {});
    expect(await outcome(closed)).toMatchObject({ success: true, alertId: disk?.id, alias: 'disk' });
    for (const none of ['999999', '0', 'x', '9'.repeat(40), disk?.id])
      expect((await genie('GET', `/alerts/${none}?identifierType=tiny`)).status).toBe(404);
    const other = await t.ask<AlertSourceView>('POST', '/alert-sources', { name: 'Other', kind: 'opsgenie' });
    expect((await genie('GET', `${tiny}?identifierType=tiny`, undefined, other.key)).status).toBe(404);
  });
});

describe('a priority', () => {
  const change = (priority: string) => genie('PUT', '/alerts/disk/priority?identifierType=alias', { priority });

  it('that falls lowers the alert, and nobody is asked whether it is an incident; who was paged is not un-paged', async () => {
    await create({ priority: 'P1', description: 'All of it.' });
    expect(ann.read()).toEqual(['[PAGE] Disk is full']);
    expect(await outcome(await change('P4'))).toMatchObject({ success: true, status: 'Updated priority' });
    const [alert] = await alerts();
    expect(alert).toMatchObject({
      severity: 'warning',
      state: 'open',
      count: 1,
      evidence: { description: 'All of it.' },
    });
    expect((await genie('GET', '/alerts/disk?identifierType=alias')).body).toMatchObject({ data: { priority: 'P4' } });
    await t.advance(1_200);
    expect(bob.read()).toEqual(['[PAGE] Disk is full']);
    expect(await t.ask('GET', '/incidents')).toMatchObject({ items: [] });
    expect(JSON.stringify(await t.ask('GET', `/alerts/${alert?.id}/journal`))).toContain(
      'Its sender lowered it from critical to warning.',
    );
  });

  it('that falls is only noted once somebody here has the alert in hand', async () => {
    await create({ priority: 'P1' });
    const [alert] = await alerts();
    await ann.ask('POST', `/alerts/${alert?.id}/acknowledge`);
    await change('P5');
    expect(await alerts()).toMatchObject([{ severity: 'critical', state: 'acknowledged', labels: { priority: 'P5' } }]);
  });

  it('that rises pages as a graver signal does, and what the alert says stays', async () => {
    await create({ priority: 'P4', description: 'All of it.' });
    expect(ann.read()).toEqual([]);
    await change('P1');
    expect(ann.read()).toEqual(['[PAGE] Disk is full']);
    expect(await alerts()).toMatchObject([{ severity: 'critical', evidence: { description: 'All of it.' } }]);
  });
});

it('a heartbeat beats by its name', async () => {
  await t.ask('POST', '/heartbeats', { name: 'Nightly Backup', periodSeconds: 3_600, graceSeconds: 300 });
  expect(await genie('GET', '/heartbeats/nightly%20backup/ping/')).toMatchObject({ status: 202 });
  expect(await genie('POST', '/heartbeats/Nightly%20Backup/ping')).toMatchObject({ status: 202 });
  expect((await genie('GET', '/heartbeats/other/ping')).status).toBe(404);
  const { items } = await t.ask<{ items: { name: string; state: string }[] }>('GET', '/monitors');
  expect(items).toMatchObject([{ name: 'Nightly Backup', state: 'up' }]);
});
