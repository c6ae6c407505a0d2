import { acceptInvite, createApiKey, createInvite, readSession, updateCurrentWorkspace } from '#access/contract';
import type { Client } from '#client';
import { addSubscriber, listComponents, listStatusPages, postUpdateRoute } from '#communicate/contract';
import { addNote, assignRoleRoute, declareIncidentRoute, uploadAttachment } from '#declare/contract';
import { createAlertSource, listAlerts } from '#detect/contract';
import { createActionItemRoute, editPostmortemRoute, startPostmortemRoute } from '#learn/contract';
import {
  changeManyMonitors,
  createMaintenanceSeries,
  createMaintenanceWindow,
  listMonitors,
  listServices,
  patchService,
  pauseMonitor,
  postHeartbeat,
  postPushedValue,
  postMonitor,
  postService,
  postSlo,
  startDrill,
} from '#monitor/contract';
import { resolveIncidentRoute } from '#resolve/contract';
import {
  addBoardLineRoute,
  createNoticeChannel,
  createTask,
  listContactMethods,
  listPages,
  testContactMethod,
  verifyContactMethod,
} from '#respond/contract';
import { createSecrets, loadOrCreateSecretKey } from '#platform/secrets.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import { haveManyAtOnce } from './groups.ts';
import { type House, type OwnedHouse, OWNER } from './house.ts';
import { makeAJourney } from './journeys.ts';
import { closeOnHolidays, practise, staffOnCall, takeHours, takeTurns } from './on-call.ts';
import { manageByFiles, moveIn } from './move-in.ts';
import { askFromElsewhere } from './places.ts';
import { askInSteps } from './steps.ts';
import { mapAnotherTool, shadowAnotherPager, takeMail, takeReports, takeTickets, tellOfChanges } from './ways-in.ts';

/** Where the screens of a furnished workspace are. */
export type Furnished = {
  readonly incidentId: string;
  readonly calmIncidentId: string;
  readonly alertId: string;
  readonly monitorId: string;
  readonly heartbeatId: string;
  /** Asked from several places. */
  readonly placesId: string;
  /** Asked in steps, one of which fails. */
  readonly stepsId: string;
  /** In a browser, with a step that fails. */
  readonly journey: { readonly monitorId: string; readonly alertId: string; readonly incidentId: string };
  /** One that configuration files manage. */
  readonly managedId: string;
  /** One that has been called often. */
  readonly beatenId: string;
  /** Whose values have been sent for a while. */
  readonly pushedId: string;
  readonly sloId: string;
  readonly pageId: string;
  readonly scheduleId: string;
  readonly hourlyScheduleId: string;
  readonly statusPageId: string;
  readonly postmortemId: string;
  readonly mappedSourceId: string;
  readonly mailSourceId: string;
  readonly ticketSourceId: string;
  /** Alerts that ask as one, an incident with as many, and an alert that explains others. */
  readonly many: { readonly alertId: string; readonly incidentId: string; readonly causeId: string };
  readonly reported: { readonly alertId: string; readonly sourceId: string };
  readonly importId: string;
  readonly shadow: { readonly sourceId: string; readonly alertId: string };
  readonly inviteToken: string;
  /** The address in a mail that acknowledges. */
  readonly pageLink: string;
  readonly promptPath: string;
};

const LONG =
  'Checkout, payments and the order history of every customer in all European regions answer with errors or far too slowly';
const RIGHT_TO_LEFT = 'تعذّر إتمام الدفع لجميع العملاء في المنطقة';
const UNBROKEN = 'payments-eu-central-1-primary-connection-pool-exhausted-0123456789abcdef';
const PEOPLE = ['محمد الأحمد', 'Wolfeschlegelsteinhausenbergerdorff Featherstonehaugh', 'Ben Lund', 'Mio Tanaka'];
const SERVICES = ['Checkout', 'Payments', 'Search', 'خدمة البحث', 'Dashboard', 'Mail', LONG.slice(0, 110), 'Webhooks'];
const NOTES = [
  'Error rate 41 %, rising.',
  '**4.18** was deployed to eu-west at 13:58. See `payments/pool.ts:88`.',
  RIGHT_TO_LEFT,
  `${UNBROKEN}${UNBROKEN}`,
  `${LONG}. ${LONG}.`,
  '- drained the queue\n- paused the importer\n- asked the provider',
];
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** Fills a workspace with the worst that its screens must bear; everything by API, as any client could. */
export async function furnish(house: OwnedHouse): Promise<Furnished> {
  const { client } = house;
  const { user } = await client.call(readSession, {});
  await client.call(updateCurrentWorkspace, { body: { name: 'Acme Payments and Logistics International' } });
  await proveAddress(house, client, OWNER.email);
  const inviteToken = await invitePeople(client);
  await staffOnCall(client);
  await closeOnHolidays(client);
  const scheduleId = await takeTurns(client);
  const { monitorId, heartbeatId, beatenId } = await watchMuch(house);
  const calmIncidentId = await haveHadAnIncident(client, user.id);
  const postmortemId = await writePostmortem(client, calmIncidentId, user.id);
  const alerts = await waitFor(
    '12 open alerts',
    async () => {
      const { items } = await client.call(listAlerts, { query: { state: 'open', limit: 50 } });
      return items.length >= 12 && items;
    },
    30_000,
  );
  await tellOfChanges(client);
  const incidentId = await haveAnIncident(
    client,
    user.id,
    alerts.slice(0, 2).map(({ id }) => id),
  );
  await planWork(client);
  const statusPageId = await tellTheWorld(client);
  const page = await waitFor(
    'a page',
    async () => (await client.call(listPages, { query: { state: 'open' } })).items[0],
  );
  const mail = await waitFor('the mail of a page', () =>
    house.mail.to(OWNER.email).find(({ links }) => links.some((link) => link.includes('/p/'))),
  );
  await practise(client);
  return {
    incidentId,
    calmIncidentId,
    alertId: alerts.at(-1)?.id ?? '',
    monitorId,
    heartbeatId,
    placesId: await askFromElsewhere(client, house.url),
    stepsId: await askInSteps(client, house.url),
    journey: await makeAJourney(client, house.url),
    managedId: await manageByFiles(client),
    beatenId,
    pushedId: await pushOften(client),
    sloId: await setObjectives(client, alerts[0]?.serviceId ?? null, beatenId),
    pageId: page.id,
    scheduleId,
    hourlyScheduleId: await takeHours(client),
    statusPageId,
    postmortemId,
    mappedSourceId: await mapAnotherTool(client),
    mailSourceId: await takeMail(client),
    ticketSourceId: await takeTickets(client),
    many: await haveManyAtOnce(client),
    reported: await takeReports(house, client, statusPageId),
    importId: await moveIn(client),
    shadow: await shadowAnotherPager(client),
    inviteToken,
    pageLink: mail.links.find((link) => link.includes('/p/')) ?? '',
    promptPath: await promptPathOf(house, user.id, alerts.at(-1)?.id ?? ''),
  };
}

/** The link that asks whether an alert is an incident, without waiting the five minutes after which it goes out. */
async function promptPathOf({ client, dataDir }: OwnedHouse, userId: string, alertId: string): Promise<string> {
  const { workspace } = await client.call(readSession, {});
  const secrets = createSecrets(await loadOrCreateSecretKey(dataDir));
  const subject = `${workspace.id}:${alertId}:${userId}`;
  return `/d/${Buffer.from(subject).toString('base64url')}.${secrets.sign('prompt-link', subject)}`;
}

/** Services that need one another, and maintenance of each kind. */
async function planWork(client: Client): Promise<void> {
  const { items } = await client.call(listServices, { query: { limit: 200 } });
  const [first, second, third] = items;
  if (!first || !second || !third) throw new Error('there are three services at least');
  await client.call(patchService, { params: { id: first.id }, body: { dependsOn: [second.id, third.id] } });
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
  const plan = (title: string, from: number, to: number) =>
    client.call(createMaintenanceWindow, {
      body: { title, serviceIds: [second.id, third.id], startsAt: hours(from), endsAt: hours(to) },
    });
  await plan('New disks for the database, one node after the other, with a failover in between', 0, 2);
  await plan('צילום של הרשת', 48, 52);
  const { items: monitors } = await client.call(listMonitors, { query: { limit: 5 } });
  await client.call(changeManyMonitors, {
    body: {
      monitorIds: monitors.slice(0, 2).map(({ id }) => id),
      act: 'group',
      group: 'Europe/Shop, and what customers see of it',
    },
  });
  await client.call(createMaintenanceSeries, {
    body: {
      title: 'Reboot after updates, one node after the other',
      repeat: { every: 'month', atTime: '02:30', on: { nth: 'last', weekday: 7 } },
      timeZone: 'America/Argentina/ComodRivadavia',
      durationSeconds: 5_400,
      untilDate: null,
      serviceIds: [second.id],
      monitorIds: monitors.map(({ id }) => id),
    },
  });
  await client.call(createNoticeChannel, {
    body: { name: 'Operations, everybody who is awake', kind: 'email', address: 'operations@example.com' },
  });
}

/** Enters the code that was sent to somebody's first contact method. */
export async function proveAddress({ mail }: House, client: Client, address: string): Promise<void> {
  const { items } = await client.call(listContactMethods, { query: {} });
  const [method] = items;
  if (!method) throw new Error(`${address} is no contact method`);
  if (method.verifiedAt !== null) return;
  await client.call(testContactMethod, { params: { id: method.id } });
  const code = await waitFor('a code', () =>
    mail
      .to(address)
      .map(({ text }) => /\b\d{6}\b/.exec(text)?.[0])
      .findLast(Boolean),
  );
  await client.call(verifyContactMethod, { params: { id: method.id }, body: { code } });
}

async function invitePeople(client: Client): Promise<string> {
  for (const [index, name] of PEOPLE.entries()) {
    const { url } = await client.call(createInvite, { body: { role: 'member' } });
    await client.call(acceptInvite, {
      params: { token: url.split('/').at(-1) ?? '' },
      body: { name, email: `person-${index}@example.com`, password: OWNER.password, timeZone: 'Asia/Tokyo' },
    });
  }
  await client.call(createApiKey, { body: { name: 'Deploys of the shop', role: 'member' } });
  const { url } = await client.call(createInvite, { body: { role: 'viewer', email: 'waiting@example.com' } });
  return url.split('/').at(-1) ?? '';
}

const UP = 44;
const DOWN = 13;

/** 60 monitors: most are up, 13 down, one paused, one in a drill, two heartbeats: one that nothing has called yet. */
async function watchMuch({
  client,
  target,
  url,
}: OwnedHouse): Promise<{ monitorId: string; heartbeatId: string; beatenId: string }> {
  const services: string[] = [];
  for (const name of SERVICES) services.push((await client.call(postService, { body: { name } })).id);
  const watch = (name: string, url: string, index: number) =>
    client.call(postMonitor, {
      body: { name, url, serviceId: services[index % services.length] ?? '', intervalSeconds: 600, timeoutSeconds: 5 },
    });
  const names = ['eu-west', 'us-east', RIGHT_TO_LEFT, UNBROKEN, 'health', LONG.slice(0, 118)];
  const nameOf = (index: number) => `${names[index % names.length]}`.slice(0, 110).concat(` ${index + 1}`);
  const up = await inTurn(UP, (index) => watch(nameOf(index), `${url}/healthz?${index}`, index));
  target.setStatus(503);
  const down = await inTurn(DOWN, (index) => watch(nameOf(index), `${target.url}?${index}`, index));
  await client.call(pauseMonitor, { params: { id: up[0]?.id ?? '' } });
  await client.call(startDrill, { params: { id: up[1]?.id ?? '' }, body: { seconds: 3_600 } });
  const heartbeat = await client.call(postHeartbeat, {
    body: { name: 'Nightly backup', periodSeconds: 86_400, graceSeconds: 900 },
  });
  await send(client, services[0] ?? '');
  const beatenId = await beatOften(client, services[1] ?? '');
  return { monitorId: down[0]?.id ?? '', heartbeatId: heartbeat.id, beatenId };
}

/** One that is kept, and one whose budget is spent; neither alerts. */
async function setObjectives(client: Client, serviceId: string | null, monitorId: string): Promise<string> {
  await client.call(postSlo, {
    body: {
      name: 'Imports run',
      monitorIds: [monitorId],
      objective: 99.5,
      window: { kind: 'month', timeZone: 'America/Argentina/ComodRivadavia' },
      alerts: [],
    },
  });
  const alerts = (['critical', 'warning'] as const).map((severity, index) => ({
    longMinutes: 4_320 * (index + 1),
    shortMinutes: 360,
    burnRate: 10_000,
    severity,
  }));
  const { id } = await client.call(postSlo, {
    body: { name: LONG.slice(0, 118), serviceId, objective: 99.999, alerts },
  });
  return id;
}

/** A value that comes often and does not hold at the end. */
async function pushOften(client: Client): Promise<string> {
  const { id, pushedValue } = await client.call(postPushedValue, {
    body: { name: 'Orders that wait', test: 'at-most', value: 100, forSeconds: 600, periodSeconds: 60 },
  });
  await inTurn(40, async (index) => {
    const value = 60 + 30 * Math.sin(index / 3) + (index > 35 ? 40 : 0);
    const answer = await fetch(`${pushedValue?.pushUrl}?value=${value}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`the value was answered ${answer.status}`);
  });
  return id;
}

/** A job by cron whose runs overlap, fail and speak. */
async function beatOften(client: Client, serviceId: string): Promise<string> {
  const { id, heartbeat } = await client.call(postHeartbeat, {
    body: {
      name: `Import of ${UNBROKEN}`.slice(0, 110),
      serviceId,
      cron: '*/15 6-22 * * MON-FRI',
      timeZone: 'America/Argentina/ComodRivadavia',
      graceSeconds: 900,
      maxRunSeconds: 3_600,
    },
  });
  const beat = async (tail: string, run: string, said = '') => {
    const answer = await fetch(`${heartbeat?.beatUrl}${tail}?rid=${run}`, {
      method: 'POST',
      headers: { 'user-agent': `${UNBROKEN}/8.14` },
      body: said,
    });
    if (!answer.ok) throw new Error(`the heartbeat answered ${answer.status}`);
  };
  await inTurn(12, async (index) => {
    const run = `3f0c9a52-6f8e-4f6e-9b0a-0000000000${10 + index}`;
    await beat('/start', run);
    if (index % 4 === 1) await beat('/log', run, `${LONG}: half of it`);
    await beat(index === 7 ? '/3' : '/0', run, index === 7 ? `${LONG}\n${UNBROKEN.repeat(20)}\n${RIGHT_TO_LEFT}` : '');
  });
  await beat('/start', 'the-last-one');
  return id;
}

/** What another tool says. */
async function send(client: Client, serviceId: string) {
  const source = await client.call(createAlertSource, { body: { name: 'Warehouse', serviceId } });
  const signal = {
    title: `Disk of ${UNBROKEN} is nearly full`,
    severity: 'warning',
    url: 'https://example.org/disks',
    labels: { host: UNBROKEN, region: 'eu-west' },
    details: { used: '91 %', path: '/var/lib/postgresql' },
  };
  for (let count = 0; count < 3; count++) {
    const answer = await fetch(source.intakeUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signal),
    });
    if (!answer.ok) throw new Error(`the intake answered ${answer.status}`);
  }
}

/** One that is over, without a public word, so that its postmortem can be written. */
async function haveHadAnIncident(client: Client, userId: string): Promise<string> {
  const { id } = await client.call(declareIncidentRoute, {
    body: { title: `Search answered with old results for ${LONG.toLowerCase()}`, severity: 'SEV2' },
  });
  const params = { id };
  await client.call(assignRoleRoute, { params: { id, role: 'incident-commander' }, body: { userId } });
  await client.call(addNote, { params, body: { body: NOTES[1] ?? '' } });
  await client.call(postUpdateRoute, {
    params,
    body: { status: 'investigating', title: 'Old search results', body: `We are investigating. ${RIGHT_TO_LEFT}` },
  });
  await client.call(resolveIncidentRoute, {
    params,
    body: { body: 'Search is back to normal.', confirmImpaired: true },
  });
  return id;
}

async function writePostmortem(client: Client, incidentId: string, ownerId: string): Promise<string> {
  const draft = await client.call(startPostmortemRoute, { params: { id: incidentId } });
  await client.call(editPostmortemRoute, {
    params: { id: draft.id },
    body: {
      version: draft.version,
      sections: {
        ...draft.sections,
        'root-cause': `${LONG}.\n\n${RIGHT_TO_LEFT}\n\n| step | took |\n| --- | --- |\n| ${UNBROKEN} | 4 min |\n\n\`\`\`\nselect * from ${UNBROKEN} where ${UNBROKEN} = 1\n\`\`\``,
      },
    },
  });
  const dueOn = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  for (const title of ['Add a canary region to deploys', `Limit the connections of ${UNBROKEN}`, `Replace ${LONG}`])
    await client.call(createActionItemRoute, {
      params: { id: incidentId },
      body: { title, doneWhen: 'a failing canary stops the deploy', ownerId, dueOn },
    });
  return draft.id;
}

const ENTRIES = 200;

/** A SEV1 in full swing, with a timeline of 200 entries and more. */
async function haveAnIncident(client: Client, userId: string, alertIds: string[]): Promise<string> {
  const { id } = await client.call(declareIncidentRoute, { body: { title: LONG, severity: 'SEV1', alertIds } });
  const params = { id };
  await client.call(assignRoleRoute, { params: { id, role: 'incident-commander' }, body: { userId } });
  for (const field of ['doing', 'know', 'dontKnow', 'next'] as const)
    for (const text of [RIGHT_TO_LEFT, UNBROKEN, 'Payments are healthy'])
      await client.call(addBoardLineRoute, { params, body: { field, text } });
  for (const title of ['Roll payments back to 4.17', RIGHT_TO_LEFT, LONG])
    await client.call(createTask, { params, body: { title, assigneeId: userId } });
  await client.call(uploadAttachment, { params, body: { name: 'graph.png', base64: PICTURE, caption: 'Error rate' } });
  await inTurn(ENTRIES, (index) => client.call(addNote, { params, body: { body: NOTES[index % NOTES.length] ?? '' } }));
  const { items } = await client.call(listComponents, { query: { limit: 4 } });
  await client.call(postUpdateRoute, {
    params,
    body: {
      status: 'identified',
      body: `A faulty release is being rolled back. ${RIGHT_TO_LEFT}. ${LONG}.`,
      components: items.map((component) => ({ id: component.id, status: 'major_outage' as const })),
    },
  });
  await client.call(declareIncidentRoute, { body: { title: RIGHT_TO_LEFT, severity: 'SEV3', kind: 'drill' } });
  return id;
}

async function tellTheWorld(client: Client): Promise<string> {
  const { items } = await client.call(listStatusPages, { query: {} });
  const [page] = items;
  if (!page) throw new Error('there is no status page');
  for (const email of ['customer@example.org', `${'long-'.repeat(11)}name@example.org`])
    await client.call(addSubscriber, { params: { id: page.id }, body: { email } });
  return page.id;
}

/** Makes so many of something, six at once. */
async function inTurn<Made>(count: number, make: (index: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (let start = 0; start < count; start += 6) {
    const next = Array.from({ length: Math.min(6, count - start) }, (_, offset) => make(start + offset));
    made.push(...(await Promise.all(next)));
  }
  return made;
}
