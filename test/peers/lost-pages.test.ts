import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageView } from '#respond/contract';
import { createRandom } from '#test/harness/seeded-random.ts';
import { startTwoNodes, type TestNode, type TwoNodes } from '#test/harness/two-nodes.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import { createWebhookSink, type ReceivedWebhook, type WebhookSink } from '#test/harness/webhook-sink.ts';

/** Fewer on a machine that is busy with something else. */
const KILLS = Number(process.env['ALLCLEAR_TEST_KILLS'] ?? 50);
const LARGEST_BURST = 12;
/** From a burst of signals to the next kill. */
const LONGEST_WAIT_MS = 600;
/** The second method of the person, and the second step of the policy, come so long after the first. */
const SECOND_METHOD_SECONDS = 3;
const SECOND_STEP_SECONDS = 30;
const MESSAGES_OF_A_PAGE = 4;
/** After the last kill: a lease, a sweep, and the second step of what was sent last. */
const SETTLE_MS = 120_000;

const seed = Number(process.env['ALLCLEAR_TEST_SEED'] ?? Date.now() % 1_000_000);

/** What a sender did about one alert, and when it had been answered (by this machine's clock, in milliseconds). */
type Sent = {
  readonly title: string;
  /** `asked`: acknowledged once it rang. `early`: its alert is acknowledged as soon as the intake has answered. */
  readonly fate: 'ignored' | 'asked' | 'early' | 'resolved';
  alertId: string | null;
  /** How often its signal was sent until a node answered. */
  copies: number;
  /** When an acknowledgement, or the end, had been answered. */
  quietAt: number | null;
};

type Ring = {
  readonly title: string;
  readonly pageId: string;
  readonly deliveryId: string;
  readonly attempt: number;
  readonly atMs: number;
};

type Notice = { readonly title: string; readonly deliveryId: string | null };

function ringOf({ json, headers, atMs }: ReceivedWebhook): Ring | null {
  if (json['purpose'] !== 'page') return null;
  const { id, title } = json['page'] as { id: string; title: string };
  return {
    title,
    pageId: id,
    deliveryId: String(json['deliveryId']),
    attempt: Number(headers['x-allclear-attempt']),
    atMs,
  };
}

describe(`two nodes on one database, one of them killed ${KILLS} times in a storm of pages (ALLCLEAR_TEST_SEED=${seed})`, () => {
  const chance = { kills: createRandom(seed), signals: createRandom(seed + 1), answers: createRandom(seed + 2) };
  const sent: Sent[] = [];
  let two: TwoNodes;
  let hook: WebhookSink;
  let intakePath: string;
  const load = { over: false };

  const rings = () => hook.received.flatMap((one) => ringOf(one) ?? []);

  beforeAll(async () => {
    hook = await createWebhookSink();
    two = await startTwoNodes();
    await furnish();
  });
  afterAll(async () => {
    load.over = true;
    await two.end();
    await hook.close();
  });

  it('loses no page, asks nobody who has answered, and repeats at most one message for each kill', async () => {
    const answers = answer();
    await killOften();
    load.over = true;
    await answers;
    await waitFor('every page to reach its person', async () => (await unreached()).length === 0, SETTLE_MS).catch(
      () => undefined,
    );
    expect(await unreached(), 'pages that did not arrive').toEqual([]);
    await waitFor('the outbox to be quiet', async () => (await underWay()) === 0, SETTLE_MS);

    expect(await unstored(), 'answered, and not stored').toEqual([]);
    expect(await pagedTwice(), 'alerts with more pages than one').toEqual([]);
    const unknown = await besides();
    expect(
      unknown.filter(({ isLateCopy }) => !isLateCopy),
      'alerts that nobody sent',
    ).toEqual([]);
    expect(await rangAfterAnswer(), 'begun after the acknowledgement was answered').toEqual([]);
    const repeated = repeats();
    report(
      repeated.length,
      unknown.map(({ title }) => title),
    );
    expect(repeated.length, 'more repeated messages than kills').toBeLessThanOrEqual(KILLS);
  }, 900_000);

  /** The owner is asked by one webhook at once, by another a little later, and by both again in the second step. */
  async function furnish() {
    const { items: policies } = await two.ask<{ items: { id: string; name: string; version: number }[] }>(
      'GET',
      '/escalation-policies',
    );
    const me = await two.ask<{ items: { id: string }[] }>('GET', '/users');
    const step = { userIds: [me.items[0]?.id], delaySeconds: SECOND_STEP_SECONDS };
    for (const { id, name, version } of policies)
      await two.ask('PUT', `/escalation-policies/${id}`, { name, version, steps: [step, step], repeatCount: 0 });
    await two.ask('PATCH', '/alert-settings', { stormPerMinute: null, pagesPerPerson: null });
    for (const name of ['first', 'second']) await equip(name);
    const { items: rules } = await two.ask<{ items: { id: string; contactMethodId: string }[] }>(
      'GET',
      '/notification-rules',
    );
    const { items: methods } = await two.ask<{ items: { id: string; kind: string }[] }>('GET', '/contact-methods');
    const [first, second] = methods.filter(({ kind }) => kind === 'webhook');
    for (const { id, contactMethodId } of rules) {
      if (contactMethodId === first?.id) continue;
      if (contactMethodId === second?.id)
        await two.ask('PATCH', `/notification-rules/${id}`, { delaySeconds: SECOND_METHOD_SECONDS });
      else await two.ask('DELETE', `/notification-rules/${id}`);
    }
    const source = await two.ask<{ intakeUrl: string }>('POST', '/alert-sources', { name: 'storm' });
    intakePath = new URL(source.intakeUrl).pathname;
    await keepLeases();
  }

  async function equip(name: string) {
    const before = hook.received.length;
    const method = await two.ask<{ id: string }>('POST', '/contact-methods', {
      kind: 'webhook',
      address: `${hook.url}/${name}`,
    });
    const code = await waitFor('the code', () => /Code: (\d{6})/.exec(hook.received[before]?.body ?? '')?.[1], 15_000);
    await two.ask('POST', `/contact-methods/${method.id}/verify`, { code });
  }

  /**
   * The database notes when each try was leased, which is when a message is begun: whatever was begun before an
   * acknowledgement was answered was on the wire, whatever was begun after it must not be.
   */
  async function keepLeases() {
    const { database } = two.database;
    await sql`create table test_lease (delivery_id text, attempt int, at timestamptz)`.execute(database);
    await sql`create function test_keep_lease() returns trigger language plpgsql as $$ begin
      insert into test_lease values (new.id, new.attempts, clock_timestamp()); return null; end $$`.execute(database);
    await sql`create trigger test_keep_lease after update on delivery for each row
      when (new.attempts > old.attempts) execute function test_keep_lease()`.execute(database);
  }

  /** With each burst of signals a node is killed at a random moment, the other one serving, dead or about to serve. */
  async function killOften(): Promise<void> {
    const bursts: Promise<unknown>[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const size = 1 + Math.floor(chance.signals() * LARGEST_BURST);
      bursts.push(Promise.all(Array.from({ length: size }, sendOne)));
      await sleep(chance.kills() * LONGEST_WAIT_MS);
      await (await nextVictim()).kill();
    }
    await Promise.all(bursts);
  }

  /** One of the two by chance; the other one when that one does not serve yet and the other one does. */
  async function nextVictim(): Promise<TestNode> {
    const [chosen, other] = chance.kills() < 0.5 ? two.nodes : two.nodes.toReversed();
    if (!chosen || !other) throw new Error('there are two nodes');
    if (!chosen.isUp() && other.isUp()) return other;
    await chosen.up();
    return chosen;
  }

  async function sendOne() {
    const title = `sig-${String(sent.length).padStart(5, '0')}`;
    const luck = chance.signals();
    const fate = luck < 0.4 ? 'ignored' : luck < 0.8 ? 'asked' : luck < 0.9 ? 'early' : 'resolved';
    const one: Sent = { title, fate, alertId: null, copies: 0, quietAt: null };
    sent.push(one);
    Object.assign(one, await signal({ title, dedupKey: title, severity: 'critical' }));
    const { alertId } = one;
    if (fate === 'resolved') {
      await signal({ title, dedupKey: title, status: 'resolved' });
      one.quietAt = Date.now();
    } else if (fate === 'early') {
      await two.ask('POST', `/alerts/${alertId}/acknowledge`);
      one.quietAt = Date.now();
    }
  }

  async function signal(body: object): Promise<Pick<Sent, 'alertId' | 'copies'>> {
    const { status, text, copies } = await two.untilAnswered(chance.signals, intakePath, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(status, text).toBe(202);
    const { alertId } = JSON.parse(text) as { alertId: string | null };
    return { alertId, copies };
  }

  /** The person acknowledges some of what rings, after a moment. */
  async function answer() {
    const answering: Promise<void>[] = [];
    const begun = new Set<string>();
    while (!load.over) {
      for (const ring of rings()) {
        const one = sent[Number(ring.title.slice('sig-'.length))];
        if (one?.fate !== 'asked' || begun.has(ring.title)) continue;
        begun.add(ring.title);
        answering.push(acknowledge(one, ring.pageId, chance.answers() * (SECOND_METHOD_SECONDS + 1) * 1_000));
      }
      await sleep(20);
    }
    await Promise.all(answering);
  }

  async function acknowledge(one: Sent, pageId: string, afterMs: number) {
    await sleep(afterMs);
    await two.ask<PageView>('POST', `/pages/${pageId}/acknowledge`);
    one.quietAt = Date.now();
  }

  /** Messages of pages that nobody has answered and that have not come: both methods, in both steps. */
  async function unreached(): Promise<string[]> {
    const { rows } = await sql<Notice>`select p.title, n.delivery_id from page p
      join page_notice n on n.workspace_id = p.workspace_id and n.page_id = p.id`.execute(two.database.database);
    const came = new Set(rings().map(({ deliveryId }) => deliveryId));
    const noticesOf = Map.groupBy(rows, ({ title }) => title);
    return sent
      .filter(({ title, quietAt }) => {
        const all = noticesOf.get(title) ?? [];
        return (
          quietAt === null && all.filter(({ deliveryId }) => came.has(deliveryId ?? '')).length < MESSAGES_OF_A_PAGE
        );
      })
      .map(({ title }) => title);
  }

  async function underWay(): Promise<number> {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from delivery
      where purpose = 'page' and state in ('queued', 'sending')`.execute(two.database.database);
    return rows[0]?.count ?? 0;
  }

  async function unstored(): Promise<string[]> {
    const { rows } = await sql<{ dedupKey: string }>`select dedup_key from alert`.execute(two.database.database);
    const stored = new Set(rows.map(({ dedupKey }) => dedupKey));
    return sent.filter(({ alertId, title }) => alertId !== null && !stored.has(title)).map(({ title }) => title);
  }

  /** What was paged for more than once. */
  async function pagedTwice() {
    const { rows } = await sql<{ alertId: string; pages: number }>`select alert_id, count(*)::int as pages from page
      group by alert_id having count(*) > 1`.execute(two.database.database);
    return rows;
  }

  /**
   * Alerts of the source that no sender was told of; those of our own watchdog are beside the point. Of a signal that was sent
   * twice the copy that nobody answered may be written last: after the end that came when the other one had been answered it
   * is an alert of its own. Nothing else opens one.
   */
  async function besides() {
    const { rows } = await sql<{ id: string; dedupKey: string }>`select id, dedup_key from alert
      where alert_source_id is not null`.execute(two.database.database);
    const sentAs = new Map(sent.map((one) => [one.title, one]));
    return rows.flatMap(({ id, dedupKey }) => {
      const { fate, alertId, copies = 0 } = sentAs.get(dedupKey) ?? {};
      return id === alertId ? [] : [{ title: dedupKey, fate, copies, isLateCopy: fate === 'resolved' && copies > 1 }];
    });
  }

  /** Messages that arrived and whose try was leased after the sender had been told that its alert is answered or over. */
  async function rangAfterAnswer() {
    const pages = await sql<{ id: string; alertId: string }>`select id, alert_id from page`.execute(
      two.database.database,
    );
    const alertOf = new Map(pages.rows.map(({ id, alertId }) => [id, alertId]));
    const { rows } = await sql<{ deliveryId: string; attempt: number; at: Date }>`select * from test_lease`.execute(
      two.database.database,
    );
    const leasedAt = new Map(rows.map(({ deliveryId, attempt, at }) => [`${deliveryId} ${attempt}`, at.getTime()]));
    const sentAs = new Map(sent.map((one) => [one.title, one]));
    return rings().flatMap((ring) => {
      const { quietAt = null, fate, alertId } = sentAs.get(ring.title) ?? {};
      const leased = leasedAt.get(`${ring.deliveryId} ${ring.attempt}`) ?? Infinity;
      const isInTime = quietAt === null || leased <= quietAt;
      return isInTime || alertOf.get(ring.pageId) !== alertId
        ? []
        : [{ ...ring, fate, alertId, afterMs: leased - quietAt }];
    });
  }

  /** Every message beyond the first of the same notice: a delivery has one id, whatever happens to it. */
  function repeats(): Ring[] {
    const seen = new Set<string>();
    return rings().filter(({ deliveryId }) => seen.has(deliveryId) || !seen.add(deliveryId));
  }

  function report(repeated: number, lateCopies: readonly string[]) {
    const all = rings();
    const quietAt = new Map(sent.map((one) => [one.title, one.quietAt ?? Infinity]));
    const known = all.filter(({ title }) => !lateCopies.includes(title));
    const late = known.map(({ title, atMs }) => atMs - (quietAt.get(title) ?? Infinity)).filter((ms) => ms > 0);
    const starts = two.startsMs.toSorted((a, b) => a - b);
    process.stdout.write(
      `${KILLS} kills, ${sent.length} alerts, ${all.length} messages, ${repeated} repeated, ` +
        `${lateCopies.length} opened by a late copy; ${late.length} on the wire when answered, the last for ${Math.max(0, ...late)} ms; ` +
        `a start took ${Math.round(starts[starts.length >> 1] ?? 0)} ms\n`,
    );
  }
});
