import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postMonitor } from '#monitor/contract';
import { type DebianPostgres, startDebianPostgres, whyNoDebianPostgres } from '#test/harness/debian-postgres.ts';
import { type Instance, startInstance } from '#test/harness/instance.ts';
import { freePort, spawnServer } from '#test/harness/server-process.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import { openMailbox } from '#demo/mailbox.ts';
import { openShop } from '#demo/shop.ts';
import { playStory } from '#demo/story.ts';

const MONITORS = 12;
const INTERVAL_MS = 1_000;
const why = whyNoDebianPostgres();

describe.skipIf(why !== null)(`Debian's PostgreSQL 15${why === null ? '' : ` (not run: ${why})`}`, () => {
  let postgres: DebianPostgres;
  let instance: Instance;
  const mailboxes = [] as { close: () => Promise<void> }[];

  beforeAll(async () => {
    postgres = await startDebianPostgres();
  });
  afterAll(async () => {
    await instance?.end();
    await Promise.all(mailboxes.map((one) => one.close()));
    postgres?.stop();
  });

  it('takes the migrations, and the whole story of an outage', async () => {
    const [shop, mailbox] = [await openShop(), await openMailbox()];
    mailboxes.push(shop, mailbox);
    instance = await startInstance({
      DATABASE_URL: postgres.url,
      ALLCLEAR_SMTP_URL: mailbox.smtpUrl,
      ALLCLEAR_SECRET_KEY: 'shared-by-both-nodes-0123456789abcdef',
    });
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const tell = { chapter: say, say, link: say, plain: say };
    const { client, server } = instance;
    await playStory({ client, baseUrl: server.url, shop, mailbox, tell });
    expect(said).toContain('reviewed, approved and published, inside and as an edited copy on the status page');
  }, 180_000);

  it('may be restarted under load: every answered signal is there, and no sender is told that it erred', async () => {
    const answered: string[] = [];
    const refused = new Set<number>();
    const load = { over: false };
    const send = async (lane: number) => {
      for (let i = 0; !load.over; i++) {
        const title = `restart ${lane}-${i}`;
        const status = await instance.signal(title, 'warning').catch(() => 0);
        if (status === 202) answered.push(title);
        else {
          refused.add(status);
          await sleep(20);
        }
      }
    };
    const senders = Promise.all([1, 2, 3, 4].map(send));
    for (const mode of ['fast', 'immediate'] as const) {
      const before = answered.length;
      await waitFor('some signals before', () => answered.length > before + 50, 30_000);
      postgres.restart(mode);
      const then = answered.length;
      await waitFor('signals to be taken again', () => answered.length > then + 50, 30_000);
    }
    load.over = true;
    await senders;
    // 503 while it is away; never a 4xx, which a sender would not repeat.
    expect([...refused].filter((status) => status !== 503)).toEqual([]);
    const stored = await instance.alertTitles();
    expect(answered.filter((title) => !stored.has(title))).toEqual([]);
  }, 120_000);

  it('serves two nodes: when one is killed, the other one checks its share within 15 seconds', async () => {
    const target = await countingTarget();
    const dataDir = mkdtempSync(join(tmpdir(), 'allclear-second-'));
    const env = { ...instance.env, ALLCLEAR_PORT: String(await freePort()), ALLCLEAR_DATA_DIR: dataDir };
    const second = await spawnServer(env);
    try {
      for (const n of Array.from({ length: MONITORS }).keys()) {
        await instance.client.call(postMonitor, {
          body: { name: `m${n}`, url: `${target.url}/${n}`, intervalSeconds: 1, timeoutSeconds: 1 },
        });
      }
      await waitFor('each to be checked', () => target.lastMs.size === MONITORS, 20_000);
      await waitFor('the nodes to know of each other', () => bothKnow(postgres.url), 30_000);
      await second.kill('SIGKILL');
      const killedMs = Date.now();
      // Whoever is checked each second by the living node is checked in this time.
      await sleep(2_500);
      const orphans = [...target.lastMs].filter(([, atMs]) => atMs < killedMs + 100).map(([path]) => path);
      expect(orphans.length, 'the killed node had a share').toBeGreaterThan(0);
      expect(orphans.length, 'and the other one too').toBeLessThan(MONITORS);
      const movedMs = () => Math.min(...orphans.map((path) => target.lastMs.get(path) ?? 0));
      await waitFor('the orphans to be checked again', () => movedMs() > killedMs + 100, 20_000);
      expect(movedMs() - killedMs).toBeLessThan(15_000 + INTERVAL_MS);
    } finally {
      await second.kill('SIGKILL');
      await target.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  }, 120_000);
});

/** Whether two nodes live, and each has looked around since the other one came. */
async function bothKnow(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const since = (firstBothAt ??= (await liveNodes(client)) === 2 ? new Date() : undefined);
    return since !== undefined && (await liveNodes(client, since)) === 2;
  } finally {
    await client.end();
  }
}

let firstBothAt: Date | undefined;

async function liveNodes(client: Client, since = new Date(Date.now() - 9_000)): Promise<number> {
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from probe_node where seen_at > $1', [
    since,
  ]);
  return rows[0]?.n ?? 0;
}

/** A target that notes when each of its paths was asked last. */
async function countingTarget() {
  const lastMs = new Map<string, number>();
  const server = createServer((request, response) => {
    lastMs.set(request.url ?? '', Date.now());
    response.end('well\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    lastMs,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
