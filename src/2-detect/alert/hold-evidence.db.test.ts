import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Evidence, recordBatch } from '#monitor';
import { observed } from '#test/harness/observed.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { AlertView } from './contract.ts';
import { unlinkAlertsFromIncident } from './link-alerts.ts';

let t: TestSystem;
let id: string;
afterEach(() => t.close());

/** Checks a second apart from now on, each with a picture where it failed. */
async function record(count: number, outcome: 'up' | 'down') {
  const now = t.clock.now().getTime();
  for (let i = 0; i < count; i += 1) {
    const at = new Date(now + i * 1_000);
    const seen = observed({ workspaceId: t.workspaceId, monitorId: id, at }, outcome);
    await recordBatch(t.system, [{ ...seen, artefacts: { picture: Buffer.from(`picture ${i}`), trace: null } }]);
  }
}

describe('the picture that an alert shows', () => {
  const alert = async () =>
    ((await t.call('GET', `/api/v1/alerts?monitorId=${id}`)).body as { items: AlertView[] }).items[0] as AlertView;
  const shown = async () => ((await alert()).evidence as Evidence).artefacts?.id ?? '';
  const isKept = async (artefactId: string) =>
    (await t.call('GET', `/api/v1/monitors/${id}/artefacts/${artefactId}?part=picture`)).status === 200;
  /** More failures than are kept, of another time. */
  const failOn = async () => {
    t.clock.advance(600);
    await record(12, 'down');
  };
  const recover = async () => {
    t.clock.advance(600);
    await record(1, 'up');
    await t.settle();
  };
  beforeEach(async () => {
    t = await createTestSystem();
    const journey = { kind: 'journey', url: 'https://example.com', options: { script: "await page.goto('/');" } };
    id = ((await t.call('POST', '/api/v1/monitors', journey)).body as { id: string }).id;
    await record(1, 'down');
    await t.settle();
  });

  it('is kept while it is open, and goes the way of the others when it is over', async () => {
    const first = await shown();
    await failOn();
    expect(await isKept(first)).toBe(true);
    await recover();
    await failOn();
    expect(await isKept(first)).toBe(false);
  });

  it('is kept as long as its incident is, and found among those of the incident', async () => {
    const first = await shown();
    const { id: alertId } = await alert();
    const declared = await t.call('POST', '/api/v1/incidents', { title: 'Shop', alertIds: [alertId] });
    const incidentId = (declared.body as { id: string }).id;
    await recover();
    await failOn();
    await recover();
    await failOn();
    expect(await isKept(first)).toBe(true);
    const pictured = await t.call('GET', `/api/v1/alerts?incidentId=${incidentId}&pictured=true`);
    expect((pictured.body as { items: AlertView[] }).items.map((one) => one.id)).toContain(alertId);
    const bare = await t.call('GET', `/api/v1/alerts?incidentId=${incidentId}&pictured=false`);
    expect((bare.body as { items: AlertView[] }).items).toEqual([]);

    await t.act((ctx) => unlinkAlertsFromIncident(ctx, [alertId], incidentId));
    await failOn();
    expect(await isKept(first)).toBe(false);
  });
});
