import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';

type Body = Record<string, unknown> & { id: string };
const MINUTE = 60;
const DAY = 86_400;

describe('learning from a resolved incident', () => {
  let world: TestSystem;
  let incidentId: string;
  let postmortem: Body;

  beforeAll(async () => {
    world = await createTestSystem({ start: '2026-11-25T10:00:00Z' });
    incidentId = await declareAndResolve({ severity: 'SEV2', customerFacing: true });
  });
  afterAll(() => world.close());

  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await world.call(method, `/api/v1${path}`, body);
    return { status: answer.status, body: answer.body as Body };
  };

  async function declareAndResolve(declaration: { severity: string; customerFacing: boolean; kind?: string }) {
    const { body } = await call('POST', '/incidents', { title: 'Checkout fails', ...declaration });
    await world.advance(10 * MINUTE);
    if (declaration.customerFacing)
      await call('POST', `/incidents/${body.id}/updates`, { status: 'investigating', body: 'Some checkouts fail.' });
    await world.advance(10 * MINUTE);
    expect((await call('POST', `/incidents/${body.id}/resolve`, {})).status).toBe(200);
    return body.id;
  }

  it('drafts a postmortem from the record, with what it cannot know left empty', async () => {
    const { status, body } = await call('GET', `/incidents/${incidentId}/postmortem`);
    expect(status).toBe(200);
    postmortem = body;
    const sections = body['sections'] as Record<string, string>;
    expect(sections['summary']).toContain('lasted 20 m');
    expect(sections['timeline']).toContain('| 10:10:00 | Public update: Some checkouts fail. |');
    expect(sections['root-cause']).toBe('');
    const facts = body['facts'] as { key: string; text: string; known: boolean }[];
    expect(facts.find(({ key }) => key === 'silence')?.text).toMatch(/^10 m/);
    expect(facts.find(({ key }) => key === 'failed-checks')).toMatchObject({ known: false });
  });

  it('keeps what two people write at once: the second is told, and nothing is overwritten', async () => {
    const version = postmortem['version'];
    const first = await call('PATCH', `/postmortems/${postmortem.id}`, {
      version,
      sections: { 'root-cause': 'A release ran out of connections.' },
    });
    expect(first.status).toBe(200);
    const second = await call('PATCH', `/postmortems/${postmortem.id}`, {
      version,
      sections: { 'root-cause': 'Something else.' },
    });
    expect(second.status).toBe(409);
    const now = (await call('GET', `/postmortems/${postmortem.id}`)).body;
    expect((now['sections'] as Record<string, string>)['root-cause']).toBe('A release ran out of connections.');
    postmortem = now;
  });

  it('is reviewed only once its sections hold words, and approved only after review', async () => {
    expect((await call('POST', `/postmortems/${postmortem.id}/approve`)).status).toBe(409);
    await call('PATCH', `/postmortems/${postmortem.id}`, { version: postmortem['version'], sections: { summary: '' } });
    expect((await call('POST', `/postmortems/${postmortem.id}/review`)).body['detail']).toContain('Summary');
    postmortem = (await call('GET', `/postmortems/${postmortem.id}`)).body;
    await call('PATCH', `/postmortems/${postmortem.id}`, {
      version: postmortem['version'],
      sections: { summary: 'Checkouts failed for 20 minutes.' },
    });
    expect((await call('POST', `/postmortems/${postmortem.id}/review`)).body).toMatchObject({ state: 'in-review' });
    expect((await call('POST', `/postmortems/${postmortem.id}/approve`)).body).toMatchObject({ state: 'approved' });
  });

  it('refuses an action item that is vague, ownerless or past, and takes one that is not', async () => {
    const good = {
      title: 'Add a canary to deploys',
      doneWhen: 'a failing canary stops the deploy',
      ownerId: world.ownerId,
      dueOn: '2026-12-05',
    };
    for (const bad of [
      { title: 'Be careful' },
      { doneWhen: 'done' },
      { dueOn: '2026-11-01' },
      { ownerId: 'usr_nobody' },
    ]) {
      const { status, body } = await call('POST', `/incidents/${incidentId}/action-items`, { ...good, ...bad });
      expect(status).toBe(400);
      expect((body['errors'] as { path: string }[]).map(({ path }) => path)).toEqual([`body.${Object.keys(bad)[0]}`]);
    }
    expect((await call('POST', `/incidents/${incidentId}/action-items`, good)).status).toBe(201);
  });

  it('lets a date move only with a reason, which stays', async () => {
    const [item] = (await call('GET', `/action-items?incidentId=${incidentId}`)).body['items'] as Body[];
    expect((await call('PATCH', `/action-items/${item?.id}`, { dueOn: '2026-12-20' })).status).toBe(400);
    const moved = await call('PATCH', `/action-items/${item?.id}`, {
      dueOn: '2026-12-20',
      reason: 'waits for the new build machines',
    });
    expect(moved.body['moves']).toMatchObject([
      { from: '2026-12-05', to: '2026-12-20', reason: 'waits for the new build machines' },
    ]);
  });

  it('publishes only with a public copy, or with the reason for having none', async () => {
    const refused = await call('POST', `/postmortems/${postmortem.id}/publish`, {});
    expect(refused.status).toBe(400);
    const published = await call('POST', `/postmortems/${postmortem.id}/publish`, {
      publicBody: 'A release ran out of connections.',
    });
    expect(published.body).toMatchObject({ state: 'published' });
    const promises = (await call('GET', `/incidents/${incidentId}/promises`)).body['items'] as Body[];
    expect(promises.find((promise) => promise['kind'] === 'postmortem')).toMatchObject({ state: 'kept' });
  });

  it('counts the incident, its times and its promises, and leaves drills and false alarms out', async () => {
    await declareAndResolve({ severity: 'SEV1', customerFacing: true, kind: 'drill' });
    const falseAlarm = (await call('POST', '/incidents', { title: 'Nothing was wrong', severity: 'SEV3' })).body;
    await call('POST', `/incidents/${falseAlarm.id}/decline`, {});
    await world.advance(1);
    const { body } = await call('GET', '/insights');
    expect(body).toMatchObject({ incidents: 1, falseAlarms: 1, cadenceKept: 1, impactSeconds: 20 * MINUTE });
    const times = body['times'] as { key: string; medianSeconds: number | null; missing: number }[];
    expect(times.find(({ key }) => key === 'time-to-first-update')).toMatchObject({ medianSeconds: 10 * MINUTE });
    expect(times.find(({ key }) => key === 'time-to-acknowledge')).toMatchObject({ medianSeconds: null, missing: 1 });
  });

  it('shows an item that nobody finished as overdue, and its promise as broken', async () => {
    world.clock.advance(30 * DAY);
    await world.settle();
    const overdue = (await call('GET', '/action-items?overdue=true')).body['items'] as Body[];
    expect(overdue).toHaveLength(1);
    const promises = (await call('GET', `/incidents/${incidentId}/promises`)).body['items'] as Body[];
    expect(
      promises
        .filter((promise) => promise['kind'] === 'action-item')
        .map((promise) => promise['state'])
        .toSorted(),
    ).toEqual(['broken', 'waived']);
    expect(world.errors).toEqual([]);
  });
});
