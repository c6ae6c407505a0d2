import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EffectView, IncidentView } from '#declare/contract';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import type { PageView } from './contract.ts';

let t: Crew;
let olive: Responder;
let ann: Responder;
let bob: Responder;

async function begin(start?: string) {
  t = await createCrew(start === undefined ? {} : { start });
  olive = await t.equip(t.owner, 'Olive');
  [ann, bob] = await hireAnnAndBob(t);
}

beforeEach(() => begin());

afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const declare = async (body: object) => {
  const incident = await t.ask<IncidentView>('POST', '/incidents', {
    title: 'Checkout fails',
    customerFacing: false,
    ...body,
  });
  await t.settle();
  return incident;
};
const pagesOf = async (id: string) => (await t.ask<{ items: PageView[] }>('GET', `/incidents/${id}/pages`)).items;
const pageEffect = async (id: string) => {
  const { items } = await t.ask<{ items: EffectView[] }>('GET', `/incidents/${id}/effects`);
  return items.find(({ effect }) => effect === 'page');
};
const pages = (who: Responder) => who.read().filter((title) => /^(DRILL )?\[/.test(title));

describe('declaring', () => {
  it('pages who is on call, writes it down and ticks it off', async () => {
    const { id } = await declare({ severity: 'SEV2' });
    expect([pages(ann), pages(bob), pages(olive)]).toEqual([['[SEV2] Checkout fails'], [], []]);
    expect(await pageEffect(id)).toMatchObject({ state: 'done', detail: 'Paged Ann by ntfy.' });
    const { items } = await t.ask<{ items: { type: string; text: string }[] }>('GET', `/incidents/${id}/timeline`);
    expect(items.find(({ type }) => type === 'page')?.text).toBe('Paging Ann by ntfy (step 1).');
    expect(await t.ask('GET', `/incidents/${id}/promises`)).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ kind: 'acknowledge', state: 'pending' })]),
    });
  });

  it('pages nobody twice: the alert’s page goes on as the incident’s', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    const { id } = await declare({ severity: 'SEV2', alertIds: [alertId] });
    expect(pages(ann)).toEqual(['[PAGE] checkout is down']);
    expect(await pagesOf(id)).toMatchObject([{ alertId, state: 'open' }]);
    expect(await pageEffect(id)).toMatchObject({
      state: 'done',
      detail: 'Ann had been paged for the alert; nobody is paged twice.',
    });
    await t.advance(300);
    expect(pages(bob)).toEqual(['[SEV2] checkout is down']);
  });

  it('carries the acknowledgement over: whoever gave it leads', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    await t.ask('POST', `/alerts/${alertId}/acknowledge`);
    const { id } = await declare({ severity: 'SEV2', alertIds: [alertId] });
    await t.advance(600);
    expect(pages(bob)).toEqual([]);
    expect((await t.ask<IncidentView>('GET', `/incidents/${id}`)).roles).toMatchObject({
      'incident-commander': olive.id,
    });
  });

  it('of a SEV1 tells all hands, each once', async () => {
    const { id } = await declare({ severity: 'SEV1' });
    for (const one of [ann, bob, olive]) expect(pages(one)).toEqual(['[SEV1] Checkout fails']);
    const [first] = await pagesOf(id);
    await t.ask('POST', `/pages/${first?.id}/acknowledge`);
    await t.advance(900);
    for (const one of [ann, bob, olive]) expect(pages(one)).toHaveLength(1);
    expect((await pagesOf(id)).every(({ state }) => state === 'acknowledged')).toBe(true);
  });

  it('of a SEV4 pages nobody, and says so', async () => {
    const { id } = await declare({ severity: 'SEV4' });
    await t.advance(600);
    expect(await pagesOf(id)).toEqual([]);
    expect(pages(ann)).toEqual([]);
    expect(await pageEffect(id)).toMatchObject({ state: 'skipped' });
  });

  it('marks everything of a drill', async () => {
    await declare({ severity: 'SEV2', kind: 'drill' });
    expect(ann.phone().every(({ title, message }) => title.startsWith('DRILL') && message.startsWith('DRILL'))).toBe(
      true,
    );
    expect(pages(ann)).toEqual(['DRILL [SEV2] Checkout fails']);
  });
});

describe('acknowledging', () => {
  it('makes the acknowledger incident commander when there is none', async () => {
    const { id } = await declare({ severity: 'SEV2' });
    const [page] = await pagesOf(id);
    await t.ask('POST', `/pages/${page?.id}/acknowledge`);
    await t.settle();
    expect((await t.ask<IncidentView>('GET', `/incidents/${id}`)).roles).toMatchObject({
      'incident-commander': olive.id,
    });
    expect(ann.read().at(-1)).toBe('Olive Owner is on it: Checkout fails');
    expect(await t.ask('GET', `/incidents/${id}/promises`)).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ kind: 'acknowledge', state: 'kept' })]),
    });
  });

  it('lasts until the incident is over, then the page ends and everybody paged hears it', async () => {
    const { id } = await declare({ severity: 'SEV2' });
    const [page] = await pagesOf(id);
    await t.advance(300);
    await t.ask('POST', `/pages/${page?.id}/acknowledge`);
    await t.ask('POST', `/incidents/${id}/mitigate`, {});
    await t.settle();
    expect(await pagesOf(id)).toMatchObject([{ state: 'acknowledged', stoppedAt: null }]);
    await t.ask('POST', `/incidents/${id}/resolve`, {});
    await t.settle();
    expect(await pagesOf(id)).toMatchObject([
      { state: 'stopped', stopReason: 'resolved', acknowledgedBy: olive.id, acknowledgementEndsAt: null },
    ]);
    for (const one of [ann, bob])
      expect(one.read().filter((title) => title === 'Resolved: Checkout fails')).toHaveLength(1);
  });

  it('of a page that asked nobody any more since the mitigation: those who were paged hear of the end', async () => {
    const { id } = await declare({ severity: 'SEV2' });
    await t.ask('POST', `/incidents/${id}/mitigate`, {});
    await t.settle();
    expect(await pagesOf(id)).toMatchObject([{ state: 'stopped', stopReason: 'mitigated' }]);
    await t.ask('POST', `/incidents/${id}/resolve`, {});
    await t.settle();
    expect(ann.read().slice(-2)).toEqual(['Mitigated: Checkout fails', 'Resolved: Checkout fails']);
  });

  it('and taking command of an alert declares an incident, and pages nobody again', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    const url = ann.phone().at(-1)?.click ?? '';
    const response = await t.app.request(new URL(url).pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'act=take-command',
    });
    expect(response.status).toBe(303);
    await t.settle();
    const { incidentId } = await t.ask<{ incidentId: string }>('GET', `/alerts/${alertId}`);
    const incident = await t.ask<IncidentView>('GET', `/incidents/${incidentId}`);
    expect(incident).toMatchObject({
      title: 'checkout is down',
      declaredBy: ann.id,
      roles: { 'incident-commander': ann.id },
    });
    await t.advance(600);
    expect([pages(ann).length, pages(bob).length]).toEqual([1, 0]);
  });
});

describe('the page that the link in a message opens', () => {
  const press = async (path: string, act: string) =>
    await t.app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `act=${act}`,
    });
  const read = async (path: string) => (await t.app.request(path)).text();

  it('still lets whoever acknowledged take command, and says who leads', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    const path = new URL(ann.phone().at(-1)?.click ?? '').pathname;
    await press(path, 'acknowledge');
    expect(await read(path)).toContain('Taking command declares an incident.');
    await press(path, 'take-command');
    await t.settle();
    const { incidentId } = await t.ask<{ incidentId: string }>('GET', `/alerts/${alertId}`);
    const incident = () => t.ask<IncidentView>('GET', `/incidents/${incidentId}`);
    expect((await incident()).roles).toEqual({ 'incident-commander': ann.id });
    const leading = await read(path);
    expect(leading).toContain('You are incident commander of INC-');
    expect(leading).not.toContain('value="take-command"');
    await t.ask('PUT', `/incidents/${incidentId}/roles/incident-commander`, { userId: bob.id });
    expect(await read(path)).toContain('Bob leads INC-');
    await press(path, 'take-command');
    expect((await incident()).roles).toEqual({ 'incident-commander': ann.id });
  });

  it('offers command to nobody else, and not once the page is over', async () => {
    const alertId = await t.signal({ title: 'checkout is down' });
    const path = new URL(ann.phone().at(-1)?.click ?? '').pathname;
    const [page] = (await t.ask<{ items: PageView[] }>('GET', '/pages?state=open')).items;
    await t.ask('POST', `/pages/${page?.id}/acknowledge`);
    expect(await read(path)).not.toContain('take-command');
    await t.ask('POST', `/alerts/${alertId}/close`);
    await t.settle();
    expect(await read(path)).not.toContain('take-command');
  });
});

describe('an incident that moves on', () => {
  it('stops paging and tells those who were paged', async () => {
    const { id } = await declare({ severity: 'SEV2' });
    await t.ask('POST', `/incidents/${id}/decline`, { reason: 'test' });
    await t.advance(600);
    expect(ann.read().at(-1)).toBe('False alarm: Checkout fails');
    expect(pages(bob)).toEqual([]);
    expect(await pagesOf(id)).toMatchObject([{ state: 'stopped', stopReason: 'false-alarm' }]);
  });

  it('and is raised to SEV1 calls the others', async () => {
    const { id } = await declare({ severity: 'SEV2' });
    await t.ask('POST', `/incidents/${id}/severity`, { severity: 'SEV1', reason: 'everybody is affected' });
    await t.settle();
    expect([pages(ann), pages(bob), pages(olive)]).toEqual([
      ['[SEV2] Checkout fails'],
      ['[SEV1] Checkout fails'],
      ['[SEV1] Checkout fails'],
    ]);
  });

  it('and that nobody leads for five minutes pages the backup, who then leads', async () => {
    const { id } = await declare({ severity: 'SEV2' });
    const [first] = await pagesOf(id);
    await t.ask('POST', `/pages/${first?.id}/acknowledge`);
    await t.ask('DELETE', `/incidents/${id}/roles/incident-commander`);
    await t.advance(330);
    const [page] = await pagesOf(id);
    expect(page).toMatchObject({ cause: 'role-vacancy', state: 'open' });
    expect(pages(bob)).toEqual([expect.stringContaining('has no incident commander')]);
    await t.ask('POST', `/pages/${page?.id}/acknowledge`);
    expect((await t.ask<IncidentView>('GET', `/incidents/${id}`)).roles).toMatchObject({
      'incident-commander': olive.id,
    });
  });

  it('and whose first page nobody acknowledged pages the backup once, not by two pages', async () => {
    const { id } = await declare({ severity: 'SEV2' });
    await t.advance(400);
    expect(pages(bob)).toEqual(['[SEV2] Checkout fails']);
    expect(await pagesOf(id)).toHaveLength(1);
  });
});

describe('a SEV3 at night', () => {
  beforeEach(async () => {
    await t.end();
    await begin('2026-11-25T22:00:00Z');
  });

  it('is held until business hours, with the time shown, and then goes out', async () => {
    const { id } = await declare({ severity: 'SEV3' });
    expect(pages(ann)).toEqual([]);
    expect(await pagesOf(id)).toMatchObject([{ state: 'held', startsAt: '2026-11-26T09:00:00.000Z' }]);
    expect(await pageEffect(id)).toMatchObject({
      state: 'pending',
      detail: expect.stringContaining('Thu 26 Nov 09:00'),
    });
    t.clock.set('2026-11-26T08:59:30Z');
    await t.settle();
    expect(pages(ann)).toEqual([]);
    t.clock.set('2026-11-26T09:00:01Z');
    await t.settle();
    expect(pages(ann)).toEqual(['[SEV3] Checkout fails']);
  });

  it('goes out at once when it is raised', async () => {
    const { id } = await declare({ severity: 'SEV3' });
    await t.ask('POST', `/incidents/${id}/severity`, { severity: 'SEV2', reason: 'worse than it looked' });
    await t.settle();
    expect(pages(ann)).toHaveLength(1);
    expect(await pagesOf(id)).toMatchObject([{ state: 'open', urgency: 'high' }]);
  });
});
