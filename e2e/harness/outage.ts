import { acceptInvite, createInvite, readSession, updateCurrentWorkspace, updateProfile } from '#access/contract';
import { type Client, createClient } from '#client';
import { changeStatusPage, listComponents, listStatusPages, postUpdateRoute } from '#communicate/contract';
import { addNote, assignRoleRoute, declareFromAlert, declareIncidentRoute } from '#declare/contract';
import { acknowledgeAlertRoute, createAlertSource, listAlerts } from '#detect/contract';
import { postMonitor, postService } from '#monitor/contract';
import { resolveIncidentRoute, standDownRoute } from '#resolve/contract';
import {
  acknowledgePageRoute,
  addBoardLineRoute,
  changeEscalationPolicy,
  createSchedule,
  createTask,
  listEscalationPolicies,
  listPages,
  startDrillRoute,
} from '#respond/contract';
import { waitFor } from '#test/harness/wait-for.ts';
import { blemish, elapse } from './elapse.ts';
import { proveAddress } from './furnish.ts';
import { OWNER, type OwnedHouse } from './house.ts';

const DAY_MINUTES = 24 * 60;

/** An outage in full swing in a workspace that has worked for three months: what the README's pictures show. */
export async function playOutage(house: OwnedHouse): Promise<{ incidentId: string }> {
  const { client } = house;
  const { user } = await client.call(readSession, {});
  await client.call(updateProfile, { body: { name: 'Priya Raman' } });
  await client.call(updateCurrentWorkspace, { body: { name: 'Acme' } });
  const sam = await join(house, 'Sam Ellis');
  const kofi = await join(house, 'Kofi Owusu');
  await callEverybody(client, [user.id, kofi.id, sam.id]);
  await shareWeeks(client, [user.id, kofi.id, user.id, sam.id]);
  await workForMonths(house);
  await haveBeenSlow(house, user.id);

  house.target.setStatus(503);
  const alert = await waitFor(
    'the alert',
    async () => {
      const { items } = await client.call(listAlerts, { query: { state: 'open' } });
      return items[0];
    },
    30_000,
  );
  await elapse(house, 1);
  await client.call(acknowledgeAlertRoute, { params: { id: alert.id } });
  await elapse(house, 1);
  const { id } = await client.call(declareFromAlert, {
    params: { id: alert.id },
    body: { title: 'Checkout fails for customers in Europe', severity: 'SEV1', customerFacing: true },
  });
  const params = { id };
  await client.call(assignRoleRoute, { params: { id, role: 'communications-lead' }, body: { userId: sam.id } });
  await client.call(assignRoleRoute, { params: { id, role: 'subject-matter-expert' }, body: { userId: kofi.id } });
  const pages = await client.call(listPages, { query: { state: 'open' } });
  for (const page of pages.items) await kofi.client.call(acknowledgePageRoute, { params: { id: page.id }, body: {} });
  await elapse(house, 2);
  const { items } = await client.call(listComponents, { query: {} });
  const components = items
    .filter(({ name }) => name === 'Checkout')
    .map((one) => ({ id: one.id, status: 'partial_outage' as const }));
  await sam.client.call(postUpdateRoute, {
    params,
    body: {
      status: 'investigating',
      title: 'Failed checkouts in Europe',
      body: 'We are investigating failed checkouts for some customers in Europe.',
      components,
    },
  });
  await elapse(house, 4);
  await kofi.client.call(addNote, {
    params,
    body: { body: 'Release **4.18** went out to eu-west four minutes before the first error.' },
  });
  for (const [field, text] of [
    ['know', 'Only 4.18 fails'],
    ['know', 'Payments are healthy'],
    ['dontKnow', 'Are orders lost?'],
    ['next', 'Decide on the replay'],
  ] as const)
    await client.call(addBoardLineRoute, { params, body: { field, text } });
  await kofi.client.call(addBoardLineRoute, { params, body: { field: 'doing', text: 'Rolling back 4.18 in eu-west' } });
  await client.call(createTask, {
    params,
    body: { title: 'Roll back eu-west, region by region', assigneeId: kofi.id },
  });
  await elapse(house, 5);
  await sam.client.call(postUpdateRoute, {
    params,
    body: {
      status: 'identified',
      body: 'A faulty release is being rolled back. Checkouts in other regions are not affected.',
      components,
    },
  });
  await elapse(house, 4);
  await kofi.client.call(addNote, {
    params,
    body: { body: 'Two of six steps are rolled back; the error rate fell from 41 % to 22 %.' },
  });
  await warn(client);
  await elapse(house, 3);
  await publishAnew(house);
  await practise(client, user.id, [kofi, sam]);
  return { incidentId: id };
}

/** Somebody who came by a mailed invite, with hands of their own. */
async function join(house: OwnedHouse, name: string): Promise<{ id: string; client: Client }> {
  const email = `${name.split(' ')[0]?.toLowerCase()}@example.com`;
  const { url } = await house.client.call(createInvite, { body: { role: 'member', email } });
  await house.client.call(acceptInvite, {
    params: { token: url.split('/').at(-1) ?? '' },
    body: { name, password: OWNER.password, timeZone: 'UTC' },
  });
  const answer = await fetch(`${house.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.url },
    body: JSON.stringify({ email, password: OWNER.password }),
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const client = createClient({
    baseUrl: house.url,
    fetch: (input, init) =>
      fetch(input, {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init?.headers)), cookie, origin: house.url },
      }),
  });
  const { user } = await client.call(readSession, {});
  await proveAddress(house, client, email);
  return { id: user.id, client };
}

async function callEverybody(client: Client, userIds: string[]) {
  const { items } = await client.call(listEscalationPolicies, { query: {} });
  const [policy] = items;
  if (!policy) throw new Error('there is no escalation policy');
  const steps = userIds.map((userId) => ({ delaySeconds: 300, userIds: [userId] }));
  await client.call(changeEscalationPolicy, {
    params: { id: policy.id },
    body: { name: 'Production', steps, repeatCount: 2, version: policy.version },
  });
}

/** Weeks by turns; who is named twice has two of four. */
async function shareWeeks(client: Client, userIds: string[]) {
  await client.call(createSchedule, {
    body: {
      name: 'Primary',
      timeZone: 'UTC',
      layers: [
        {
          name: 'Weeks',
          beginsAt: '2026-01-05T09:00',
          rotation: { kind: 'weekly', every: 1 },
          turns: userIds.map((id) => ({ userIds: [id] })),
        },
      ],
    },
  });
}

/** Everybody is drilled; some have answered already. */
async function practise(client: Client, userId: string, others: readonly { id: string; client: Client }[]) {
  const drill = await client.call(startDrillRoute, {
    body: { of: { kind: 'people', userIds: [userId, ...others.map(({ id }) => id)] } },
  });
  for (const other of others) {
    const pageId = drill.people.find((person) => person.userId === other.id)?.pageId ?? '';
    await other.client.call(acknowledgePageRoute, { params: { id: pageId }, body: {} });
  }
}

/** Three months in which next to nothing happened. */
async function workForMonths(house: OwnedHouse) {
  const { client, url, target } = house;
  for (const name of ['Checkout', 'Payments API', 'Dashboard', 'Search']) {
    const service = await client.call(postService, { body: { name } });
    const watched = name === 'Checkout' ? target.url : `${url}/healthz?${name.length}`;
    await client.call(postMonitor, {
      body: {
        name: name === 'Checkout' ? 'checkout/eu' : `${name.toLowerCase()}`,
        url: watched,
        serviceId: service.id,
        intervalSeconds: 10,
      },
    });
  }
  await waitFor(
    'the first checks',
    async () => (await (await fetch(`${url}/s/public`)).text()).includes('All systems operational'),
    30_000,
  );
  await elapse(house, 95 * DAY_MINUTES);
  await blemish(house, [
    { component: 'Checkout', daysAgo: 49, minutes: 35, status: 'degraded_performance' },
    { component: 'Checkout', daysAgo: 23, minutes: 18, status: 'partial_outage' },
    { component: 'Payments API', daysAgo: 78, minutes: 50, status: 'degraded_performance' },
    { component: 'Search', daysAgo: 34, minutes: 26, status: 'degraded_performance' },
  ]);
}

/** An earlier incident that customers can read about. */
async function haveBeenSlow(house: OwnedHouse, ownerId: string) {
  const { client } = house;
  const { id } = await client.call(declareIncidentRoute, {
    body: { title: 'Slow search in the Americas', severity: 'SEV3' },
  });
  const params = { id };
  await client.call(assignRoleRoute, { params: { id, role: 'incident-commander' }, body: { userId: ownerId } });
  await client.call(postUpdateRoute, {
    params,
    body: { status: 'investigating', body: 'Search answers slowly in the Americas. We are looking into it.' },
  });
  await elapse(house, 18);
  await client.call(resolveIncidentRoute, {
    params,
    body: { body: 'Search is quick again. An index was rebuilt at a busy time.' },
  });
  await client.call(standDownRoute, { params, body: {} });
  await elapse(house, 2 * DAY_MINUTES);
}

/** Another tool says something that nobody has decided yet. */
async function warn(client: Client) {
  const source = await client.call(createAlertSource, { body: { name: 'Warehouse' } });
  await fetch(source.intakeUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Disk of warehouse-2 is 91 % full', severity: 'warning' }),
  });
}

/** The public page is made when something changes, and time that was made to pass is no change. */
async function publishAnew({ client, url }: OwnedHouse) {
  const { items } = await client.call(listStatusPages, { query: {} });
  const [page] = items;
  if (!page) throw new Error('there is no status page');
  await client.call(changeStatusPage, { params: { id: page.id }, body: { name: 'Acme status' } });
  await waitFor('the page', async () => (await (await fetch(`${url}/s/public`)).text()).includes('Acme status'));
}
