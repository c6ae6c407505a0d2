import type { Client } from '#client';
import { assignRoleRoute, declareFromAlert, listIncidentPromises, readIncidentRoute } from '#declare/contract';
import { listAlerts } from '#detect/contract';
import {
  createActionItemRoute,
  finishActionItemRoute,
  approvePostmortemRoute,
  editPostmortemRoute,
  publishPostmortemRoute,
  readIncidentPostmortem,
  readInsightsRoute,
  reviewPostmortemRoute,
} from '#learn/contract';
import { getMonitor, postMonitor, postService } from '#monitor/contract';
import { postUpdateRoute, readUpdateDraft } from '#communicate/contract';
import { mitigateIncidentRoute, resolveIncidentRoute, standDownRoute } from '#resolve/contract';
import { readSession } from '#access/contract';
import { createTask } from '#respond/contract';
import { formatDuration } from '#kernel/duration.ts';
import { ApiProblem } from '#client';
import type { Mailbox } from './mailbox.ts';
import type { Shop } from './shop.ts';
import type { Teller } from './teller.ts';
import { expectThat, until } from './until.ts';

export type Stagehands = {
  readonly client: Client;
  readonly baseUrl: string;
  readonly shop: Shop;
  readonly mailbox: Mailbox;
  readonly tell: Teller;
};

const CUSTOMER = 'customer@example.com';

/** One outage through all seven links; throws at the first that does not hold. Returns the incident's id. */
export async function playStory(hands: Stagehands): Promise<string> {
  const monitorId = await watch(hands);
  await subscribe(hands);
  const alertId = await breakAndBePaged(hands, monitorId);
  const incidentId = await declare(hands, alertId);
  await respond(hands, incidentId);
  await communicate(hands, incidentId);
  await mendAndResolve(hands, monitorId, incidentId);
  await learn(hands, incidentId);
  return incidentId;
}

async function watch({ client, shop, tell, baseUrl }: Stagehands): Promise<string> {
  tell.chapter('Monitor', 'A checkout is watched every 5 seconds; two failures in a row mean down.');
  const service = await client.call(postService, { body: { name: 'Checkout' } });
  const monitor = await client.call(postMonitor, {
    body: {
      serviceId: service.id,
      url: shop.url,
      name: 'checkout',
      intervalSeconds: 5,
      timeoutSeconds: 3,
      confirm: { failures: 2, recoveries: 1 },
      assertions: [{ kind: 'body', test: 'contains', value: '"ok"' }],
    },
  });
  const up = await until('the first check', 15, async () => {
    const seen = await client.call(getMonitor, { params: { id: monitor.id } });
    return seen.state === 'up' ? seen : null;
  });
  tell.say(
    `up, answered in ${up.latencyMs?.toFixed(1)} ms; a fault is noticed within ${formatDuration(up.worstCaseDetectionSeconds)}`,
  );
  tell.link('monitor', `${baseUrl}/monitors/${monitor.id}`);
  return monitor.id;
}

async function subscribe({ baseUrl, mailbox, tell }: Stagehands) {
  const asked = await fetch(`${baseUrl}/s/public/subscribe`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: CUSTOMER }),
  });
  expectThat(asked.ok, `subscribing answered ${asked.status}`);
  const mail = await mailbox.waitFor('the confirmation of a subscription', (m) => m.to === CUSTOMER, 15_000);
  const url = linkIn(mail.text, /\/s\/public\/\S*confirm\S*/);
  const confirmed = await fetch(new URL(url, baseUrl), { method: 'POST' });
  expectThat(confirmed.ok, `confirming answered ${confirmed.status}`);
  tell.say(`${CUSTOMER} subscribed to the status page and confirmed by mail`);
}

async function breakAndBePaged(
  { client, shop, mailbox, tell, baseUrl }: Stagehands,
  monitorId: string,
): Promise<string> {
  tell.chapter('Detect', 'The checkout breaks.');
  const brokeAt = Date.now();
  shop.break();
  const alert = await until('an alert', 40, async () => {
    const { items } = await client.call(listAlerts, { query: { monitorId } });
    return items.find((item) => item.state !== 'closed') ?? null;
  });
  tell.say(`alert “${alert.title}” after ${formatDuration((Date.now() - brokeAt) / 1_000)}`);
  const page = await mailbox.waitFor('the page', (mail) => mail.to !== CUSTOMER && /\/p\/\S+/.test(mail.text), 20_000);
  tell.say(`paged by mail: “${page.subject}”`);
  const link = linkIn(page.text, /https?:\/\/\S+\/p\/\S+/);
  const shown = await fetch(link);
  expectThat(shown.ok, `the page's link answered ${shown.status}`);
  const acknowledged = await fetch(link, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'act=acknowledge',
  });
  expectThat(acknowledged.ok, `acknowledging answered ${acknowledged.status}`);
  const answered = await until('the acknowledgement', 10, async () => {
    const { items } = await client.call(listAlerts, { query: { monitorId } });
    return items.find((item) => item.state === 'acknowledged') ?? null;
  });
  tell.say('opened the link (which only shows), pressed the button (which acknowledges)');
  tell.link('alert', `${baseUrl}/alerts/${answered.id}`);
  return answered.id;
}

async function declare({ client, tell, baseUrl }: Stagehands, alertId: string): Promise<string> {
  tell.chapter('Declare', 'One click on the alert.');
  const incident = await client.call(declareFromAlert, {
    params: { id: alertId },
    body: { title: 'Checkout fails for all customers', severity: 'SEV2', customerFacing: true },
  });
  tell.say(`${incident.reference}, ${incident.severity}: ${incident.title}`);
  const { items } = await client.call(listIncidentPromises, { params: { id: incident.id } });
  const first = items.find((promise) => promise.kind === 'first-update');
  expectThat(first !== undefined, 'no first public update was promised');
  tell.say(
    `promised: ${items.map((promise) => `${promise.kind.replaceAll('-', ' ')} by ${promise.dueAt.slice(11, 16)} UTC`).join(', ')}`,
  );
  tell.link('incident', `${baseUrl}/incidents/${incident.id}`);
  return incident.id;
}

async function respond({ client, tell }: Stagehands, incidentId: string) {
  tell.chapter('Respond', 'Somebody takes command; tasks are given out.');
  const { user } = await client.call(readSession, {});
  await client.call(assignRoleRoute, {
    params: { id: incidentId, role: 'incident-commander' },
    body: { userId: user.id },
  });
  await client.call(createTask, {
    params: { id: incidentId },
    body: { title: 'Roll payments back to 4.17', assigneeId: user.id },
  });
  const incident = await client.call(readIncidentRoute, { params: { id: incidentId } });
  expectThat(incident.roles['incident-commander'] === user.id, 'nobody is in command');
  tell.say(`${user.name} is incident commander; 1 task is open`);
}

async function communicate({ client, baseUrl, mailbox, tell }: Stagehands, incidentId: string) {
  tell.chapter('Communicate', 'The first update, from the shipped wording, with the next one promised.');
  const draft = await client.call(readUpdateDraft, { params: { id: incidentId }, query: {} });
  const components = draft.components.map(({ id }) => ({ id, status: 'major_outage' as const }));
  const postedAt = Date.now();
  const update = await client.call(postUpdateRoute, {
    params: { id: incidentId },
    body: { status: draft.status, body: draft.body, ...(components.length > 0 ? { components } : {}) },
  });
  await until('the public page', 5, async () =>
    (await (await fetch(`${baseUrl}/s/public`)).text()).includes('Checkout fails') ? true : null,
  );
  tell.say(`on the public page after ${Date.now() - postedAt} ms: “${firstSentence(update.body)}”`);
  tell.say(`next update promised by ${update.nextUpdateBy?.slice(11, 16)} UTC`);
  const mail = await mailbox.waitFor(
    'the update for the subscriber',
    (m) => m.to === CUSTOMER && m.receivedAt.getTime() >= postedAt,
    15_000,
  );
  tell.say(`${CUSTOMER} was told: “${mail.subject}”`);
  const status = (await (await fetch(`${baseUrl}/s/public/api/v2/status.json`)).json()) as {
    status: { description: string };
  };
  tell.say(`scripts read “${status.status.description}”`);
  tell.link('status page', `${baseUrl}/s/public`);
}

async function mendAndResolve(
  { client, shop, tell, mailbox, baseUrl }: Stagehands,
  monitorId: string,
  incidentId: string,
) {
  tell.chapter('Resolve', 'The rollback works; recovery is noticed and proposes.');
  shop.mend();
  await until('the recovery', 30, async () =>
    (await client.call(getMonitor, { params: { id: monitorId } })).state === 'up' ? true : null,
  );
  await until(
    'the proposal to resolve',
    20,
    async () => (await client.call(readIncidentRoute, { params: { id: incidentId } })).recoveryProposedAt,
  );
  await client.call(mitigateIncidentRoute, { params: { id: incidentId }, body: {} });
  tell.say('mitigated: said in public that service is restored and watched');
  const resolved = await client.call(resolveIncidentRoute, { params: { id: incidentId }, body: {} });
  expectThat(resolved.state === 'resolved', `the incident is ${resolved.state}`);
  await until('the green page', 5, async () => {
    const page = (await (await fetch(`${baseUrl}/s/public/api/v2/status.json`)).json()) as {
      status: { indicator: string };
    };
    return page.status.indicator === 'none' ? true : null;
  });
  await mailbox.waitFor(
    'the final update',
    (mail) => mail.to === CUSTOMER && /resolved/i.test(mail.subject + mail.text),
    15_000,
  );
  tell.say('resolved: final update posted and components operational, in one act');
  await client.call(standDownRoute, {
    params: { id: incidentId },
    body: { postmortemOwnerId: (await client.call(readSession, {})).user.id },
  });
  tell.say('stood down: roles released, the postmortem has an owner');
}

async function learn({ client, tell, baseUrl }: Stagehands, incidentId: string) {
  tell.chapter('Learn', 'The postmortem is drafted from the record.');
  const { user } = await client.call(readSession, {});
  const draft = await client.call(readIncidentPostmortem, { params: { id: incidentId } });
  for (const fact of draft.facts.slice(0, 8)) tell.say(`${fact.label}: ${fact.text}`);
  const item = await raiseItems({ client, tell }, incidentId, user.id);
  const edited = await client.call(editPostmortemRoute, {
    params: { id: draft.id },
    body: {
      version: draft.version,
      sections: {
        ...draft.sections,
        'root-cause':
          'Release 4.18 of payments opened a new connection for each request and ran out of them. Our deploys go to all regions at once, so nothing stopped it.',
        impact: `${draft.sections['impact']}\n- Every checkout failed while it lasted.`,
      },
      publicBody:
        'A release of our payment service ran out of connections and every checkout failed. We rolled it back. Deploys now stop by themselves when the first region fails.',
    },
  });
  await client.call(reviewPostmortemRoute, { params: { id: edited.id } });
  await client.call(approvePostmortemRoute, { params: { id: edited.id } });
  const published = await client.call(publishPostmortemRoute, { params: { id: edited.id }, body: {} });
  expectThat(published.state === 'published' && published.publicAt !== null, 'the postmortem is not public');
  tell.say('reviewed, approved and published, inside and as an edited copy on the status page');
  tell.link('postmortem', `${baseUrl}/postmortems/${edited.id}`);
  await client.call(finishActionItemRoute, { params: { id: item } });
  const insights = await client.call(readInsightsRoute, { query: {} });
  const promises = insights.promises.reduce(
    (sum, each) => ({ kept: sum.kept + each.kept, broken: sum.broken + each.broken }),
    { kept: 0, broken: 0 },
  );
  tell.say(`action item done; promises kept: ${promises.kept} of ${promises.kept + promises.broken}`);
  expectThat(insights.incidents >= 1 && promises.broken === 0, 'a promise was broken on the way');
  tell.link('insights', `${baseUrl}/insights`);
}

async function raiseItems(
  { client, tell }: Pick<Stagehands, 'client' | 'tell'>,
  incidentId: string,
  ownerId: string,
): Promise<string> {
  const dueOn = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  const vague = await client
    .call(createActionItemRoute, {
      params: { id: incidentId },
      body: { title: 'Be more careful', doneWhen: 'always', ownerId, dueOn },
    })
    .catch((error: unknown) => error);
  expectThat(vague instanceof ApiProblem && vague.code === 'invalid', 'a vague action item was accepted');
  tell.say('action item “Be more careful” was refused: it does not say what will be done');
  const item = await client.call(createActionItemRoute, {
    params: { id: incidentId },
    body: { title: 'Add a canary region to deploys', doneWhen: 'a failing canary stops the deploy', ownerId, dueOn },
  });
  tell.say(`action item “${item.title}”, due ${item.dueOn}`);
  return item.id;
}

function linkIn(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[0];
  expectThat(found !== undefined, `no link like ${pattern} in:\n${text}`);
  return found.replace(/[).,>]+$/, '');
}

function firstSentence(text: string): string {
  return text.split(/(?<=[.!?])\s/)[0] ?? text;
}
