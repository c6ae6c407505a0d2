import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Crew, createCrew, type Responder } from '#test/harness/crew.ts';
import type { NewSignal } from './signal.ts';
import { writeBatchAlone } from './write-batch.ts';

type PageView = { readonly state: string; readonly title: string; readonly alertId: string };

let t: Crew;
let ann: Responder;

beforeEach(async () => {
  t = await createCrew();
  ann = await t.hire('Ann');
  await t.escalateTo([{ userIds: [ann.id], delaySeconds: 300 }]);
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.end();
});

/** Stores signals as the intake does when its process dies before it has told anybody; answers with their alerts. */
async function store(titles: readonly string[]): Promise<string[]> {
  const now = t.clock.now();
  const signals = titles.map((title): NewSignal => ({
    workspaceId: t.workspaceId,
    scope: 'test',
    dedupKey: title,
    status: 'firing',
    severity: 'critical',
    title,
    origin: 'intake',
    alertSourceId: null,
    alertSourceName: null,
    monitorId: null,
    serviceId: null,
    drill: false,
    source: null,
    labels: '{}',
    url: null,
    evidence: null,
    payload: '{}',
    beganAt: now,
    receivedAt: now,
  }));
  const { alertIds } = await writeBatchAlone(t.system.database, signals);
  return signals.map((signal) => alertIds.get(signal) ?? '');
}

const pages = async () => (await t.ask<{ items: PageView[] }>('GET', '/pages')).items;

it('pages nobody for an alert that was acknowledged before later stages were told of it', async () => {
  const [answered = '', open] = await store(['checkout is down', 'ledger is down']);
  await ann.ask('POST', `/alerts/${answered}/acknowledge`);
  await t.settle();
  expect((await pages()).map(({ alertId }) => alertId)).toEqual([open]);
  expect(ann.read()).toEqual(['[PAGE] ledger is down']);
});

it('lets no alert that was acknowledged so early ask for a storm', async () => {
  await t.ask('PATCH', '/alert-settings', { stormPerMinute: 5 });
  const [answered = ''] = await store(Array.from({ length: 12 }, (_, i) => `db-${i} is down`));
  await ann.ask('POST', `/alerts/${answered}/acknowledge`);
  await t.settle();
  const open = (await pages()).filter(({ state }) => state === 'open');
  expect(open.map(({ title }) => title)).toEqual([expect.stringMatching(/^Alert storm: \d+ alerts/)]);
  expect(open[0]?.alertId).not.toBe(answered);
});
