import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from '#client';
import { postUpdateRoute, listIncidentUpdates } from '#communicate/contract';
import { addNote, declareIncidentRoute, readTimeline } from '#declare/contract';
import { changeAlertSettings, createAlertSource, listAlerts } from '#detect/contract';
import { getMonitor, postMonitor } from '#monitor/contract';
import { changeEscalationPolicy, listEscalationPolicies } from '#respond/contract';
import { createMonitorTarget, type MonitorTarget } from '#test/harness/monitor-target.ts';
import { freePort, postgresPid, type ServerProcess, spawnServer } from '#test/harness/server-process.ts';
import { createSmtpSink, type SmtpSink } from '#test/harness/smtp.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import { compareProjections } from '#test/harness/projections.ts';

const KILLS = 20;
/** Each fifth kill takes PostgreSQL along, each seventh takes PostgreSQL alone. */
const TAKES_DATABASE_TOO = 5;
const TAKES_DATABASE_ONLY = 7;
const SIGNAL_EVERY_MS = 40;
const WRITE_EVERY_MS = 120;
/** How long the first step of the policy waits here; the shortest that a policy may say. */
const STEP_MS = 30_000;

/** Asks until it is answered: what a sender that retries does. `null` = the test is over. */
async function untilAnswered<Answer>(over: () => boolean, ask: () => Promise<Answer>): Promise<Answer | null> {
  while (!over()) {
    try {
      return await ask();
    } catch {
      await sleep(50);
    }
  }
  return null;
}

describe('a server that is killed twenty times while everything happens', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'allclear-killed-'));
  const apiKey = 'killed_killed_killed_killed_killed_killed';
  const answered = { signals: [] as string[], updates: [] as string[], notes: [] as string[] };
  let env: Record<string, string>;
  let server: ServerProcess;
  let client: Client;
  let smtp: SmtpSink;
  let target: MonitorTarget;
  let intake: string;
  let incidentId: string;
  let monitorId: string;
  const load = { over: false };

  beforeAll(async () => {
    smtp = await createSmtpSink();
    target = await createMonitorTarget();
    const port = await freePort();
    env = {
      ALLCLEAR_PORT: String(port),
      ALLCLEAR_DATA_DIR: dataDir,
      ALLCLEAR_OWNER_EMAIL: 'olive@example.com',
      ALLCLEAR_OWNER_PASSWORD: 'correct horse battery',
      ALLCLEAR_OWNER_API_KEY: apiKey,
      ALLCLEAR_SMTP_URL: smtp.url,
      ALLCLEAR_MAIL_FROM: 'Allclear <allclear@example.com>',
      ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
    };
    server = await spawnServer(env);
    client = createClient({ baseUrl: server.url, apiKey });
    const policies = await client.call(listEscalationPolicies, { query: {} });
    for (const policy of policies.items) {
      const steps = policy.steps.map((step) => ({ ...step, delaySeconds: STEP_MS / 1_000 }));
      await client.call(changeEscalationPolicy, {
        params: { id: policy.id },
        body: { name: policy.name, steps, repeatCount: 2, version: policy.version },
      });
    }
    // Each alert pages for itself here, however many there are.
    await client.call(changeAlertSettings, { body: { stormPerMinute: null, pagesPerPerson: null } });
    const source = await client.call(createAlertSource, { body: { name: 'load' } });
    intake = `${server.url}/intake/${source.key}`;
    const incident = await client.call(declareIncidentRoute, {
      body: { title: 'Everything shakes', severity: 'SEV4', customerFacing: true },
    });
    incidentId = incident.id;
    const monitor = await client.call(postMonitor, {
      body: { url: target.url, intervalSeconds: 5, timeoutSeconds: 2 },
    });
    monitorId = monitor.id;
  });

  afterAll(async () => {
    load.over = true;
    await server.kill('SIGTERM').catch(() => undefined);
    await Promise.all([smtp.close(), target.close()]);
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('loses nothing that it answered, and pages for all of it', async () => {
    const senders = Promise.all([signal(), write(), note(), flap()]);
    for (let kill = 1; kill <= KILLS; kill++) await killOnce(kill);
    load.over = true;
    await senders;

    const alerts = await everyAlert();
    const stored = new Set(alerts.map((alert) => alert.dedupKey));
    expect(
      answered.signals.filter((key) => !stored.has(key)),
      'answered signals that are gone',
    ).toEqual([]);
    expect(answered.signals.length, 'several between one kill and the next').toBeGreaterThan(2 * KILLS);

    const updates = await everyItem((cursor) =>
      client.call(listIncidentUpdates, { params: { id: incidentId }, query: { limit: 200, ...cursor } }),
    );
    expect(
      answered.updates.filter((id) => !updates.some((update) => update.id === id)),
      'answered updates that are gone',
    ).toEqual([]);
    expect(answered.updates.length, 'some of them between the kills').toBeGreaterThan(5);
    const timeline = await everyItem((cursor) =>
      client.call(readTimeline, { params: { id: incidentId }, query: { limit: 200, ...cursor } }),
    );
    expect(
      answered.notes.filter((id) => !timeline.some((entry) => entry.id === id)),
      'answered notes that are gone',
    ).toEqual([]);
    const numbers = timeline.map((entry) => entry.seq).toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));

    await waitFor(
      'a page for each answered signal',
      () => answered.signals.every((key) => pagesFor(key).length >= 1),
      60_000,
    );
    const repeated = answered.signals.reduce((sum, key) => sum + repeatedFor(key), 0);
    expect(repeated, 'more duplicates than kills').toBeLessThanOrEqual(KILLS);
    expect(await client.call(getMonitor, { params: { id: monitorId } })).toMatchObject({ id: monitorId });
    expect(await compareProjections(dataDir)).toEqual([]);
  }, 400_000);

  it('refuses a second server on the same data directory with a sentence that names the first', async () => {
    const second = spawnServer({ ...env, ALLCLEAR_PORT: String(await freePort()) });
    await expect(second).rejects.toThrow(new RegExp(String(server.pid)));
  }, 60_000);

  it('goes on with an escalation from where it was within 15 s of the restart', async () => {
    const title = 'escalates-over-a-crash';
    const answer = await fetch(intake, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title, severity: 'critical' }),
    });
    expect(answer.status).toBe(202);
    const first = await waitFor('the first page', () => pagesFor(title)[0], 15_000);
    await server.kill('SIGKILL');
    await sleep(Math.max(0, first.atMs + STEP_MS + 2_000 - Date.now()));
    expect(pagesFor(title)).toHaveLength(1);
    server = await spawnServer(env);
    const readyAt = Date.now();
    const second = await waitFor('the next page', () => pagesFor(title)[1], 20_000);
    expect(second.atMs - readyAt).toBeLessThan(15_000);
  }, 120_000);

  function pagesFor(title: string) {
    return smtp.mails.filter((mail) => mail.subject.includes(title)).toSorted((a, b) => a.atMs - b.atMs);
  }

  /** Mails that say what another one said: the policy's next round has a subject of its own, and is no duplicate. */
  function repeatedFor(title: string): number {
    const subjects = pagesFor(title).map((mail) => mail.subject);
    return subjects.length - new Set(subjects).size;
  }

  /** On a machine however slow: several signals and something of what is written, answered from now on. */
  async function hearAnswers() {
    const [signals, updates] = [answered.signals.length, answered.updates.length];
    const heard = () => answered.signals.length > signals + 5 && answered.updates.length > updates;
    await waitFor('answers between two kills', heard, 60_000);
  }

  async function killOnce(kill: number) {
    if (kill % 2 === 0) await hearAnswers();
    await sleep(200 + Math.random() * 1_200);
    const database = postgresPid(dataDir);
    if (kill % TAKES_DATABASE_ONLY === 0) {
      process.kill(database, 'SIGKILL');
      return;
    }
    const dying = server.kill('SIGKILL');
    if (kill % TAKES_DATABASE_TOO === 0) process.kill(database, 'SIGKILL');
    await dying;
    server = await spawnServer(env);
  }

  async function signal() {
    for (let i = 0; !load.over; i++) {
      const title = `sig${String(i).padStart(5, '0')}`;
      const done = await untilAnswered(
        () => load.over,
        async () => {
          const response = await fetch(intake, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ title, dedupKey: title, severity: 'critical' }),
            signal: AbortSignal.timeout(10_000),
          });
          if (response.status !== 202) throw new Error(`intake answered ${response.status}`);
          return response.status;
        },
      );
      if (done !== null) answered.signals.push(title);
      await sleep(SIGNAL_EVERY_MS);
    }
  }

  async function write() {
    for (let i = 0; !load.over; i++) {
      const idempotencyKey = `update-${i}`;
      const update = await untilAnswered(
        () => load.over,
        () =>
          client.call(
            postUpdateRoute,
            {
              params: { id: incidentId },
              body: { status: 'investigating', body: `We are still investigating, part ${i}.` },
            },
            { idempotencyKey, signal: AbortSignal.timeout(10_000) },
          ),
      );
      if (update) answered.updates.push(update.id);
      await sleep(WRITE_EVERY_MS);
    }
  }

  async function note() {
    for (let i = 0; !load.over; i++) {
      const entry = await untilAnswered(
        () => load.over,
        () =>
          client.call(
            addNote,
            {
              params: { id: incidentId },
              body: { body: `note ${i}` },
            },
            { idempotencyKey: `note-${i}`, signal: AbortSignal.timeout(10_000) },
          ),
      );
      if (entry) answered.notes.push(entry.id);
      await sleep(WRITE_EVERY_MS);
    }
  }

  async function flap() {
    while (!load.over) {
      target.setStatus(503);
      await sleep(6_000);
      target.setStatus(200);
      await sleep(6_000);
    }
  }

  function everyAlert() {
    return everyItem((cursor) => client.call(listAlerts, { query: { limit: 200, ...cursor } }));
  }
});

async function everyItem<Item>(
  read: (cursor: { cursor?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: { cursor?: string } = {};
  for (;;) {
    const page = await read(cursor);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = { cursor: page.nextCursor };
  }
}
