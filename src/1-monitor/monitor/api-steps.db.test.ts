import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { beginWorld } from '../check/check-world.ts';
import { runCheck } from '../check/run-check.ts';
import type { AssignmentAnswer } from '../location/probe-wire.ts';
import { wireResultOf } from '../location/wire-result.ts';
import type { Evidence } from '../result/contract.ts';
import type { CheckAnswer, Monitor } from './contract.ts';

let t: TestSystem;
let server: Server;
let url: string;
/** What the server lets in. */
let expected: string;
beforeEach(async () => {
  t = await createTestSystem();
  expected = 'Basic YWRhOnNlc2FtZQ==';
  server = createServer((request, response) => {
    const isIn = request.headers.authorization === expected || request.headers.authorization === 'Bearer fresh';
    response.writeHead(isIn ? 200 : 401, { 'content-type': 'application/json' });
    response.end(isIn ? '{"token": "fresh", "user": 7}' : `{"why": "${String(request.headers.authorization)}"}`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await t.close();
});

const login = {
  name: 'Log in',
  url: '/login',
  user: 'ada',
  password: '{{password}}',
  take: [{ name: 'token', from: 'json', source: '$.token' }],
};
const orders = { name: 'Orders', url: '/orders', bearerToken: '{{token}}' };
const variables = [{ name: 'password', value: 'sesame', secret: true }];
const asked = (options: object = { variables, steps: [login, orders] }) => ({ kind: 'api', url, options });
type Options = {
  variables: { value: string }[];
  steps: { id: string; headers: object; password: string | null; url: string }[];
};

const add = async (body: object = asked()) => {
  const made = await t.call('POST', '/api/v1/monitors', body);
  expect(made).toMatchObject({ status: 201 });
  return made.body as Monitor & { options: Options };
};
const change = (id: string, body: object) => t.call('PATCH', `/api/v1/monitors/${id}`, body);
const faultOf = async (body: object) => {
  const refused = await t.call('POST', '/api/v1/monitors', body);
  expect(refused.status).toBe(400);
  const [fault] = (refused.body as { errors: { path: string; message: string }[] }).errors;
  return `${fault?.path}: ${fault?.message}`;
};

describe('a check in steps', () => {
  it('is tried before it is saved, and shows each step', async () => {
    const answer = (await t.call('POST', '/api/v1/monitors/test', asked())).body as CheckAnswer;
    expect(answer).toMatchObject({ outcome: 'up', evidence: null });
    expect(answer.steps).toMatchObject([
      { name: 'Log in', outcome: 'passed', status: 200, values: [['token', '[secret]']] },
      { name: 'Orders', outcome: 'passed', tookMs: expect.any(Number) },
    ]);
  });

  it('is stored with its steps, and a failure says which of them failed', async () => {
    const monitor = await add();
    expect(monitor).toMatchObject({ kind: 'api', url: `${url}/`, method: null });
    const now = async () => (await t.call('POST', `/api/v1/monitors/${monitor.id}/check-now`, {})).body as CheckAnswer;
    expect(await now()).toMatchObject({ outcome: 'up' });
    expected = 'Basic other';
    expect(await now()).toMatchObject({ outcome: 'down', status: 401 });
    const runs = (await t.call('GET', `/api/v1/monitors/${monitor.id}/steps`)).body as { items: { steps: object[] }[] };
    expect(runs.items).toMatchObject([
      { outcome: 'down', steps: [{ outcome: 'failed' }, { outcome: 'not-run' }] },
      { outcome: 'up', steps: [{ outcome: 'passed' }, { outcome: 'passed' }] },
    ]);
    const failures = (await t.call('GET', `/api/v1/monitors/${monitor.id}/failures`)).body as { items: Evidence[] };
    expect(failures.items[0]?.summary).toBe('expected status 200–399 (step “Log in”), got 401');
    expect(failures.items[0]?.bodyStart).toBe('{"why": "Basic [secret]"}');
    expect(JSON.stringify([runs, failures])).not.toContain('sesame');
  });

  it('keeps its secrets sealed while steps move, and shows none of them', async () => {
    const own = { ...orders, headers: { 'X-Api-Key': 'deep-key', Accept: 'text/plain' }, bearerToken: 'literal-token' };
    const monitor = await add(asked({ variables, steps: [login, own] }));
    expect(monitor.options.variables[0]?.value).toBe('[secret]');
    expect(monitor.options.steps).toMatchObject([
      { id: 's1', password: '{{password}}' },
      { id: 's2', headers: { 'X-Api-Key': '[secret]', Accept: 'text/plain' }, bearerToken: '[secret]' },
    ]);
    const { steps } = monitor.options;
    const moved = await change(monitor.id, {
      options: { steps: [{ name: 'New', url: '/new' }, ...steps.toReversed()] },
    });
    expect(moved.body).toMatchObject({
      options: {
        variables: [{ value: '[secret]' }],
        steps: [{ id: 's3' }, { id: 's2', bearerToken: '[secret]' }, { id: 's1' }],
      },
    });
    const { rows } = await t.database.pool.query<{ stored: string; sealed: string }>(
      'select (m.question::text || (select jsonb_agg(to_jsonb(a))::text from audit_entry a)) as stored from monitor m',
    );
    expect(rows[0]?.stored).not.toMatch(/sesame|deep-key|literal-token/);
    const unknown = await change(monitor.id, { options: { steps: [{ ...steps[1], id: 'copy' }] } });
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ path: 'body.options.steps.0.headers' }] } });
  });

  it('tries a change with what is stored before it is saved', async () => {
    const monitor = await add();
    const attempt = async (body: object) =>
      (await t.call('POST', `/api/v1/monitors/${monitor.id}/try`, body)).body as CheckAnswer;
    const { steps, variables: shown } = monitor.options;
    expect(await attempt({ options: { variables: shown, steps } })).toMatchObject({ outcome: 'up' });
    const wrong = { options: { variables: [{ name: 'password', value: 'barley', secret: true }] } };
    expect(await attempt(wrong)).toMatchObject({
      outcome: 'down',
      steps: [{ outcome: 'failed' }, { outcome: 'not-run' }],
    });
    const kept = (await t.call('GET', `/api/v1/monitors/${monitor.id}/steps`)).body as { items: object[] };
    expect(kept.items).toEqual([]);
    expect(await t.call('POST', `/api/v1/monitors/${monitor.id}/try`, { method: 'POST' })).toMatchObject({
      status: 400,
    });
  });

  it('does not carry a stored secret to where its requests did not go', async () => {
    const monitor = await add();
    const { steps } = monitor.options;
    const refused = { status: 400, body: { errors: [{ path: 'body.options' }] } };
    const stray = { url: 'http://127.0.0.1:9/x?{{password}}' };
    expect(await change(monitor.id, { options: { steps: [...steps, stray] } })).toMatchObject(refused);
    expect(await change(monitor.id, { url: 'http://127.0.0.1:9/' })).toMatchObject(refused);
    const led = [{ ...steps[0], take: [{ name: 'next', from: 'json', source: '$.next' }] }, { url: '{{next}}' }];
    expect(await change(monitor.id, { options: { steps: led } })).toMatchObject(refused);
    expect((await t.call('POST', `/api/v1/monitors/${monitor.id}/try`, { options: { steps: led } })).status).toBe(400);
    expect(await change(monitor.id, { options: { steps: led, variables } })).toMatchObject({ status: 200 });
    expect((await change(monitor.id, { name: 'Renamed' })).status).toBe(200);
  });

  it('is asked by a probe elsewhere, which hands in its steps', async () => {
    const place = (await t.call('POST', '/api/v1/locations', { name: 'Paris', allowedTargets: ['127.0.0.0/8'] }))
      .body as { id: string };
    const { token } = (await t.call('POST', `/api/v1/locations/${place.id}/probes`, { name: 'Paris 1' })).body as {
      token: string;
    };
    const monitor = await add({ ...asked(), locations: [place.id] });
    const say = async (path: string, body: object) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await t.app.request(`/probe/v1/${path}`, init)).json();
    };
    const load = { monitors: 0, checksRunning: 0, resultsWaiting: 0, resultsDropped: 0, latenessP99Ms: 0, rssBytes: 0 };
    const told = (await say('assignment', { version: '1', load, have: null })) as AssignmentAnswer;
    const [spec] = told.specs;
    if (spec === undefined) throw new Error('the probe is told what to ask');
    const world = beginWorld({ info: () => {}, warn: () => {}, error: () => {} });
    const result = await runCheck(spec, t.clock.now().getTime(), world);
    world.deadlines.close();
    const atMs = t.clock.now().getTime();
    const found = { ...wireResultOf(result), dueAtMs: atMs, startedAtMs: atMs, latenessMs: 0 };
    expect(await say('results', { results: [found] })).toEqual({ taken: 1, ignored: 0 });
    const runs = (await t.call('GET', `/api/v1/monitors/${monitor.id}/steps?locationId=${place.id}`)).body;
    expect(runs).toMatchObject({
      items: [
        { locationId: place.id, outcome: 'up', steps: [{ name: 'Log in', outcome: 'passed' }, { outcome: 'passed' }] },
      ],
    });
  });

  it.each([
    [{ steps: [] }, 'body.options.steps: name at least one step'],
    [{ steps: [{ url: '/{{id}}' }] }, 'body.options.steps.0.url: nothing gives {{id}} a value here: define'],
    [{ steps: [orders, login] }, 'body.options.steps.0.bearerToken: nothing gives {{token}} a value here'],
    [{ steps: [{ body: '{{order id}}' }] }, 'body.options.steps.0.body: {{order id}} is no name'],
    [
      { steps: [{ url: '{{$now}}' }] },
      'body.options.steps.0.url: nothing gives {{$now}} a value here: there is {{$uuid}}',
    ],
    [{ steps: [{ url: 'http://10.1.2.3/' }] }, 'body.options.steps.0.url: 10.1.2.3 is a private address'],
    [{ steps: [{ url: '//169.254.169.254/' }] }, 'body.options.steps.0.url: 169.254.169.254 is a metadata address'],
    [{ steps: [{ url: 'ftp://example.org' }] }, 'body.options.steps.0.url: ftp: is neither'],
    [
      { steps: [{ take: login.take }, { url: 'http://{{token}}.example.org' }] },
      'body.options.steps.1.url: {{token}} stands in the host',
    ],
    [
      { variables: [{ name: 'base', value: 'http://10.1.2.3' }], steps: [{ url: '{{base}}/x' }] },
      'body.options.steps.0.url: 10.1.2.3 is',
    ],
    [{ variables: [{ name: 'a b', value: '' }] }, 'body.options.variables.0.name: expected a name'],
    [{ variables: [variables[0], variables[0]] }, 'body.options.variables.1.name: is the name of another'],
    [{ variables: [{ name: 'a', value: '[secret]', secret: true }] }, 'body.options.variables.0.value: is masked'],
    [
      { steps: [{ take: [{ name: 'a', from: 'json', source: '$.a[(' }] }] },
      'body.options.steps.0.take.0.source: the path holds a script',
    ],
    [
      { steps: [{ take: [{ name: 'a', from: 'body', source: '(' }] }] },
      'body.options.steps.0.take.0.source: expected a regular',
    ],
    [
      { steps: [{ take: [{ name: 'a', from: 'cookie', source: 'a b' }] }] },
      'body.options.steps.0.take.0.source: expected the name of a cookie',
    ],
    [
      { steps: [{ assertions: [{ kind: 'json', path: '$[', test: 'exists' }] }] },
      'body.options.steps.0.assertions.0.path',
    ],
    [{ steps: Array.from({ length: 21 }, () => ({})) }, 'body.options.steps'],
    [{ clientKeyPem: 'x' }, 'body.options.clientCertificatePem'],
  ])('refuses %j by its field', async (options, words) => {
    expect(await faultOf(asked(options))).toContain(words);
  });
});
