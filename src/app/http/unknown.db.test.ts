import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Hono } from 'hono';
import { PIPELINE } from '#app/pipeline.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { createDashboard } from './dashboard.ts';
import { createApplication } from './server.ts';

let t: TestSystem;
let app: Hono;
const dir = mkdtempSync(join(tmpdir(), 'allclear-dashboard-'));

beforeAll(async () => {
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Dashboard</title>');
  t = await createTestSystem();
  app = createApplication(t.system, PIPELINE, '0.0.0-test', await createDashboard(dir));
});
afterAll(async () => {
  await t.close();
  rmSync(dir, { recursive: true, force: true });
});

const opsgenie = { message: expect.stringContaining('There is no') as string, requestId: expect.any(String) as string };
const pagerduty = { status: 'not found', errors: [expect.stringContaining('There is no'.toLowerCase()) as string] };
const problem = { status: 404, code: 'not_found' };

it.each([
  ['GET', '/v2/heartbeats', opsgenie],
  ['GET', '/v2/alerts/x/notes', opsgenie],
  ['GET', '/v2', opsgenie],
  ['GET', '/opsgenie/v2/users', opsgenie],
  ['POST', '/opsgenie/v1/json/users', opsgenie],
  ['GET', '/v2/enqueue', pagerduty],
  ['GET', '/pagerduty/incidents', pagerduty],
  ['POST', '/pagerduty/v3/enqueue', pagerduty],
  ['GET', '/generic/2010-04-15', pagerduty],
  ['GET', '/intake/foo', problem],
  ['POST', '/intake/foo/bar', problem],
  ['GET', '/intake', problem],
  ['GET', '/hooks/slack/interact', problem],
  ['POST', '/hooks/foo', problem],
  ['GET', '/beat', problem],
  ['GET', '/push', problem],
  ['GET', '/api', problem],
  ['GET', '/api/v1/foo', problem],
  ['GET', '/api/v2/alerts', problem],
])('%s %s is not found, in the words of whoever asks there', async (method, path, body) => {
  const answer = await app.request(path, { method });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toContain('json');
  expect(await answer.json()).toMatchObject(body);
});

it('the dashboard answers for its own screens', async () => {
  for (const path of ['/', '/alerts', '/incidents/inc_1', '/settings/alert-sources'])
    expect(await (await app.request(path)).text()).toContain('Dashboard');
});
