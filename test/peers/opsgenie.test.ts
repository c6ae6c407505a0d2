import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertSourceView, AlertView } from '#detect/contract';
import { type Alertmanager, startAlertmanager } from '#test/harness/alertmanager.ts';
import { runForeign } from '#test/harness/foreign-client.ts';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';
import { waitFor } from '#test/harness/wait-for.ts';

let server: PeerServer;

beforeAll(async () => void (server = await startPeerServer()));
afterAll(() => server.end());

const SECONDS = 15_000;

async function alertWhere(
  source: AlertSourceView,
  what: string,
  is: (alert: AlertView) => boolean,
): Promise<AlertView> {
  return await waitFor(
    what,
    async () => {
      const [alert, ...others] = await server.alertsOf(source);
      expect(others).toEqual([]);
      return alert !== undefined && is(alert) && alert;
    },
    SECONDS,
  );
}

describe('Alertmanager with opsgenie_configs and update_alerts', () => {
  let source: AlertSourceView;
  let peer: Alertmanager;
  const disk = (instance: string) => ({ alertname: 'DiskFull', instance });

  beforeAll(async () => {
    source = await server.makeSource('opsgenie');
    const message = '{{ range .Alerts.Firing }}{{ .Labels.instance }} {{ end }}';
    peer = await startAlertmanager(
      `opsgenie_configs:\n  - api_url: ${server.url}/opsgenie/\n    api_key: ${source.key}\n    update_alerts: true\n    message: 'Full: ${message}'\n    send_resolved: true\n`,
    );
  });
  afterAll(() => peer.end());

  it('opens one alert for a group, and rewords it as others join', async () => {
    peer.fire(disk('db1'));
    const opened = await alertWhere(source, 'an open alert', ({ state }) => state === 'open');
    expect(opened.title).toBe('Full: db1');
    peer.fire(disk('db2'));
    await alertWhere(source, 'both in its title', ({ title }) => title === 'Full: db1 db2');
  });

  it('loses nothing while we answer 503, or are away', async () => {
    const before = await peer.failures();
    await server.unable(async () => {
      peer.fire(disk('db3'));
      await waitFor('a 503', async () => (await peer.failures()) > before, SECONDS);
    });
    await alertWhere(source, 'three in its title', ({ title }) => title === 'Full: db1 db2 db3');
    const restarted = server.restart();
    peer.fire(disk('db4'));
    await restarted;
    await alertWhere(source, 'four in its title', ({ title }) => title === 'Full: db1 db2 db3 db4');
  });

  it('closes it when the last of the group has recovered', async () => {
    for (const name of ['db1', 'db2', 'db3', 'db4']) await peer.resolve(disk(name));
    const closed = await alertWhere(source, 'a closed alert', ({ state }) => state === 'closed');
    expect(closed.closeReason).toBe('resolved');
  });
});

describe('opsgenie-sdk', () => {
  let source: AlertSourceView;
  beforeAll(async () => void (source = await server.makeSource('opsgenie')));

  /** Calls of the library one after the other, each with its arguments; answers with what each was told. */
  const calls = (...list: readonly (readonly [name: string, ...args: unknown[]])[]) =>
    runForeign<Record<string, unknown>[]>(
      `const genie = require('opsgenie-sdk');
       genie.configure({ api_key: process.env.KEY, host: process.env.HOST, maxAttempts: 1 });
       (async () => {
         const answers = [];
         for (const [name, ...args] of JSON.parse(process.env.CALLS)) {
           const [room, act] = name.split('.');
           const last = answers.at(-1);
           const given = args.map((arg) => arg === 'REQUEST' ? last.requestId : arg);
           answers.push(await new Promise((resolve) =>
             genie[room][act](...given, (error, answer) => resolve(error ? { error: String(error.message ?? error) } : answer))));
         }
         console.log(JSON.stringify(answers));
       })();`,
      { KEY: source.key, HOST: `${server.url}/opsgenie`, CALLS: JSON.stringify(list) },
    );
  const alias = { identifier: 'queue', identifierType: 'alias' };

  it('creates, asks what became of it, acknowledges, notes and closes', async () => {
    const [created, request] = await calls(
      ['alertV2.create', { message: 'Queue is stuck', alias: 'queue', priority: 'P2' }],
      ['alertV2.getRequestStatus', 'REQUEST'],
    );
    expect(created).toMatchObject({ result: 'Request will be processed' });
    const [alert] = await server.alertsOf(source);
    expect(request).toMatchObject({ data: { isSuccess: true, alertId: alert?.id, alias: 'queue' } });
    await calls(['alertV2.acknowledge', alias, { user: 'maria' }], ['alertV2.addNote', alias, { note: 'Looking' }]);
    await alertWhere(source, 'acknowledged', ({ state }) => state === 'acknowledged');
    const [shown] = await calls(['alertV2.get', alias]);
    expect(shown).toMatchObject({ data: { alias: 'queue', acknowledged: true } });
    const { tinyId } = (shown as { data: { tinyId: string } }).data;
    expect(tinyId).toMatch(/^\d+$/);
    const tiny = { identifier: tinyId, identifierType: 'tiny' };
    await calls(['alertV2.close', tiny, { note: 'Restarted it' }]);
    await alertWhere(source, 'closed', ({ state }) => state === 'closed');
  });

  it('pings a heartbeat by its name', async () => {
    await server.ask('POST', '/heartbeats', { name: 'nightly', periodSeconds: 3_600, graceSeconds: 300 });
    const [ponged] = await calls(['heartbeat.ping', { identifier: 'nightly' }, {}]);
    expect(ponged).toMatchObject({ result: expect.stringContaining('PONG') as string });
  });
});
