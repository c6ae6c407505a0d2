import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PageEntryView, PageView } from '#respond/contract';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import { createWebhookSink, type WebhookSink } from '#test/harness/webhook-sink.ts';

const HOUR_SECONDS = 3_600;
const TITLE = 'checkout is down';
/** It pages, and nobody has to decide about it: no suspected incident comes of it. */
const FAULT = { title: TITLE, severity: 'error' };

let t: Crew;
let hook: WebhookSink;
let ann: Responder;
let bob: Responder;

/** Ann alone is asked, and nobody else for hours; Bob looks at the screen. */
beforeEach(async () => {
  hook = await createWebhookSink();
  t = await createCrew();
  [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  await t.escalateTo([{ userIds: [ann.id], delaySeconds: 20 * HOUR_SECONDS }]);
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
  await hook.close();
});

const away = () => t.ntfy.setMood({ kind: 'hang-up' });
const back = () => t.ntfy.setMood({ kind: 'well' });
const pageOf = async (alertId: string): Promise<PageView> => {
  const [page] = (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items;
  if (!page) throw new Error('no page');
  return page;
};
const journal = async (pageId: string) =>
  (await t.ask<{ items: PageEntryView[] }>('GET', `/page-journal?pageId=${pageId}`)).items;

/** A page is queued; then nothing of ours runs for an hour, in the middle of which something happens. */
async function hourAway(meanwhile: (alertId: string) => Promise<unknown>): Promise<string> {
  away();
  const alertId = await t.signal(FAULT);
  expect(ann.read()).toEqual([]);
  t.clock.advance(HOUR_SECONDS / 2);
  await meanwhile(alertId);
  t.clock.advance(HOUR_SECONDS / 2);
  back();
  await t.settle();
  return alertId;
}

const declare = async (alertId: string) =>
  (await bob.ask<{ id: string }>('POST', `/alerts/${alertId}/declare`, { severity: 'SEV3' })).id;

describe('a page that waited for an hour', () => {
  it.each<{ name: string; meanwhile: (alertId: string) => Promise<unknown>; why: RegExp }>([
    {
      name: 'was acknowledged',
      meanwhile: async (alertId) => bob.ask('POST', `/pages/${(await pageOf(alertId)).id}/acknowledge`),
      why: /was acknowledged before/,
    },
    {
      name: 'was acknowledged as an alert',
      meanwhile: async (alertId) => bob.ask('POST', `/alerts/${alertId}/acknowledge`),
      why: /was acknowledged before/,
    },
    {
      name: 'is about an alert that recovered',
      meanwhile: async () => t.signal({ ...FAULT, status: 'resolved' }),
      why: /over/,
    },
    {
      name: 'is about an alert that somebody closed',
      meanwhile: async (alertId) => bob.ask('POST', `/alerts/${alertId}/close`),
      why: /over: closed/,
    },
    {
      name: 'is about an alert that was no incident',
      meanwhile: async (alertId) => bob.ask('POST', `/alerts/${alertId}/dismiss`, {}),
      why: /over: false-alarm/,
    },
    {
      name: 'is about an incident that is over',
      meanwhile: async (alertId) => {
        const incidentId = await declare(alertId);
        await bob.ask('POST', `/incidents/${incidentId}/resolve`, { confirmImpaired: true, skipPostReason: 'short' });
      },
      why: /over|acknowledged/,
    },
  ])('and $name is not sent, and the journal says why', async ({ meanwhile, why }) => {
    const alertId = await hourAway(meanwhile);
    await t.advance(120);
    expect(ann.read()).toEqual([]);
    const entries = await journal((await pageOf(alertId)).id);
    expect(entries.filter(({ kind }) => kind === 'handed-over')).toEqual([]);
    const dropped = entries.filter(({ kind }) => kind === 'dropped');
    expect(dropped).toHaveLength(1);
    expect(dropped[0]).toMatchObject({ userId: ann.id, channel: 'ntfy', text: expect.stringMatching(why) as string });
  });

  it('whose next step was due meanwhile says of that step how late it is', async () => {
    await t.escalateTo([
      { userIds: [ann.id], delaySeconds: 300 },
      { userIds: [bob.id], delaySeconds: 300 },
    ]);
    const alertId = await t.signal(FAULT);
    t.clock.advance(HOUR_SECONDS);
    await t.settle();
    expect(ann.read()).toEqual([`[PAGE] ${TITLE}`]);
    expect(bob.read()).toEqual([`[PAGE] ${TITLE} (late: 55 min)`]);
    expect(bob.phone()[0]?.message).toMatch(/^Late: 55 min\. It was due at 10:05 UTC and did not get out;/);
    const steps = (await journal((await pageOf(alertId)).id)).filter(({ kind }) => kind === 'step');
    expect(steps[0]?.text).toMatch(/^Step 2 of .* begins: nobody had acknowledged in time\. It was due 55 m.* ago\.$/);
  });

  it('and is still true says how late it is, and since when', async () => {
    const alertId = await hourAway(async () => undefined);
    const [message] = ann.phone();
    expect(ann.read()).toEqual([`[PAGE] ${TITLE} (late: 60 min)`]);
    expect(message?.message).toMatch(
      /^Sent again: it may have reached you before\.\nLate: 60 min\. It was due at 10:00 UTC and did not get out; this is how it is now\.\nSince 10:00 UTC, 1 h/,
    );
    const { id } = await pageOf(alertId);
    expect((await journal(id)).find(({ kind }) => kind === 'handed-over')?.text).toMatch(
      /^The provider took it at the second try, 1 h .*after it was due\.$/,
    );
    const { items } = await t.ask<{ items: { subject: string }[] }>('GET', `/deliveries?pageId=${id}`);
    expect(items.map(({ subject }) => subject)).toEqual(ann.read());
  });

  it('and has become an incident meanwhile says so', async () => {
    await hourAway(declare);
    expect(ann.read().filter((title) => title.includes(TITLE) && title.includes('late'))).toEqual([
      `[SEV3] ${TITLE} (late: 60 min)`,
    ]);
    expect(ann.phone().at(-1)?.message).toContain('Incident: INC-1, SEV3');
  });
});

describe('a provider that is away for an hour while we are there', () => {
  it('gets what is still true when it is back, late, and nothing of what is over', async () => {
    away();
    await t.signal(FAULT);
    const over = await t.signal({ ...FAULT, title: 'ledger is slow' });
    // Longer than a page is tried often.
    await t.advance(600);
    await bob.ask('POST', `/alerts/${over}/acknowledge`);
    t.clock.advance(HOUR_SECONDS - 600);
    await t.settle();
    back();
    await t.advance(60);
    expect(ann.read()).toEqual([`[PAGE] ${TITLE} (late: 61 min)`]);
  });
});

describe('a second method that was due while nothing of ours ran', () => {
  it('says how late it is, and how things stand', async () => {
    const method = await ann.ask<{ id: string }>('POST', '/contact-methods', {
      kind: 'webhook',
      address: `${hook.url}/ann`,
    });
    await t.settle();
    const code = /Code: (\d{6})/.exec(hook.received[0]?.body ?? '')?.[1];
    await ann.ask('POST', `/contact-methods/${method.id}/verify`, { code });
    const rules = await ann.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
    for (const { id } of rules.items.filter(({ contactMethodId }) => contactMethodId === method.id))
      await ann.ask('PATCH', `/notification-rules/${id}`, { delaySeconds: 600 });
    await t.signal(FAULT);
    expect(ann.read()).toEqual([`[PAGE] ${TITLE}`]);
    t.clock.advance(HOUR_SECONDS);
    await t.settle();
    expect(hook.received.slice(1).map(({ json }) => [json['subject'], json['lateSeconds']])).toEqual([
      [`[PAGE] ${TITLE} (late: 50 min)`, 3_000],
    ]);
  });
});
