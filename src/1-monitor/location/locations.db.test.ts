import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { nextGridPointMs } from '../check/grid.ts';
import type { Monitor } from '../monitor/contract.ts';
import type { LocationView } from './contract.ts';
import type { AssignmentAnswer, WireResult } from './probe-wire.ts';

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.close();
});

const LOAD = { monitors: 0, checksRunning: 0, resultsWaiting: 0, resultsDropped: 0, latenessP99Ms: 0, rssBytes: 0 };

type Place = LocationView & { token: string; probeId: string };

async function place(name: string, allowedTargets: string[] = []): Promise<Place> {
  const made = (await t.call('POST', '/api/v1/locations', { name, allowedTargets })).body as LocationView;
  const added = await t.call('POST', `/api/v1/locations/${made.id}/probes`, { name: `${name} 1` });
  const { id, token } = added.body as { id: string; token: string };
  return { ...made, token, probeId: id };
}

async function tell(token: string, path: string, body: unknown) {
  const response = await t.app.request(`/probe/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as never };
}

const ask = async (token: string, have: string | null = null) => {
  const answer = await tell(token, 'assignment', { version: '1.0.0', load: LOAD, have });
  return answer as { status: number; body: AssignmentAnswer };
};

function found(monitorId: string, outcome: WireResult['outcome'], atMs = t.clock.now().getTime()): WireResult {
  return {
    monitorId,
    dueAtMs: atMs,
    startedAtMs: atMs,
    latenessMs: 0,
    outcome,
    totalMs: 12,
    phases: { dnsMs: 0, tcpMs: 1, tlsMs: null, firstByteMs: 10, transferMs: 1 },
    status: outcome === 'up' ? 200 : 503,
    address: '127.0.0.1',
    certificateExpiresAtMs: null,
    failures: outcome === 'up' ? [] : [{ expected: 'status 200–399', got: '503' }],
    error: null,
    evidence: outcome === 'up' ? null : { headers: [['server', 'nginx']], bodyStart: 'sorry' },
  };
}

const monitorAt = async (locations: string[], more: object = {}) =>
  (await t.call('POST', '/api/v1/monitors', { url: 'https://example.org/', locations, ...more })).body as Monitor;
const read = async (id: string) => (await t.call('GET', `/api/v1/monitors/${id}`)).body as Monitor;
const say = (one: Place, monitorId: string, outcome: WireResult['outcome'], atMs?: number) =>
  tell(one.token, 'results', { results: [found(monitorId, outcome, atMs)] });

describe('a probe', () => {
  it('is told what to check, once, and what changed since', async () => {
    const paris = await place('Paris', ['10.0.0.0/8']);
    const monitor = await monitorAt([paris.id], { headers: { Authorization: 'Bearer deep' } });
    await monitorAt(['home']);
    const first = await ask(paris.token);
    expect(first.body).toMatchObject({ location: 'Paris' });
    expect(first.body.specs).toMatchObject([
      { monitorId: monitor.id, headers: { Authorization: 'Bearer deep' }, allowedTargets: ['10.0.0.0/8'] },
    ]);
    expect((await ask(paris.token, first.body.tag)).status).toBe(204);
    await t.call('PATCH', `/api/v1/monitors/${monitor.id}`, { intervalSeconds: 60 });
    expect((await ask(paris.token, first.body.tag)).body.specs).toMatchObject([{ intervalMs: 60_000 }]);
    await t.call('POST', `/api/v1/monitors/${monitor.id}/pause`, {});
    expect((await ask(paris.token, first.body.tag)).body.specs).toEqual([]);
  });

  it('is shown with its load and version, and is nobody once it is revoked', async () => {
    const paris = await place('Paris');
    const listed = async () => (await t.call('GET', '/api/v1/locations')).body as { items: LocationView[] };
    expect((await listed()).items[0]?.probes).toMatchObject([{ name: 'Paris 1', state: 'waiting', load: null }]);
    await ask(paris.token);
    expect((await listed()).items[0]?.probes).toMatchObject([{ state: 'live', version: '1.0.0', load: LOAD }]);
    await t.call('DELETE', `/api/v1/probes/${paris.probeId}`);
    expect((await ask(paris.token)).status).toBe(401);
    expect((await tell('probe_0000000000000000000000', 'assignment', {})).status).toBe(401);
    expect(await t.call('DELETE', `/api/v1/probes/${paris.probeId}`)).toMatchObject({ status: 409 });
  });

  it('shares its place with another, each monitor to one, and takes over a silent one', async () => {
    const paris = await place('Paris');
    const second = await t.call('POST', `/api/v1/locations/${paris.id}/probes`, { name: 'Paris 2' });
    const { token } = second.body as { token: string };
    for (let n = 0; n < 8; n++) await monitorAt([paris.id]);
    await ask(paris.token);
    const both = [...(await ask(token)).body.specs, ...(await ask(paris.token)).body.specs];
    expect(new Set(both.map(({ monitorId }) => monitorId)).size).toBe(8);
    expect(both.length).toBe(8);
    await t.database.pool.query("update probe set seen_at = seen_at - interval '11 seconds' where name = 'Paris 1'");
    expect((await ask(token)).body.specs.length).toBe(8);
  });

  it('hands in only what is its own: other places, other workspaces and other times are ignored', async () => {
    const [paris, rome] = [await place('Paris'), await place('Rome')];
    const monitor = await monitorAt([paris.id]);
    await say(rome, monitor.id, 'down');
    const tomorrow = t.clock.now().getTime() + 86_400_000;
    expect((await say(paris, monitor.id, 'down', tomorrow)).body).toEqual({ taken: 0, ignored: 1 });
    const begun = { ...found(monitor.id, 'down'), startedAtMs: tomorrow };
    expect((await tell(paris.token, 'results', { results: [begun] })).body).toEqual({ taken: 0, ignored: 1 });
    expect(await read(monitor.id)).toMatchObject({ state: 'unknown', lastResult: null });
  });

  it('loses no result to another that cannot be taken', async () => {
    const paris = await place('Paris');
    const monitor = await monitorAt([paris.id]);
    const hostile = { ...found(monitor.id, 'down'), evidence: { headers: [['x', 'y'.repeat(600)]], bodyStart: '' } };
    const sent = await tell(paris.token, 'results', { results: [hostile, found(monitor.id, 'up')] });
    expect(sent).toMatchObject({ status: 200, body: { taken: 1, ignored: 1 } });
    expect((await read(monitor.id)).lastResult).toMatchObject({ outcome: 'up' });
  });

  it.each([
    ['not JSON', '{', 'not JSON'],
    ['another shape', '{"results":[{"monitorId":5}]}', ''],
    ['too many', JSON.stringify({ results: Array.from({ length: 501 }, () => ({})) }), ''],
  ])('that sends %s is told so', async (_, body, words) => {
    const paris = await place('Paris');
    const response = await t.app.request('/probe/v1/results', {
      method: 'POST',
      headers: { authorization: `Bearer ${paris.token}` },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(words);
  });

  it('that falls silent is an alert, which ends when it reports again', async () => {
    const paris = await place('Paris');
    await ask(paris.token);
    await t.database.pool.query("update probe set seen_at = seen_at - interval '61 seconds'");
    await t.advance(20);
    const alerts = async () => (await t.call('GET', '/api/v1/alerts')).body as { items: object[] };
    expect((await alerts()).items).toMatchObject([{ title: 'Probe Paris 1 in Paris is lost', state: 'open' }]);
    await ask(paris.token);
    await t.advance(20);
    expect((await alerts()).items).toMatchObject([{ state: 'closed' }]);
  });
});

describe('a monitor that is asked from several places', () => {
  it('is down when most of them say so, names them, and shows each', async () => {
    const [paris, rome, oslo] = [await place('Paris'), await place('Rome'), await place('Oslo')];
    const monitor = await monitorAt([paris.id, rome.id, oslo.id]);
    for (const one of [paris, rome, oslo]) await say(one, monitor.id, 'up');
    await t.advance(30);
    await say(paris, monitor.id, 'down');
    expect(await read(monitor.id)).toMatchObject({ state: 'up' });
    await t.advance(1);
    const secondAt = t.clock.now().toISOString();
    await say(rome, monitor.id, 'down');
    await t.settle();
    const shown = await read(monitor.id);
    expect(shown).toMatchObject({ state: 'down', since: secondAt, confirm: { locations: null } });
    expect(shown.locations.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual([
      'Oslo up',
      'Paris down',
      'Rome down',
    ]);
    const { items } = (await t.call('GET', '/api/v1/alerts')).body as { items: { evidence: object }[] };
    expect(items[0]?.evidence).toMatchObject({
      location: 'Rome',
      summary: '2 of 3 places: expected status 200–399, got 503',
    });
    const failures = (await t.call('GET', `/api/v1/monitors/${monitor.id}/failures`)).body as { items: object[] };
    expect(failures.items).toMatchObject([{ location: 'Rome' }, { location: 'Paris' }]);
    const results = (await t.call('GET', `/api/v1/monitors/${monitor.id}/results?locationId=${oslo.id}`)).body;
    expect(results).toMatchObject({ items: [{ locationId: oslo.id, outcome: 'up' }] });
  });

  it('is asked by them in turns, and says when the next one asks', async () => {
    const [paris, rome] = [await place('Paris'), await place('Rome')];
    const monitor = await monitorAt([paris.id, rome.id, 'home']);
    const told = [await ask(paris.token), await ask(rome.token)].map(({ body }) => body.specs[0]?.offsetMs);
    expect(told.toSorted()).toEqual([10_000, 20_000]);
    const grid = [0, ...told].map((offsetMs) => nextGridPointMs(monitor.id, 30_000, t.clock.now().getTime(), offsetMs));
    expect((await read(monitor.id)).nextCheckAt).toBe(new Date(Math.min(...grid)).toISOString());
    await t.call('PATCH', `/api/v1/monitors/${monitor.id}`, { locations: [paris.id] });
    expect((await ask(paris.token)).body.specs[0]).not.toHaveProperty('offsetMs');
  });

  it('waits for the first words of so many as must agree, and no longer than a place may be silent', async () => {
    const [paris, rome, oslo] = [await place('Paris'), await place('Rome'), await place('Oslo')];
    const monitor = await monitorAt([paris.id, rome.id, oslo.id]);
    const state = async () => ((await t.call('GET', `/api/v1/monitors/${monitor.id}`)).body as Monitor).state;
    await say(paris, monitor.id, 'down');
    expect(await state()).toBe('unknown');
    await say(rome, monitor.id, 'down');
    expect(await state()).toBe('down');

    for (const act of ['pause', 'resume']) await t.call('POST', `/api/v1/monitors/${monitor.id}/${act}`);
    t.clock.advance(30);
    await say(paris, monitor.id, 'down');
    expect(await state()).toBe('unknown');
    // Three intervals, its timeout and a minute: the two that never came back are not waited for.
    for (let n = 0; n < 6; n += 1) {
      t.clock.advance(30);
      await say(paris, monitor.id, 'down');
    }
    await t.settle();
    expect(await state()).toBe('down');
  });

  it('keeps two failures of the same instant from two places', async () => {
    const [paris, rome] = [await place('Paris'), await place('Rome')];
    const monitor = await monitorAt([paris.id, rome.id]);
    const atMs = t.clock.now().getTime();
    await say(paris, monitor.id, 'down', atMs);
    await say(rome, monitor.id, 'down', atMs);
    const rows = (await t.call('GET', `/api/v1/monitors/${monitor.id}/results?limit=1`)).body as {
      items: object[];
      nextCursor: string;
    };
    const more = await t.call('GET', `/api/v1/monitors/${monitor.id}/results?limit=1&cursor=${rows.nextCursor}`);
    const both = [...rows.items, ...(more.body as { items: object[] }).items] as { locationId: string }[];
    expect(new Set(both.map(({ locationId }) => locationId))).toEqual(new Set([paris.id, rome.id]));
    const failures = (await t.call('GET', `/api/v1/monitors/${monitor.id}/failures`)).body as { items: object[] };
    expect(failures.items).toHaveLength(2);
  });

  it('goes on with the others when a place falls blind, and is unknown with the last', async () => {
    const [paris, rome] = [await place('Paris'), await place('Rome')];
    const monitor = await monitorAt([paris.id, rome.id]);
    await say(paris, monitor.id, 'up');
    await say(rome, monitor.id, 'up');
    for (let n = 0; n < 10; n++) {
      await t.advance(30);
      await say(rome, monitor.id, 'up');
    }
    const half = await read(monitor.id);
    expect(half.state).toBe('up');
    expect(half.locations.find(({ name }) => name === 'Paris')?.state).toBe('unknown');
    await t.advance(300);
    expect((await read(monitor.id)).state).toBe('unknown');
  });

  it('keeps what a place hands in late, in its place in time, and alarms nobody with it', async () => {
    const paris = await place('Paris');
    const monitor = await monitorAt([paris.id]);
    await say(paris, monitor.id, 'up');
    const then = t.clock.now().getTime() + 30_000;
    await t.advance(600);
    expect((await read(monitor.id)).state).toBe('unknown');
    const late = Array.from({ length: 18 }, (_, n) => found(monitor.id, n < 6 ? 'down' : 'up', then + n * 30_000));
    expect((await tell(paris.token, 'results', { results: late })).body).toEqual({ taken: 18, ignored: 0 });
    await t.settle();
    const { items } = (await t.call('GET', `/api/v1/monitors/${monitor.id}/results?limit=200`)).body as {
      items: object[];
    };
    expect(items).toHaveLength(19);
    expect((await t.call('GET', '/api/v1/alerts')).body).toMatchObject({ items: [] });
    expect((await read(monitor.id)).state).toBe('up');
    // Again: nothing twice.
    await tell(paris.token, 'results', { results: late });
    const again = (await t.call('GET', `/api/v1/monitors/${monitor.id}/results?limit=200`)).body as { items: object[] };
    expect(again.items).toHaveLength(19);
  });

  it('is judged anew when a failing place is taken away, or fewer must agree', async () => {
    const [paris, rome, oslo] = [await place('Paris'), await place('Rome'), await place('Oslo')];
    const monitor = await monitorAt([paris.id, rome.id, oslo.id]);
    await say(rome, monitor.id, 'up');
    await say(oslo, monitor.id, 'up');
    await say(paris, monitor.id, 'down');
    const change = async (body: object) => (await t.call('PATCH', `/api/v1/monitors/${monitor.id}`, body)).body;
    await t.advance(30);
    const now = t.clock.now().toISOString();
    expect(await change({ confirm: { failures: 1, locations: 1 } })).toMatchObject({ state: 'down', since: now });
    await t.advance(30);
    expect(await change({ locations: [rome.id, oslo.id] })).toMatchObject({ state: 'up' });
    const { rows } = await t.database.pool.query(
      "select extract(epoch from ended_at - started_at)::int as seconds from state_interval where state = 'down'",
    );
    expect(rows).toEqual([{ seconds: 30 }]);
  });

  it('comes home and goes out again without losing what is known', async () => {
    const paris = await place('Paris');
    const monitor = await monitorAt(['home']);
    const both = await t.call('PATCH', `/api/v1/monitors/${monitor.id}`, { locations: ['home', paris.id] });
    expect((both.body as Monitor).locations.map(({ id }) => id).toSorted()).toEqual(['home', paris.id]);
    await say(paris, monitor.id, 'up');
    expect((await read(monitor.id)).state).toBe('up');
    const home = await t.call('PATCH', `/api/v1/monitors/${monitor.id}`, { locations: ['home'] });
    expect(home.body).toMatchObject({ state: 'up', locations: [] });
    expect((await ask(paris.token)).body.specs).toEqual([]);
  });
});

describe('another confirmation policy', () => {
  it('is tried on what is stored, from every place, and changes nothing', async () => {
    const [paris, rome] = [await place('Paris'), await place('Rome')];
    const monitor = await monitorAt([paris.id, rome.id]);
    const beganMs = t.clock.now().getTime() - 600_000;
    const hand = (one: Place, text: string) =>
      tell(one.token, 'results', {
        results: [...text].map((letter, n) => found(monitor.id, letter === 'd' ? 'down' : 'up', beganMs + n * 30_000)),
      });
    await hand(paris, 'uduuddu');
    await hand(rome, 'uuuuddu');
    const ask = (confirm: object) => t.call('POST', `/api/v1/monitors/${monitor.id}/replay`, { confirm, days: 1 });
    expect((await ask({ failures: 1, locations: 1 })).body).toMatchObject({
      checks: 14,
      now: { downs: 1, downSeconds: 60 },
      proposed: { downs: 2 },
      spared: 0,
      laterSeconds: 0,
    });
    expect((await ask({ failures: 2 })).body).toMatchObject({ proposed: { downs: 1 }, laterSeconds: 30 });
    expect((await ask({ failures: 3 })).body).toMatchObject({ proposed: { downs: 0 }, spared: 1, laterSeconds: null });
    expect(await ask({ failures: 0 })).toMatchObject({ status: 400 });
    expect((await read(monitor.id)).confirm).toMatchObject({ failures: 1 });
  });
});

describe('a location', () => {
  it('has a name of its own, and is kept while monitors are asked from it', async () => {
    const paris = await place('Paris');
    expect(await t.call('POST', '/api/v1/locations', { name: 'paris' })).toMatchObject({ status: 400 });
    const monitor = await monitorAt([paris.id]);
    expect(await t.call('DELETE', `/api/v1/locations/${paris.id}`)).toMatchObject({ status: 409 });
    await t.call('DELETE', `/api/v1/monitors/${monitor.id}`);
    expect((await t.call('DELETE', `/api/v1/locations/${paris.id}`)).status).toBe(204);
    expect((await ask(paris.token)).status).toBe(401);
    expect(await monitorAt([paris.id])).toMatchObject({ errors: [{ path: 'body.locations' }] });
  });

  it('takes networks, and private addresses are asked from there without being allowed here', async () => {
    expect(await t.call('POST', '/api/v1/locations', { name: 'Rack', allowedTargets: ['all'] })).toMatchObject({
      status: 400,
    });
    const rack = await place('Rack', ['10.0.0.0/8']);
    const url = 'http://10.1.2.3/';
    expect(await monitorAt(['home'], { url })).toMatchObject({ errors: [{ path: 'body.url' }] });
    expect(await monitorAt([rack.id], { url })).toMatchObject({ url });
  });
});
