import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertSourceView, AlertView } from '#detect/contract';
import { type Alertmanager, startAlertmanager } from '#test/harness/alertmanager.ts';
import { runForeign } from '#test/harness/foreign-client.ts';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';
import { startTlsFront, type TlsFront } from '#test/harness/tls-front.ts';
import { waitFor } from '#test/harness/wait-for.ts';

let server: PeerServer;

beforeAll(async () => void (server = await startPeerServer()));
afterAll(() => server.end());

const SECONDS = 15_000;

/** Waits for the alerts of a source to be so, and answers with them. */
async function become(source: AlertSourceView, states: readonly string[]): Promise<AlertView[]> {
  return await waitFor(
    states.join(', '),
    async () => {
      const alerts = await server.alertsOf(source);
      return alerts.map(({ title, state }) => `${title} ${state}`).join() === states.join() && alerts;
    },
    SECONDS,
  );
}

describe('Alertmanager with pagerduty_configs', () => {
  let source: AlertSourceView;
  let peer: Alertmanager;
  const disk = (instance: string) => ({ alertname: 'DiskFull', instance });

  beforeAll(async () => {
    source = await server.makeSource('pagerduty');
    peer = await startAlertmanager(
      `pagerduty_configs:\n  - url: ${source.intakeUrl}\n    routing_key: ${source.key}\n    description: disks are full\n    send_resolved: true\n`,
    );
  });
  afterAll(() => peer.end());

  const counted = async (least: number) =>
    await waitFor(
      `a count of ${least}`,
      async () => ((await server.alertsOf(source))[0]?.count ?? 0) >= least,
      SECONDS,
    );

  it('opens one alert for a group, and pages', async () => {
    peer.fire(disk('db1'));
    const [alert] = await become(source, ['disks are full open']);
    expect(alert?.dedupKey).toMatch(/^[0-9a-f]{64}$/);
    const pages = await waitFor('a page', async () => {
      const { items } = await server.ask<{ items: object[] }>('GET', `/pages?alertId=${alert?.id}`);
      return items.length > 0 && items;
    });
    expect(pages).toHaveLength(1);
  });

  it('hears of an alert that joins the group, on the same alert', async () => {
    peer.fire(disk('db2'));
    await counted(2);
    await waitFor('its words', async () => {
      const [alert, ...others] = await server.alertsOf(source);
      expect(others).toEqual([]);
      return JSON.stringify(alert?.evidence).includes('db2');
    });
  });

  it('loses nothing while we answer 503, or are away', async () => {
    const before = await peer.failures();
    await server.unable(async () => {
      peer.fire(disk('db3'));
      await waitFor('a 503', async () => (await peer.failures()) > before, SECONDS);
    });
    await counted(3);
    const restarted = server.restart();
    peer.fire(disk('db4'));
    await restarted;
    await counted(4);
  });

  it('sends again what came over the limit of its source', async () => {
    await server.ask('PATCH', `/alert-sources/${source.id}`, { signalsPerMinute: 20 });
    const event = JSON.stringify({ routing_key: source.key, event_action: 'resolve', dedup_key: 'nothing' });
    const isOver = async () => (await fetch(source.intakeUrl, { method: 'POST', body: event })).status === 429;
    await waitFor('the limit', isOver);
    const before = await peer.failures();
    peer.fire(disk('db5'));
    // Held over its limit until the peer was refused: on a slow machine there would be room again before it sends.
    await waitFor('a 429', async () => (await isOver()) && (await peer.failures()) > before, SECONDS);
    await server.ask('PATCH', `/alert-sources/${source.id}`, { signalsPerMinute: null });
    await counted(5);
    await peer.resolve(disk('db5'));
  });

  it('closes it when the last of the group has recovered', async () => {
    for (const name of ['db1', 'db2', 'db3', 'db4']) await peer.resolve(disk(name));
    const [alert] = await become(source, ['disks are full closed']);
    expect(alert?.closeReason).toBe('resolved');
  });
});

describe('@pagerduty/pdjs over TLS', () => {
  let source: AlertSourceView;
  let front: TlsFront;

  beforeAll(async () => {
    source = await server.makeSource('pagerduty');
    front = await startTlsFront(server.url);
  });
  afterAll(() => front.end());

  const send = (act: string, data: object) =>
    runForeign<{ status: number; data: Record<string, unknown> }>(
      `const client = require('@pagerduty/pdjs');
       client[process.env.ACT]({ server: process.env.HOST, data: JSON.parse(process.env.DATA) })
         .then(({ data, response }) => console.log(JSON.stringify({ status: response.status, data })));`,
      {
        ACT: act,
        HOST: front.host,
        NODE_EXTRA_CA_CERTS: front.authorityFile,
        DATA: JSON.stringify({ routing_key: source.key, ...data }),
      },
    );
  const payload = { summary: 'Queue is stuck', source: 'worker-7', severity: 'error' };

  it('triggers, acknowledges and resolves', async () => {
    const triggered = await send('trigger', { payload });
    expect(triggered).toMatchObject({ status: 202, data: { status: 'success' } });
    const { dedup_key } = triggered.data;
    await become(source, ['Queue is stuck open']);
    expect((await send('acknowledge', { dedup_key })).status).toBe(202);
    await become(source, ['Queue is stuck acknowledged']);
    expect((await send('resolve', { dedup_key })).status).toBe(202);
    await become(source, ['Queue is stuck closed']);
  });

  it('tells of changes, and is told what is wrong', async () => {
    expect((await send('change', { payload: { summary: 'Deployed 4.18' } })).status).toBe(202);
    const { items } = await server.ask<{ items: { summary: string }[] }>('GET', '/change-events');
    expect(items.map(({ summary }) => summary)).toEqual(['Deployed 4.18']);
    expect(await send('trigger', { payload: { ...payload, severity: 'dreadful' } })).toMatchObject({
      status: 400,
      data: { status: 'invalid event', errors: [expect.stringContaining('severity') as string] },
    });
  });
});
