import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import type { ImportPlanView } from './contract.ts';

let t: TestSystem;
beforeEach(async () => {
  t = await createTestSystem();
});
afterEach(async () => {
  expect(t.errors).toEqual([]);
  await t.close();
});

const readExport = async (name: string) =>
  JSON.parse(await readFile(new URL(`../../../test/exports/${name}.json`, import.meta.url), 'utf8')) as unknown;

async function ask<Answer = ImportPlanView>(method: string, path: string, body?: unknown, status = 200) {
  const answer = await t.call(method, `/api/v1${path}`, body);
  expect(answer).toMatchObject({ status });
  return answer.body as Answer;
}
const plan = async (name: string) => ask('POST', '/imports', { document: await readExport(name) }, 201);
const apply = (id: string, status = 200) => ask('POST', `/imports/${id}/apply`, {}, status);
const notesOn = (report: ImportPlanView, vendorId: string) =>
  report.items.filter((item) => item.vendorId === vendorId).flatMap(({ notes }) => notes.map(({ text }) => text));

/** A team channel whose chat was connected earlier: written as it would stand there. */
async function place(kind: string, name: string, address: string, onlyPages = true): Promise<string> {
  const id = `nch_${kind}${name.replaceAll(/[^a-z]/gi, '').toLowerCase()}`;
  await t.database.pool.query(
    `insert into notice_channel (workspace_id, id, name, kind, address, service_ids, still_every_seconds, only_pages, created_at)
     values ($1, $2, $3, $4, $5, '{}', null, $6, now())`,
    [t.workspaceId, id, name, kind, address, onlyPages],
  );
  return id;
}

type Step = { targets: unknown[]; ask: string; delaySeconds: number };
async function stepsOf(name: string): Promise<Step[]> {
  const { items } = await ask<{ items: { name: string; steps: Step[] }[] }>('GET', '/escalation-policies');
  return items.find((policy) => policy.name === name)?.steps ?? [];
}
const channel = (noticeChannelId: string) => ({ kind: 'channel', noticeChannelId });
const user = { kind: 'user' };

describe('channels in an export of PagerDuty', () => {
  it('that every service of a policy tells are named by its first step where there is such a team channel', async () => {
    const bridge = await place('webhook', 'The bridge', 'https://bridge.example.com/pd?token=s3cret');
    const slack = await place('slack', 'Payments', 'C024BE7LH', false);
    const report = await plan('pagerduty-channels');
    expect(notesOn(report, 'PPOL001')).toEqual([
      'Step 1 asks PGONE01, which is not carried over.',
      'Step 1 asks nobody and is left out.',
      'Every page of it tells the Slack channel “payments-alerts” (C024BE7LH); here that is the team channel “Payments”, which wakes nobody. It is told of every page here, and of some over there. It hears of alerts by itself as well, unless you tick that it hears pages only.',
      'Every page of it tells the webhook “Everything to the bridge” (bridge.example.com); here that is the team channel “The bridge”, which wakes nobody.',
    ]);
    expect(notesOn(report, 'PSVC001')).toEqual([]);
    expect(notesOn(report, 'PSVC002')).toEqual([
      'The webhook “Ledger audit” (audit.example.com) is told of it and not of every service with its policy, so that no step names it; add a team channel for this service under Settings → Team channels.',
    ]);
    expect(report.remarks.join('\n')).toContain('The Slack channel “company-news” is for stakeholders');
    expect(JSON.stringify(report)).not.toContain('s3cret');
    await apply(report.id);
    expect(await stepsOf('Payments')).toMatchObject([{ targets: [user, channel(slack), channel(bridge)] }]);
  });

  it('are left out where there is none, with what to do; planning again finds what was added', async () => {
    const report = await plan('pagerduty-channels');
    expect(notesOn(report, 'PPOL001')).toContain(
      'Every page of it tells the Slack channel “payments-alerts” (C024BE7LH), and no team channel here leads there. Add it under Settings → Team channels and plan again, or name it in the step later.',
    );
    const slack = await place('slack', '#Payments-Alerts', 'C0OTHER01');
    await apply(report.id, 409);
    await apply((await plan('pagerduty-channels')).id);
    expect(await stepsOf('Payments')).toMatchObject([{ targets: [user, channel(slack)] }]);
  });

  it('leave a policy that is whole without them', async () => {
    await apply((await plan('pagerduty-channels')).id);
    expect(await stepsOf('Payments')).toMatchObject([{ targets: [user] }]);
  });
});

describe('channels in an export of Opsgenie', () => {
  it('are those of the team that owns the escalation, and those of all teams', async () => {
    const slack = await place('slack', 'platform-oncall', 'C024BE7LH');
    const bridge = await place('webhook', 'Bridge', 'https://bridge.example.com/og?key=s3cret');
    await place('mattermost', 'data', 'channel:4xp9fdt77pncbef59f4k1qe83o');
    const report = await plan('opsgenie-channels');
    expect(report.tool).toBe('opsgenie');
    expect(notesOn(report, 'e-plat')).toEqual([
      'Every page of it tells the Slack channel “#Platform-Oncall”; here that is the team channel “platform-oncall”, which wakes nobody. It is told of every page here, and of some over there.',
      'Every page of it tells the webhook “Bridge” (bridge.example.com); here that is the team channel “Bridge”, which wakes nobody.',
    ]);
    expect(report.remarks.at(-1)).toContain('“data” tells a chat or calls a webhook, and its team owns no escalation');
    await apply(report.id);
    expect(await stepsOf('Platform_escalation')).toMatchObject([{ targets: [user, channel(slack), channel(bridge)] }]);
  });
});

describe('channels in an export of Grafana OnCall', () => {
  it('stand in the steps that tell them, and those of every route of a chain in its first', async () => {
    const bridge = await place('webhook', 'Our bridge', 'https://bridge.example.com/oncall');
    const slack = await place('slack', 'ops', 'CH23212D');
    const report = await plan('grafana-oncall-channels');
    expect(notesOn(report, 'FOPS')).toEqual([
      'Step 6: it notifies a user group of Slack; name its people here, or a team channel that they read.',
      'Step 7: it calls a webhook that is not in the export (GET /api/v1/webhooks has it); add it under Settings → Team channels and name it in a step.',
      'Step 1 tells the webhook “Bridge” (bridge.example.com); here that is the team channel “Our bridge”, which wakes nobody.',
      'Step 2 tells the Slack channel “operations” (CH23212D); here that is the team channel “ops”, which wakes nobody.',
      'Every page of it tells the Slack channel “operations” (CH23212D); here that is the team channel “ops”, which wakes nobody.',
    ]);
    expect(notesOn(report, 'CEDGE')).toEqual([
      'A Telegram chat that the export does not name is told of it and not of every service with its policy, so that no step names it; add a team channel for this service under Settings → Team channels.',
    ]);
    expect(report.items.find(({ vendorId }) => vendorId === 'FCHAT')).toMatchObject({
      action: 'skip',
      reason: expect.stringContaining('a policy here has to ask somebody'),
    });
    await apply(report.id);
    expect(await stepsOf('Operations')).toMatchObject([
      { targets: [user, channel(bridge), channel(slack)], ask: 'round-robin', delaySeconds: 300 },
      { targets: [channel(slack)], delaySeconds: 600 },
      { targets: [user] },
    ]);
  });
});
