import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import type { PageView } from '../page/contract.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
let ids: string[];

/** Ann has three pages by themselves, one as the first message in the place of many, and five as the second. */
beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
  await t.ask('PATCH', '/alert-settings', { pagesPerPerson: 3 });
  ids = [];
  const signals = async (from: number, to: number) => {
    for (let i = from; i <= to; i++) ids.push(await t.signal({ title: `Fault ${i}` }));
  };
  await signals(1, 4);
  await t.advance(5);
  await signals(5, 9);
  await t.advance(60);
  expect(ann.read()).toHaveLength(5);
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const pageOf = async (index: number) => {
  const { items } = await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${ids[index]}`);
  return items.at(-1)?.id ?? '';
};
const acknowledge = async (who: Responder, from: number, to: number) => {
  for (let i = from; i <= to; i++) await who.ask('POST', `/pages/${await pageOf(i)}/acknowledge`);
  await t.settle();
};
const recover = async (...faults: number[]) => {
  for (const fault of faults) await t.signal({ title: `Fault ${fault}`, status: 'resolved' });
};
const news = () => ann.phone().slice(5);

describe('pages that came as one message', () => {
  it('are said once to be over, when the last of them is answered by somebody else or has recovered', async () => {
    await acknowledge(bob, 4, 5);
    await recover(7, 8);
    expect(news()).toEqual([]);
    await acknowledge(bob, 8, 8);
    expect(news().map(({ title }) => title)).toEqual(['Answered or over: 5 pages']);
    const [message] = news();
    expect(message?.message).toContain('- 3: Bob is on it');
    expect(message?.message).toContain('- 2: Recovered');
    expect(message?.priority).toBeLessThan(5);
    await recover(5, 6, 9);
    await t.advance(120);
    expect(news()).toHaveLength(1);
  });

  it('are said in one message when several such messages end at once', async () => {
    await bob.ask('POST', '/alerts/bulk', { alertIds: ids.slice(3), do: { act: 'acknowledge' } });
    await t.settle();
    expect(news().map(({ title }) => title)).toEqual(['Bob is on it: 6 pages']);
  });

  it('are said by the name of the page when it is one', async () => {
    await recover(4);
    expect(news().map(({ title }) => title)).toEqual(['Recovered: Fault 4']);
  });

  it('are not said to be over to whoever answered the last of them', async () => {
    await acknowledge(bob, 4, 6);
    const link = new URL(ann.phone().at(-1)?.click ?? '').pathname;
    const answer = await t.app.request(link, { method: 'POST', headers: { accept: 'application/json' } });
    expect(await answer.json()).toEqual({ said: 'You acknowledged 2 pages.' });
    await t.settle();
    await recover(5, 6, 7, 8, 9);
    expect(news()).toEqual([]);
  });

  it('are said to be over when somebody answers the last of them after their own answers', async () => {
    await acknowledge(ann, 4, 5);
    await t.advance(5);
    await acknowledge(bob, 6, 8);
    expect(news().map(({ title }) => title)).toEqual(['Answered or over: 5 pages']);
    expect(news()[0]?.message).toContain('- 2: You answered');
  });
});
