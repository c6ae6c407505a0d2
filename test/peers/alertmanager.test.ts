import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertSourceView, AlertView } from '#detect/contract';
import { type Alertmanager, startAlertmanager } from '#test/harness/alertmanager.ts';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';
import { waitFor } from '#test/harness/wait-for.ts';

let server: PeerServer;

beforeAll(async () => void (server = await startPeerServer()));
afterAll(() => server.end());

const SECONDS = 15_000;
const disk = (instance: string) => ({ alertname: 'DiskFull', instance, severity: 'critical' });
const stateOf = ({ labels, state }: AlertView) => `${labels['instance']} ${state}`;

describe('Alertmanager with webhook_configs', () => {
  let source: AlertSourceView;
  let peer: Alertmanager;

  beforeAll(async () => {
    source = await server.makeSource('alertmanager');
    peer = await startAlertmanager(`webhook_configs:\n  - url: ${source.intakeUrl}\n    send_resolved: true\n`);
  });
  afterAll(() => peer.end());

  const become = async (states: readonly string[]) =>
    await waitFor(
      states.join(', '),
      async () => {
        const alerts = await server.alertsOf(source);
        return alerts.map(stateOf).join() === states.join() && alerts;
      },
      SECONDS,
    );
  const pagesOf = async ({ id }: AlertView) =>
    (await server.ask<{ items: object[] }>('GET', `/pages?alertId=${id}`)).items.length;

  it('opens an alert with its labels and its sentence, and pages', async () => {
    peer.fire(disk('db1'), 'The disk of db1 is full');
    const [alert] = await become(['db1 open']);
    expect(alert).toMatchObject({
      title: 'The disk of db1 is full',
      severity: 'critical',
      labels: disk('db1'),
      dedupKey: expect.stringMatching(/^allclear\/[0-9a-f]{16}$/) as string,
    });
    await waitFor('a page', async () => alert && (await pagesOf(alert)) === 1);
  });

  it('pages again for an alert that joins the group', async () => {
    peer.fire(disk('db2'));
    const [, joined] = await become(['db1 open', 'db2 open']);
    await waitFor('a page for it', async () => joined && (await pagesOf(joined)) === 1);
  });

  it('loses nothing while we answer 503: it comes again, and counts once', async () => {
    const before = await peer.failures();
    await server.unable(async () => {
      peer.fire(disk('db3'));
      await waitFor('a 503', async () => (await peer.failures()) > before, SECONDS);
    });
    await become(['db1 open', 'db2 open', 'db3 open']);
  });

  it('loses nothing while we are away', async () => {
    const restarted = server.restart();
    peer.fire(disk('db4'));
    await restarted;
    await become(['db1 open', 'db2 open', 'db3 open', 'db4 open']);
  });

  it('loses nothing while its source was sent more than it may', async () => {
    await server.ask('PATCH', `/alert-sources/${source.id}`, { signalsPerMinute: 600 });
    const before = await peer.failures();
    // More than a minute's worth at once: the next one has to wait for three seconds.
    const alerts = Array.from({ length: 630 }, () => ({ status: 'resolved', labels: { alertname: 'Flood' } }));
    const body = JSON.stringify({ version: '4', status: 'resolved', alerts });
    const isOver = async () => (await fetch(source.intakeUrl, { method: 'POST', body })).status === 503;
    await waitFor('the limit', isOver);
    peer.fire(disk('db5'));
    // Held over its limit until the peer was refused: on a slow machine there would be room again before it sends.
    await waitFor('a 503', async () => (await isOver()) && (await peer.failures()) > before, 15_000);
    await server.ask('PATCH', `/alert-sources/${source.id}`, { signalsPerMinute: null });
    await become(['db1 open', 'db2 open', 'db3 open', 'db4 open', 'db5 open']);
    await peer.resolve(disk('db5'));
    await become(['db1 open', 'db2 open', 'db3 open', 'db4 open', 'db5 closed']);
  });

  it('closes each alert as it recovers, and the last one as well', async () => {
    await peer.resolve(disk('db1'));
    await become(['db1 closed', 'db2 open', 'db3 open', 'db4 open', 'db5 closed']);
    for (const name of ['db2', 'db3', 'db4']) await peer.resolve(disk(name));
    const alerts = await become(['db1 closed', 'db2 closed', 'db3 closed', 'db4 closed', 'db5 closed']);
    expect(new Set(alerts.map(({ closeReason }) => closeReason))).toEqual(new Set(['resolved']));
  });
});
