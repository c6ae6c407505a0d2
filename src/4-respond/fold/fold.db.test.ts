import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import type { PageEntryView } from '../journal/contract.ts';
import type { PageView } from '../page/contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;

beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
  await t.ask('PATCH', '/alert-settings', { pagesPerPerson: 3 });
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const signals = async (from: number, to: number) => {
  const ids: string[] = [];
  for (let i = from; i <= to; i++) ids.push(await t.signal({ title: `Fault ${i}` }));
  return ids;
};
const pageOf = async (alertId: string | undefined) => {
  const [page] = (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items;
  if (!page) throw new Error('no page');
  return page;
};
const journal = async ({ id }: PageView) =>
  (await t.ask<{ items: PageEntryView[] }>('GET', `/page-journal?pageId=${id}&limit=200`)).items
    .filter(({ userId }) => userId === ann.id)
    .map(({ kind, text }) => `${kind}: ${text}`)
    .toReversed();
const linkOf = (message: { click?: string | undefined } | undefined) => new URL(message?.click ?? '').pathname;
const ALONE = ['[PAGE] Fault 1', '[PAGE] Fault 2', '[PAGE] Fault 3'];

describe('more pages than a person can read', () => {
  it('come as one message after the first few, once a minute, and none of them is lost', async () => {
    const ids = await signals(1, 9);
    expect(ann.read()).toEqual(ALONE);
    await t.advance(5);
    expect(ann.read().slice(3)).toEqual(['6 more pages wait for you: [PAGE] Fault 4']);
    const message = ann.phone().at(-1);
    await signals(10, 11);
    await t.advance(55);
    expect(ann.read()).toHaveLength(4);
    await t.advance(5);
    expect(ann.read().slice(4)).toEqual([expect.stringMatching(/^2 more pages wait for you: \[PAGE\] Fault 1[01]$/)]);
    for (let i = 4; i <= 9; i++) expect(message?.message).toContain(`- [PAGE] Fault ${i}`);
    expect(message?.priority).toBe(5);
    const page = await pageOf(ids[8]);
    expect(page).toMatchObject({ reachedNobody: false, notices: [{ userId: ann.id, state: 'sent', folded: true }] });
    expect(await journal(page)).toEqual([
      'folded: They have had many pages by this lately, so it goes out with others in one message.',
      'planned: Due at once.',
      'folded: Folded into “6 more pages wait for you”.',
      'handed-over: The provider took the message that it was folded into.',
    ]);
    const { items } = await t.ask<{ items: { id: string; subject: string }[] }>('GET', '/deliveries?limit=200');
    const [notice] = page.notices;
    expect(items.find(({ id }) => id === notice?.deliveryId)?.subject).toContain('6 more pages wait for you');
  });

  it('are acknowledged by its one button; opening its link does nothing', async () => {
    const ids = await signals(1, 5);
    await t.advance(60);
    await signals(6, 7);
    await t.advance(60);
    const link = linkOf(ann.phone().at(-1));
    expect(ann.read().at(-1)).toBe('2 more pages wait for you: [PAGE] Fault 6');
    const shown = await (await t.app.request(link)).text();
    expect(shown).toContain('Fault 6');
    expect(shown).toContain('Acknowledge all 2');
    expect(await pageOf(ids[4])).toMatchObject({ state: 'open' });
    const answer = await t.app.request(link, { method: 'POST', headers: { accept: 'application/json' } });
    expect(await answer.json()).toEqual({ said: 'You acknowledged 2 pages.' });
    await t.settle();
    const again = await t.app.request(link, { method: 'POST', headers: { accept: 'application/json' } });
    expect(await again.json()).toEqual({ said: 'None of these pages waits any more.' });
    expect(await (await t.app.request(link)).text()).toContain('All 2 are acknowledged or over');
    const states = (await t.ask<{ items: PageView[] }>('GET', '/pages')).items.map(({ state, title }) => [
      title,
      state,
    ]);
    expect(states.filter(([, state]) => state === 'acknowledged')).toEqual([
      ['Fault 7', 'acknowledged'],
      ['Fault 6', 'acknowledged'],
    ]);
    for (const forged of [`${link}x`, link.replace('/w/', '/p/')])
      expect((await t.app.request(forged, { method: 'POST' })).status).toBe(404);
  });

  it('leave out what was answered while it waited, and say nothing when all was', async () => {
    const ids = await signals(1, 7);
    await t.advance(1);
    await bob.ask('POST', `/pages/${(await pageOf(ids[5])).id}/acknowledge`);
    await t.signal({ title: 'Fault 7', status: 'resolved' });
    await t.advance(5);
    expect(ann.read().slice(3)).toEqual(['2 more pages wait for you: [PAGE] Fault 4']);
    expect(await pageOf(ids[5])).toMatchObject({ notices: [{ state: 'cancelled' }] });
    const [last] = await signals(8, 8);
    await bob.ask('POST', `/pages/${(await pageOf(last)).id}/acknowledge`);
    await t.advance(60);
    expect(ann.read()).toHaveLength(4);
  });

  it('go on to the next person when nobody answers, each page by itself', async () => {
    await signals(1, 5);
    await t.advance(310);
    expect(bob.read()).toEqual([...ALONE, expect.stringMatching(/^[12] more pages? waits? for you: \[PAGE\] Fault 4/)]);
    await t.advance(60);
    const told = bob.phone().map(({ title, message }) => `${title}\n${message}`);
    for (let i = 1; i <= 5; i++) expect(told.some((words) => words.includes(`Fault ${i}`))).toBe(true);
  });

  it('go out by the next method when the message does not get through', async () => {
    const email = await ann.ask<{ id: string }>('POST', '/contact-methods', {
      kind: 'ntfy',
      address: t.ntfy.topicUrl('second'),
    });
    await t.settle();
    const second = () => t.ntfy.messages.filter(({ topic }) => topic === 'second').map(({ title }) => title);
    const code = /Code: (\d{6})/.exec(t.ntfy.messages.at(-1)?.message ?? '')?.[1];
    await ann.ask('POST', `/contact-methods/${email.id}/verify`, { code });
    const { items } = await ann.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
    for (const { id, contactMethodId } of items)
      if (contactMethodId === email.id) await ann.ask('PATCH', `/notification-rules/${id}`, { delaySeconds: 120 });
    const before = second().length;
    await signals(1, 3);
    t.ntfy.setMood({ kind: 'status', status: 500 });
    await signals(4, 4);
    await t.advance(5);
    t.ntfy.setMood({ kind: 'well' });
    await t.advance(5);
    expect(second().slice(before)).toEqual(['[PAGE] Fault 4']);
  });

  it('stay apart where the workspace wants that, after a quiet while, and where one person asks another', async () => {
    await signals(1, 4);
    await bob.ask('POST', '/pages', { title: 'Look at this', targets: [{ kind: 'user', userId: ann.id }] });
    await t.settle();
    expect(ann.read().at(-1)).toBe('[PAGE] Look at this');
    await t.ask('PATCH', '/alert-settings', { pagesPerPerson: null });
    await signals(5, 6);
    expect(ann.read().slice(-2)).toEqual(['[PAGE] Fault 5', '[PAGE] Fault 6']);
    await t.ask('PATCH', '/alert-settings', { pagesPerPerson: 3 });
    await t.advance(660);
    await signals(7, 7);
    expect(ann.read().at(-1)).toBe('[PAGE] Fault 7');
  });
});

describe('a flood of more pages than are read at once', () => {
  it('goes out as one message with all of them', async () => {
    await signals(1, 4);
    const [like] = (await t.ask<{ items: PageView[] }>('GET', '/pages?limit=1')).items;
    // Written as they would stand there: thousands of signals would take this test minutes.
    await t.database.pool.query(
      `with made as (
         insert into page select (jsonb_populate_record(p, jsonb_build_object('id', 'pag_flood' || i, 'alert_id', null))).*
         from page p, generate_series(1, 1200) i where p.id = $1 returning workspace_id, id)
       insert into page_notice select (jsonb_populate_record(n, jsonb_build_object(
         'page_id', made.id, 'state', 'folded', 'delivery_id', null))).*
       from made, page_notice n where n.page_id = $1 and n.user_id = $2`,
      [like?.id, ann.id],
    );
    await t.advance(60);
    expect(ann.read().at(-1)).toMatch(/^1201 more pages wait for you/);
    const left = await t.database.pool.query(`select 1 from page_notice where state = 'cancelled'`);
    expect(left.rowCount).toBe(0);
  });
});

describe('pages that come within seconds', () => {
  beforeEach(() => t.ask('PATCH', '/alert-settings', { pagesPerPerson: 10 }));

  it('are gathered after the third, however few there were before', async () => {
    await signals(1, 6);
    expect(ann.read()).toEqual(ALONE);
    await t.advance(5);
    expect(ann.read().slice(3)).toEqual(['3 more pages wait for you: [PAGE] Fault 4']);
    await t.advance(10);
    await signals(7, 7);
    expect(ann.read().at(-1)).toBe('[PAGE] Fault 7');
  });

  it('leave a storm its own page, at once, and nothing of what became part of it', async () => {
    await t.ask('PATCH', '/alert-settings', { stormPerMinute: 5 });
    await signals(1, 8);
    await t.advance(30);
    expect(ann.read().slice(3)).toEqual([expect.stringMatching(/^\[PAGE\] Alert storm: \d alerts so far/)]);
  });
});
