import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView } from '../alert/contract.ts';
import type { MuteView } from './contract.ts';

type PageView = { readonly state: string; readonly stopReason: string | null };

let t: TestSystem;
let intakePath: string;
let keys = 0;

beforeAll(async () => {
  t = await createTestSystem();
  const { body } = await t.call('POST', '/api/v1/alert-sources', { name: 'Prometheus' });
  intakePath = `/intake/${(body as { key: string }).key}`;
});
afterAll(() => t.close());
beforeEach(() => expect(t.errors).toEqual([]));

const send = async (signal: object = {}): Promise<AlertView> => {
  const body = JSON.stringify({ title: 'Queue is long', dedupKey: `mute-${keys++}`, severity: 'error', ...signal });
  const response = await t.app.request(intakePath, { method: 'POST', body });
  await t.settle();
  return await read(((await response.json()) as { alertId: string }).alertId);
};
const read = async (id: string) => (await t.call('GET', `/api/v1/alerts/${id}`)).body as AlertView;
const pagesOf = async ({ id }: AlertView) =>
  ((await t.call('GET', `/api/v1/pages?alertId=${id}`)).body as { items: PageView[] }).items;
const label = (name: string, value: string) => ({ field: 'label', name, op: 'is', values: [value] });
const inMinutes = (minutes: number) => new Date(t.clock.now().getTime() + minutes * 60_000).toISOString();
const mute = async (match: object[], minutes = 60) => {
  const answer = await t.call('POST', '/api/v1/mutes', {
    match,
    reason: 'We are moving it.',
    endsAt: inMinutes(minutes),
  });
  await t.settle();
  return answer;
};

describe('a mute', () => {
  it('quietens what is open and what comes, says why, and asks when its time is over', async () => {
    const labels = { team: 'a' };
    const [before, other] = [await send({ labels }), await send()];
    const made = await mute([label('team', 'a')], 30);
    expect(made.body).toMatchObject({ active: true, alertCount: 1, createdBy: t.ownerId });
    const after = await send({ labels, severity: 'critical' });
    expect(await pagesOf(before)).toMatchObject([{ state: 'stopped', stopReason: 'muted' }]);
    expect(await pagesOf(after)).toEqual([]);
    expect(after).toMatchObject({ state: 'open', quiet: 'muted', promptDueAt: null, suspectDueAt: null });
    expect(after.reasons.at(-1)?.text).toMatch(/^Muted by Olive Owner until 2026-\S+ \S+ UTC: We are moving it\.$/);
    expect((await read(other.id)).quiet).toBeNull();
    await t.advance(20 * 60);
    expect((await read(after.id)).incidentId).toBeNull();
    await t.advance(11 * 60);
    for (const one of [before, after]) {
      expect(await read(one.id)).toMatchObject({ quiet: null, muteId: null });
      expect((await pagesOf(one))[0]).toMatchObject({ state: 'open' });
    }
    expect((await read(after.id)).suspectDueAt).not.toBeNull();
  });

  it('that somebody ends lets what it kept quiet ask at once, unless another one does', async () => {
    const labels = { team: 'b', host: 'db1' };
    const one = (await mute([label('team', 'b')])).body as MuteView;
    const two = (await mute([label('host', 'db1')], 30)).body as MuteView;
    const alert = await send({ labels });
    expect(alert.muteId).toBe(one.id);
    expect((await t.call('POST', `/api/v1/mutes/${one.id}/end`)).body).toMatchObject({
      active: false,
      endedBy: t.ownerId,
    });
    expect((await read(alert.id)).muteId).toBe(two.id);
    expect(await pagesOf(alert)).toEqual([]);
    await t.call('POST', `/api/v1/mutes/${two.id}/end`);
    await t.settle();
    expect(await pagesOf(alert)).toMatchObject([{ state: 'open' }]);
    expect((await t.call('POST', `/api/v1/mutes/${two.id}/end`)).status).toBe(409);
  });

  it('leaves alone what is in somebody’s hands: a person who was given it is paged', async () => {
    await mute([label('team', 'c')]);
    const alert = await send({ labels: { team: 'c' } });
    await t.call('POST', `/api/v1/alerts/${alert.id}/reassign`, { userId: t.ownerId });
    await t.settle();
    expect(await read(alert.id)).toMatchObject({ quiet: null, muteId: null });
    expect(await pagesOf(alert)).toMatchObject([{ state: 'open' }]);
  });

  it.each([
    ['without a condition', []],
    ['that nothing can fulfil', [label('team', 'x'), label('team', 'y')]],
    ['that compares with nothing', [{ field: 'title', op: 'is', values: [] }]],
  ])('is refused %s', async (_, match) => expect((await mute(match)).status).toBe(400));

  it.each([-1, 91 * 1_440])('is refused with an end in %s minutes', async (minutes) =>
    expect((await mute([label('team', 'x')], minutes)).status).toBe(400),
  );

  it('stands in the list, active or not', async () => {
    const made = (await mute([label('team', 'd')])).body as MuteView;
    const list = async (query: string) =>
      ((await t.call('GET', `/api/v1/mutes${query}`)).body as { items: MuteView[] }).items.map(({ id }) => id);
    expect(await list('?active=true')).toContain(made.id);
    await t.call('POST', `/api/v1/mutes/${made.id}/end`);
    expect(await list('?active=true')).not.toContain(made.id);
    expect(await list('?active=false')).toContain(made.id);
  });
});
