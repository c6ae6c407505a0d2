import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IncidentView } from '#declare/contract';
import type { AlertView } from '#detect/contract';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';

let t: Crew;
let ann: Responder;
let bob: Responder;
let first: string;
let second: string;

/** What makes them alike. */
const labels = { app: 'db' };

beforeEach(async () => {
  t = await createCrew();
  [ann, bob] = await hireAnnAndBob(t);
  first = await t.signal({ title: 'db-1 is down', labels });
  second = await t.signal({ title: 'db-2 is down', labels });
  await t.advance(300);
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

const asked = (who: Responder) => who.phone().find(({ title }) => title.startsWith('Is this an incident?'));
const linkOf = (who: Responder) => new URL(asked(who)?.click ?? '').pathname;
const look = async (link: string) => (await t.app.request(link)).text();
const press = async (link: string, fields: Record<string, string> = {}) => {
  const response = await t.app.request(link, { method: 'POST', body: new URLSearchParams(fields) });
  await t.settle();
  return response;
};
const tap = async (link: string) => {
  const response = await t.app.request(link, { method: 'POST', headers: { accept: 'application/json' } });
  await t.settle();
  return (await response.json()) as { said: string };
};
const incidents = async () => (await t.ask<{ items: IncidentView[] }>('GET', '/incidents')).items;
const alert = (id: string) => t.ask<AlertView>('GET', `/alerts/${id}`);
const shownAt = (page: string) => /name="shown" value="([^"]+)"/.exec(page)?.[1] ?? '';

const offeredOn = (page: string) => /value="(SEV\d)"\s+checked/.exec(page)?.[1];

describe('the link that asks whether an alert is an incident', () => {
  it('goes out with the message, shows what is asked, and does nothing by being opened', async () => {
    expect(asked(ann)).toMatchObject({
      title: 'Is this an incident? db-1 is down and 1 more like it',
      actions: [
        { action: 'http', label: 'Declare SEV2', method: 'POST', url: `${asked(ann)?.click}?as=SEV2` },
        { action: 'view', label: 'Open' },
      ],
    });
    const link = linkOf(ann);
    const page = await look(link);
    for (const said of [
      'db-1 is down',
      '1 more like it goes along',
      'db-2 is down',
      'SEV2 is offered because: It is critical.',
      'None of these 2 is an incident',
    ])
      expect(page).toContain(said);
    expect(offeredOn(page)).toBe('SEV2');
    await t.app.request(link, { method: 'HEAD' });
    expect(await incidents()).toEqual([]);
    expect(await alert(first)).toMatchObject({ state: 'open', disposition: null });
    for (const forged of [`${link}x`, link.replace('/d/', '/p/'), link.replace('/d/', '/w/'), '/d/nothing'])
      expect((await press(forged)).status).toBe(404);
    const { items } = await t.ask<{ items: object[] }>('GET', '/deliveries?limit=200');
    expect(JSON.stringify(items)).toContain('Is this an incident?');
    expect(JSON.stringify(items)).not.toContain(link.slice(3));
  });

  it('declares with one tap, as its person and with what is alike; then offers command', async () => {
    const link = linkOf(ann);
    const answer = await press(link, { act: 'declare' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, link]);
    const [incident] = await incidents();
    expect(incident).toMatchObject({ state: 'active', severity: 'SEV2', automatic: false, declaredBy: ann.id });
    expect(await alert(first)).toMatchObject({ incidentId: incident?.id });
    const other = await alert(second);
    expect(other.incidentId).toBe(incident?.id);
    expect(other.reasons.at(-1)?.text).toMatch(/^It was declared together with another alert, because it is from/);
    const page = await look(link);
    expect(page).toContain('You declared INC-1 as SEV2.');
    expect(page).toContain(`/incidents/${incident?.id}`);
    expect(page).not.toContain('value="declare"');
    expect(page).toContain('I’ll take command');
    await press(link, { act: 'take-command' });
    expect((await incidents())[0]?.roles).toMatchObject({ 'incident-commander': ann.id });
    expect(await look(link)).toContain('You are incident commander.');
    expect(await tap(link)).toEqual({ said: 'Ann declared INC-1 as SEV2.' });
    expect((await press(link, { act: 'dismiss' })).status).toBe(303);
    expect(await incidents()).toMatchObject([{ reference: 'INC-1', state: 'active' }]);
  });

  it('takes one tap for the severity that is offered, which stays unconfirmed until somebody is asked', async () => {
    await press(linkOf(ann), { act: 'declare', offered: 'SEV2', severity: 'SEV2' });
    expect(await incidents()).toMatchObject([{ severity: 'SEV2', severityConfirmed: false }]);
    await t.advance(300);
    expect(ann.phone().at(-1)?.title).toBe('How bad is it? INC-1 db-1 is down');
  });

  it('declares as what was chosen, which is confirmed, and says what a button in a message was labelled with', async () => {
    expect(shownAt(await look(linkOf(ann)))).not.toBe('');
    await press(linkOf(ann), { act: 'declare', offered: 'SEV2', severity: 'SEV4' });
    expect(await incidents()).toMatchObject([{ severity: 'SEV4', severityConfirmed: true }]);
  });

  it('declares as a button in a message is labelled, whatever would be offered by now', async () => {
    expect(await tap(`${linkOf(ann)}?as=SEV1`)).toEqual({ said: 'You declared INC-1 as SEV1.' });
    expect(await incidents()).toMatchObject([{ severity: 'SEV1', severityConfirmed: false }]);
  });

  it('offers what is gravest where several services need what is broken, and knows no severity of others', async () => {
    const serviceOf = async (name: string, dependsOn: string[] = []) =>
      (await t.ask<{ id: string }>('POST', '/services', { name, dependsOn })).id;
    const base = await serviceOf('Ledger');
    for (const name of ['Shop', 'Checkout', 'Invoices']) await serviceOf(name, [base]);
    const source = await t.ask<{ intakeUrl: string }>('POST', '/alert-sources', { name: 'Other', serviceId: base });
    await t.app.request(new URL(source.intakeUrl).pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'ledger is down', severity: 'critical' }),
    });
    await t.settle();
    await t.advance(300);
    const link = new URL(ann.phone().find(({ title }) => title.startsWith('Is this an incident? ledger'))?.click ?? '')
      .pathname;
    expect(await look(link)).toContain(
      'SEV1 is offered because: It is critical, and 4 services are hit or need what is.',
    );
    await press(link, { act: 'declare', offered: 'SEV0', severity: '<b>' });
    expect(await incidents()).toMatchObject([{ severity: 'SEV1', severityConfirmed: false }]);
  });

  it('declares once when two taps come at the same time', async () => {
    const said = await Promise.all([tap(linkOf(ann)), tap(linkOf(ann))]);
    expect(said.map((one) => one.said).toSorted()).toEqual([
      'Ann declared INC-1 as SEV2.',
      'You declared INC-1 as SEV2.',
    ]);
    expect(await incidents()).toHaveLength(1);
  });

  it('dismisses with what its reader saw go along, and not with what came later', async () => {
    const link = linkOf(ann);
    const shown = shownAt(await look(link));
    await t.advance(5);
    const later = await t.signal({ title: 'db-3 is down', labels });
    await press(link, { act: 'dismiss', shown });
    expect(await alert(first)).toMatchObject({ disposition: 'dismissed', closedBy: ann.id });
    expect(await alert(second)).toMatchObject({ disposition: 'dismissed', closedBy: ann.id });
    expect(await alert(later)).toMatchObject({ state: 'open', disposition: null });
    expect(await look(link)).toContain('You said that it is not an incident.');
    expect(await tap(link)).toEqual({ said: 'Ann said that it is not an incident.' });
    expect(await incidents()).toEqual([]);
  });

  it('says so when somebody else has decided, or when it is over', async () => {
    await bob.ask('POST', `/alerts/${first}/dismiss`);
    expect(await look(linkOf(ann))).toContain('Bob said that it is not an incident.');
    expect(await tap(linkOf(ann))).toEqual({ said: 'Bob said that it is not an incident.' });
    expect((await press(linkOf(ann), { act: 'take-command' })).status).toBe(303);
    expect((await press(linkOf(ann), { act: 'sing' })).status).toBe(409);
    expect(await incidents()).toEqual([]);
  });

  it('accepts what has become a suspected incident meanwhile', async () => {
    await t.advance(600);
    const page = await look(linkOf(ann));
    expect(page).toContain('suspected incident INC-1 by now');
    expect(page).toContain('1 more like it goes along');
    expect(await tap(linkOf(ann))).toEqual({ said: 'You accepted INC-1 as SEV2.' });
    expect(await incidents()).toMatchObject([{ state: 'active' }]);
  });

  it('accepts it as what was chosen for it', async () => {
    await t.advance(600);
    expect(offeredOn(await look(linkOf(ann)))).toBe('SEV2');
    await press(linkOf(ann), { act: 'declare', offered: 'SEV2', severity: 'SEV1' });
    expect(await incidents()).toMatchObject([{ state: 'active', severity: 'SEV1', severityConfirmed: true }]);
  });

  it('declines what has become a suspected incident meanwhile', async () => {
    await t.advance(600);
    await press(linkOf(ann), { act: 'dismiss' });
    expect(await incidents()).toMatchObject([{ state: 'declined' }]);
    expect(await look(linkOf(ann))).toContain('INC-1 was a false alarm.');
  });

  it('gives its person no more than they may', async () => {
    const link = linkOf(ann);
    await t.ask('PUT', `/users/${ann.id}/role`, { role: 'viewer' });
    const page = await look(link);
    expect(page).toContain('You may look, not decide.');
    expect(page).not.toContain('<form');
    for (const act of ['declare', 'dismiss']) expect((await press(link, { act })).status).toBe(403);
    await t.ask('POST', `/users/${ann.id}/deactivate`);
    for (const response of [await t.app.request(link), await press(link)]) expect(response.status).toBe(404);
    expect(await incidents()).toEqual([]);
    expect(await alert(first)).toMatchObject({ state: 'open', disposition: null });
  });
});
