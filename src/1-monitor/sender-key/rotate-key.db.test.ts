import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSeconds } from '#kernel/duration.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { Monitor } from '../contract.ts';

let t: TestSystem;
beforeEach(async () => void (t = await createTestSystem()));
afterEach(() => t.close());

const heartbeat = { path: '/heartbeats', body: { name: 'Backup', periodSeconds: 60 }, sent: '' };
const value = { path: '/pushed-values', body: { name: 'Queue', test: 'at-most', value: 100 }, sent: '?value=1' };

describe.each([
  ['a heartbeat', heartbeat],
  ['a pushed value', value],
])('the address of %s', (_, { path, body, sent }) => {
  let before: Monitor;
  beforeEach(async () => void (before = (await t.call('POST', `/api/v1${path}`, body)).body as Monitor));

  const told = ({ heartbeat: beats, pushedValue }: Monitor) => beats ?? pushedValue;
  const addressOf = ({ heartbeat: beats, pushedValue }: Monitor) =>
    new URL(beats?.beatUrl ?? pushedValue?.pushUrl ?? '').pathname;
  const send = async (monitor: Monitor) => (await t.app.request(`${addressOf(monitor)}${sent}`)).status;
  const rotate = async (graceSeconds?: number) =>
    (await t.call('POST', `/api/v1/monitors/${before.id}/key`, graceSeconds === undefined ? {} : { graceSeconds }))
      .body as Monitor;
  const read = async () => (await t.call('GET', `/api/v1/monitors/${before.id}`)).body as Monitor;

  it('is taken beside the new one for the grace, and no longer', async () => {
    const after = await rotate(3_600);
    expect(addressOf(after)).not.toBe(addressOf(before));
    expect(told(after)?.previousKeyUntil).toBe(addSeconds(t.clock.now(), 3_600).toISOString());
    expect([await send(before), await send(after)]).toEqual([200, 200]);
    t.clock.advance(3_601);
    expect([await send(before), await send(after)]).toEqual([404, 200]);
    expect(told(await read())?.previousKeyUntil).toBeNull();
  });

  it('is revoked at once without a grace, by the next rotation, or on demand', async () => {
    const second = await rotate(0);
    expect([await send(before), await send(second)]).toEqual([404, 200]);
    const third = await rotate();
    const fourth = await rotate();
    expect([await send(second), await send(third), await send(fourth)]).toEqual([404, 200, 200]);
    const { body: revoked } = await t.call('DELETE', `/api/v1/monitors/${before.id}/previous-key`);
    expect(told(revoked as Monitor)?.previousKeyUntil).toBeNull();
    expect([await send(third), await send(fourth)]).toEqual([404, 200]);
  });

  it('is nobody’s once the monitor is archived', async () => {
    const after = await rotate(3_600);
    await t.call('DELETE', `/api/v1/monitors/${before.id}`);
    expect([await send(before), await send(after)]).toEqual([404, 404]);
    expect((await t.call('POST', `/api/v1/monitors/${before.id}/key`, {})).status).toBe(404);
  });

  it('opens no other door', async () => {
    const key = addressOf(before).split('/').at(-1);
    await rotate(3_600);
    const other = path === '/heartbeats' ? '/push' : '/beat';
    expect((await t.app.request(`${other}/${key}?value=1`)).status).toBe(404);
  });
});

it('is refused for a monitor that asks by itself', async () => {
  const { body } = await t.call('POST', '/api/v1/monitors', { url: 'https://shop.example' });
  const answer = await t.call('POST', `/api/v1/monitors/${(body as Monitor).id}/key`, {});
  expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('asks by itself') } });
});
