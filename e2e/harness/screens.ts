import type { Page } from 'playwright-core';
import type { Furnished } from './furnish.ts';
import type { Visitor } from './browser.ts';
import { handsOn } from './hands.ts';
import { OWNER } from './house.ts';
import { settled } from './settled.ts';

export type Screen = {
  readonly name: string;
  readonly path: string;
  /** Opens what stands in front of the screen or further down on it. */
  readonly open?: (page: Page) => Promise<void>;
  /** What of the screen is new beside one that is looked at by itself; a selector. */
  readonly part?: string;
};

/** The day a week from now, in a week that is wholly ahead. */
export const NEXT_WEEK = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

/** Of another tool that monitors: what carries over, what differs and what stays behind. */
const KUMA_BACKUP = {
  version: '1.23.16',
  notificationList: [{ id: 1, name: 'Slack of the team on call' }],
  monitorList: [
    { id: 1, name: 'Customer portal, all regions', type: 'group', active: true },
    {
      id: 2,
      name: 'Portal: the page behind the sign-in, in every language that it speaks',
      type: 'keyword',
      url: 'https://portal-of-another-tool.example.org/health',
      keyword: 'ok',
      parent: 1,
      interval: 60,
      retryInterval: 20,
      maxretries: 3,
      active: true,
      method: 'GET',
      headers: '{"Authorization":"Bearer open sesame"}',
    },
    { id: 3, name: 'بوابة العملاء', type: 'docker', active: true },
    { id: 4, name: 'Upside down', type: 'ping', hostname: 'closed.example.org', upsideDown: true, active: true },
  ],
};

/** A file that plans as something new in any house. */
const CONFIGURATION = `services:
  reading-room: { name: Reading room, description: Where the quiet ones are }
monitors:
  reading-room-door-of-the-north-wing-that-nobody-opens-in-winter:
    name: The door of the reading room
    url: https://reading-room.example.org/a/rather/long/address?with=a&query=that-goes-on-0123456789abcdef0123456789abcdef
    service: reading-room
    tags: [public, north]
    headers: { Authorization: 'Bearer \${TOKEN}' }
`;

/** Screens for people who are not signed in. */
export const OUTSIDE: readonly Screen[] = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'forgot-password', path: '/forgot-password' },
  { name: 'broken-invite', path: '/invite/nothing' },
  { name: 'setup-over', path: '/setup' },
  { name: 'public', path: '/s/public' },
  { name: 'public-history', path: '/s/public/history' },
  { name: 'public-uptime', path: '/s/public/uptime' },
  { name: 'public-subscribe', path: '/s/public/subscribe' },
  { name: 'public-nothing', path: '/s/nothing' },
];

export const FIRST_VISIT: Screen = { name: 'setup', path: '/setup' };

/** What a furnished house shows to somebody without a session. */
export function outsideOf(made: Furnished): readonly Screen[] {
  return [
    ...OUTSIDE,
    { name: 'invite', path: `/invite/${made.inviteToken}` },
    { name: 'page-link', path: new URL(made.pageLink).pathname },
    { name: 'prompt-link', path: made.promptPath },
    { name: 'public-report', path: '/s/public/report' },
    { name: 'public-incident', path: `/s/public/incidents/${made.incidentId}` },
  ];
}

/** A question in front of a screen, behind a button. */
function dialog(name: string, path: string, opener: string | RegExp): Screen {
  return {
    name,
    path,
    part: '[role=dialog]',
    async open(page) {
      await handsOn(page).button(opener).first().click();
      await page.getByRole('dialog').waitFor();
    },
  };
}

async function openAddMonitor(page: Page): Promise<void> {
  await handsOn(page)
    .button(/^Add a monitor/)
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
}

/** Screens of a workspace, whatever is in it. */
export const INSIDE: readonly Screen[] = [
  { name: 'now', path: '/' },
  { name: 'incidents', path: '/incidents' },
  { name: 'alerts', path: '/alerts' },
  dialog('alert-report', '/alerts', 'Report a problem'),
  { name: 'monitors', path: '/monitors' },
  dialog('monitor-add', '/monitors', /^Add a monitor/),
  {
    name: 'monitor-add-steps',
    path: '/monitors',
    part: '[role=dialog]',
    async open(page) {
      await openAddMonitor(page);
      await page.getByLabel('What is watched').selectOption('api');
      await handsOn(page).button('Add a value').click();
      await page.getByLabel('Name of value 1').waitFor();
    },
  },
  {
    name: 'monitor-add-journey',
    path: '/monitors',
    part: '[role=dialog]',
    async open(page) {
      await openAddMonitor(page);
      await page.getByLabel('What is watched').selectOption('journey');
      await page.getByLabel('Script').waitFor();
    },
  },
  {
    name: 'monitor-add-database',
    path: '/monitors',
    part: '[role=dialog]',
    async open(page) {
      await openAddMonitor(page);
      // The scheme chooses the kind.
      await page.getByLabel('Address').fill('postgres://db.example.org/shop');
      await page.getByLabel('Query').waitFor();
    },
  },
  {
    name: 'monitor-add-heartbeat',
    path: '/monitors',
    part: '[role=dialog]',
    async open(page) {
      await openAddMonitor(page);
      await handsOn(page).choice('What is watched').selectOption('heartbeat');
      await handsOn(page).button('By a cron expression').click();
      await page.getByText('Comes next').waitFor();
    },
  },
  {
    name: 'monitor-add-value',
    path: '/monitors',
    part: '[role=dialog]',
    async open(page) {
      await openAddMonitor(page);
      await handsOn(page).choice('What is watched').selectOption('value');
      await page.getByLabel('A value comes every').waitFor();
    },
  },
  { name: 'on-call', path: '/on-call' },
  dialog('on-call-page', '/on-call', /^Page somebody/),
  dialog('on-call-policy', '/on-call', /^Add a policy/),
  {
    name: 'on-call-policy-hours',
    path: '/on-call',
    part: '[role=dialog]',
    async open(page) {
      await handsOn(page)
        .button(/^Add a policy/)
        .click();
      await page.getByText('Everybody at once, for every page, at any time').click();
      await handsOn(page).choice('At').selectOption('own hours');
      await page.getByRole('group', { name: 'Weekdays of the hours of step 1' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'schedules',
    path: '/schedules',
  },
  {
    name: 'schedules-calendar',
    path: '/schedules',
    async open(page) {
      await handsOn(page).button('Make an address').click();
      await page.getByRole('status').filter({ hasText: 'shown this once' }).waitFor();
    },
  },
  dialog('schedules-away', '/schedules', 'Be away'),
  { name: 'page-journal', path: '/pages' },
  { name: 'drills', path: '/drills' },
  dialog('drills-run', '/drills', 'Run a drill'),
  dialog('drills-plan', '/drills', /^(Plan drills|Change)$/),
  { name: 'load', path: '/load' },
  { name: 'schedule-new', path: '/schedules/new' },
  { name: 'status-pages', path: '/status-pages' },
  { name: 'wording', path: '/status-pages/wording' },
  { name: 'postmortems', path: '/postmortems' },
  { name: 'action-items', path: '/action-items' },
  { name: 'insights', path: '/insights' },
  { name: 'settings-you', path: '/settings/you' },
  { name: 'settings-reach', path: '/settings/reach' },
  dialog('settings-reach-add', '/settings/reach', 'Add a contact method'),
  { name: 'settings-workspace', path: '/settings/workspace' },
  { name: 'settings-holidays', path: '/settings/holidays' },
  dialog('settings-holidays-add', '/settings/holidays', 'Add a calendar'),
  { name: 'settings-people', path: '/settings/people' },
  dialog('settings-people-invite', '/settings/people', 'Invite'),
  dialog('settings-people-team', '/settings/people', 'Make a team'),
  { name: 'settings-mail', path: '/settings/mail' },
  { name: 'settings-routes', path: '/settings/routes' },
  dialog('settings-routes-add', '/settings/routes', 'Add a route'),
  { name: 'settings-mutes', path: '/settings/mutes' },
  dialog('settings-mutes-add', '/settings/mutes', 'Add a mute'),
  { name: 'settings-services', path: '/settings/services' },
  dialog('settings-services-add', '/settings/services', 'Add a service'),
  { name: 'settings-maintenance', path: '/settings/maintenance' },
  dialog('settings-maintenance-add', '/settings/maintenance', 'Plan maintenance'),
  {
    name: 'settings-maintenance-again',
    path: '/settings/maintenance',
    part: '[role=dialog]',
    async open(page) {
      await handsOn(page).button('Plan maintenance').click();
      await handsOn(page).button('Again and again').click();
      await page.getByText('Begins next').waitFor();
    },
  },
  { name: 'settings-alert-handling', path: '/settings/alert-handling' },
  { name: 'settings-chat', path: '/settings/chat' },
  { name: 'settings-phone', path: '/settings/phone' },
  {
    name: 'settings-phone-connect',
    path: '/settings/phone',
    async open(page) {
      await handsOn(page).button('Connect Vonage').click();
      await page.getByLabel('Application id').waitFor();
    },
  },
  { name: 'settings-channels', path: '/settings/channels' },
  dialog('settings-channels-add', '/settings/channels', 'Add a channel'),
  { name: 'settings-outbox', path: '/settings/outbox' },
  { name: 'settings-alert-sources', path: '/settings/alert-sources' },
  dialog('settings-alert-sources-add', '/settings/alert-sources', 'Add a source'),
  { name: 'settings-import', path: '/settings/import' },
  {
    name: 'settings-import-monitors',
    path: '/settings/import',
    async open(page) {
      const buffer = Buffer.from(JSON.stringify(KUMA_BACKUP));
      await page
        .getByLabel('Database or files')
        .setInputFiles({ name: 'backup.json', mimeType: 'application/json', buffer });
      const { button, sees } = handsOn(page);
      await button('Show what becomes of it').click();
      await sees('What becomes of Uptime Kuma');
      await button('Show what would change').click();
      await sees('What would change');
    },
  },
  { name: 'settings-configuration', path: '/settings/configuration' },
  {
    name: 'settings-configuration-plan',
    path: '/settings/configuration',
    async open(page) {
      const { field, button, sees } = handsOn(page);
      await field('Or the text itself').fill(CONFIGURATION);
      await page.getByLabel('TOKEN').fill('open sesame');
      await button('Show what would change').click();
      await sees('What would change');
    },
  },
  { name: 'settings-locations', path: '/settings/locations' },
  dialog('settings-locations-add', '/settings/locations', 'Add a location'),
  { name: 'settings-networks', path: '/settings/networks' },
  { name: 'settings-api-keys', path: '/settings/api-keys' },
  { name: 'settings-your-api-keys', path: '/settings/your-api-keys' },
  dialog('settings-your-api-keys-make', '/settings/your-api-keys', 'Make a key'),
  { name: 'settings-audit-log', path: '/settings/audit-log' },
  dialog('declare', '/', /^Declare/),
  dialog('palette', '/', /^Search or do anything/),
  {
    name: 'keys',
    path: '/',
    part: '[role=dialog]',
    async open(page) {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'nothing', path: '/nothing-is-here' },
];

const tab = (name: RegExp) => async (page: Page) => {
  await page.getByRole('tab', { name }).click();
  await page.getByRole('tabpanel', { name }).getByRole('button').first().waitFor();
};

/** A bar in the calendar, or a line of the list that stands in its place on a phone. */
const SHIFT = /\d\d:\d\d|all day/;

/** The screens of single things. */
export function insideOf(made: Furnished): readonly Screen[] {
  const incident = `/incidents/${made.incidentId}`;
  return [
    ...INSIDE,
    { name: 'incident', path: incident },
    { name: 'incident-update', path: incident, open: tab(/^Public update/) },
    { name: 'incident-task', path: incident, open: tab(/^Task/) },
    dialog('incident-severity', incident, /severity/),
    dialog('incident-mitigate', incident, /^Mark mitigated/),
    dialog('incident-resolve', incident, /^Resolve/),
    dialog('incident-false-alarm', incident, 'False alarm'),
    { name: 'incident-over', path: `/incidents/${made.calmIncidentId}` },
    { name: 'alert', path: `/alerts/${made.alertId}` },
    { name: 'alert-group', path: `/alerts/${made.many.alertId}` },
    { name: 'alert-explains', path: `/alerts/${made.many.causeId}` },
    { name: 'alert-group-open', path: `/alerts/${made.many.alertId}`, open: openRow },
    {
      name: 'incident-alerts-close',
      path: `/incidents/${made.many.incidentId}/alerts`,
      part: '[role=dialog]',
      open: askToClose,
    },
    { name: 'incident-alerts', path: `/incidents/${made.many.incidentId}/alerts` },
    { name: 'incident-many', path: `/incidents/${made.many.incidentId}` },
    { name: 'alert-reported', path: `/alerts/${made.reported.alertId}` },
    { name: 'alert-source', path: `/settings/alert-sources/${made.mappedSourceId}` },
    { name: 'alert-source-tickets', path: `/settings/alert-sources/${made.ticketSourceId}` },
    { name: 'alert-source-mail', path: `/settings/alert-sources/${made.mailSourceId}` },
    { name: 'alert-source-form', path: `/settings/alert-sources/${made.reported.sourceId}` },
    { name: 'alert-source-shadow', path: `/settings/alert-sources/${made.shadow.sourceId}` },
    { name: 'alert-shadow', path: `/alerts/${made.shadow.alertId}` },
    { name: 'alert-mapping', path: `/settings/alert-sources/${made.mappedSourceId}/mapping` },
    { name: 'alert-tickets', path: `/settings/alert-sources/${made.ticketSourceId}/tickets` },
    { name: 'alert-mail', path: `/settings/alert-sources/${made.mailSourceId}/mail` },
    { name: 'monitor', path: `/monitors/${made.monitorId}` },
    {
      name: 'monitor-phases',
      path: `/monitors/${made.placesId}?${justNow()}`,
      open: (page) => page.getByRole('button', { name: 'phases' }).click(),
    },
    dialog('monitor-span', `/monitors/${made.monitorId}`, 'from … to'),
    { name: 'monitor-zoomed', path: `/monitors/${made.placesId}?${justNow()}` },
    { name: 'monitor-edit', path: `/monitors/${made.monitorId}/edit` },
    { name: 'monitor-managed', path: `/monitors/${made.managedId}` },
    dialog('settings-locations-probe', '/settings/locations', /^Add a probe in Frank/),
    {
      name: 'monitors-chosen',
      path: '/monitors',
      async open(page) {
        await page
          .getByRole('checkbox', { name: /^Choose/ })
          .nth(1)
          .check();
        await page
          .getByRole('checkbox', { name: /^Choose/ })
          .nth(2)
          .check();
        await page.getByRole('region', { name: 'Chosen monitors' }).waitFor();
      },
    },
    { name: 'settings-services-map', path: '/settings/services?view=map' },
    {
      name: 'monitors-groups',
      path: '/monitors?view=groups',
      async open(page) {
        await page.getByRole('button', { name: /^Europe/, expanded: false }).click();
        await page.getByRole('button', { name: /^Shop/, expanded: false }).click();
        await page.getByRole('button', { name: /שירות/, expanded: false }).waitFor();
      },
    },
    { name: 'monitor-places', path: `/monitors/${made.placesId}` },
    { name: 'monitor-places-edit', path: `/monitors/${made.placesId}/edit` },
    { name: 'monitor-steps', path: `/monitors/${made.stepsId}` },
    dialog('monitor-steps-failure', `/monitors/${made.stepsId}`, /^\d\d:\d\d/),
    {
      name: 'monitor-steps-edit',
      path: `/monitors/${made.stepsId}/edit`,
      async open(page) {
        for (const number of [1, 3])
          await handsOn(page)
            .button(new RegExp(`^${number}\\.`))
            .first()
            .click();
        await page.getByText('What later steps use').first().waitFor();
      },
    },
    { name: 'monitor-journey', path: `/monitors/${made.journey.monitorId}` },
    dialog('monitor-journey-failure', `/monitors/${made.journey.monitorId}`, /^\d\d:\d\d/),
    { name: 'monitor-journey-edit', path: `/monitors/${made.journey.monitorId}/edit` },
    {
      name: 'monitor-journey-try',
      path: `/monitors/${made.journey.monitorId}/edit`,
      async open(page) {
        await handsOn(page).button('Try it').click();
        // A browser starts and goes through the journey; while it does, the screen asks on and never settles, and says the
        // failure in a place that the answer takes.
        await page.getByText(/ in all$/).waitFor({ timeout: 60_000 });
        await page
          .getByText(/got no such element/)
          .first()
          .scrollIntoViewIfNeeded();
      },
    },
    { name: 'alert-journey', path: `/alerts/${made.journey.alertId}` },
    { name: 'incident-journey', path: `/incidents/${made.journey.incidentId}` },
    dialog('monitor-drill', `/monitors/${made.monitorId}`, 'Drill'),
    { name: 'heartbeat', path: `/monitors/${made.heartbeatId}` },
    { name: 'slos', path: '/slos' },
    { name: 'slo', path: `/slos/${made.sloId}` },
    dialog('slo-edit', `/slos/${made.sloId}`, 'Edit'),
    { name: 'heartbeat-calls', path: `/monitors/${made.beatenId}` },
    dialog('heartbeat-address', `/monitors/${made.heartbeatId}`, 'Replace the address'),
    { name: 'heartbeat-edit', path: `/monitors/${made.beatenId}/edit` },
    { name: 'pushed-value', path: `/monitors/${made.pushedId}` },
    { name: 'pushed-value-edit', path: `/monitors/${made.pushedId}/edit` },
    dialog('heartbeat-said', `/monitors/${made.beatenId}`, /^\d\d:\d\d/),
    { name: 'schedule', path: `/schedules/${made.scheduleId}` },
    { name: 'schedule-month', path: `/schedules/${made.scheduleId}?view=month&date=${NEXT_WEEK}` },
    { name: 'schedule-holidays', path: `/schedules/${made.scheduleId}?view=week&date=2026-12-25` },
    dialog('settings-holidays-edit', '/settings/holidays', /^Edit The office/),
    { name: 'schedule-hourly', path: `/schedules/${made.hourlyScheduleId}?date=${NEXT_WEEK}` },
    dialog('schedule-gap', `/schedules/${made.scheduleId}?date=${NEXT_WEEK}`, /Nobody/),
    dialog('schedule-shift', `/schedules/${made.scheduleId}?date=${NEXT_WEEK}`, SHIFT),
    { name: 'schedule-edit', path: `/schedules/${made.scheduleId}/edit` },
    {
      name: 'schedule-import',
      path: `/schedules/${made.scheduleId}`,
      part: '[role=dialog]',
      open: importCalendar,
    },
    dialog('schedule-chat-group', `/schedules/${made.scheduleId}`, 'Name another'),
    dialog('schedule-chat-role', `/schedules/${made.hourlyScheduleId}`, 'Name another'),
    dialog('schedule-cover', `/schedules/${made.scheduleId}`, 'Ask for cover'),
    dialog('schedule-override', `/schedules/${made.scheduleId}`, 'Add override'),
    { name: 'import-plan', path: `/settings/import/${made.importId}` },
    dialog('import-apply', `/settings/import/${made.importId}`, 'Carry it out'),
    dialog('settings-people-invite-all', '/settings/people', /^Invite all/),
    { name: 'page', path: `/pages/${made.pageId}` },
    { name: 'status-page', path: `/status-pages/${made.statusPageId}` },
    { name: 'postmortem', path: `/postmortems/${made.postmortemId}` },
    { name: 'postmortem-write', path: `/postmortems/${made.postmortemId}`, open: writeRootCause },
    dialog('action-item-add', `/postmortems/${made.postmortemId}`, 'Add an action item'),
  ];
}

/** A calendar with an entry that names somebody by address and one that names nobody. */
async function importCalendar(page: Page) {
  await handsOn(page).button('Import').click();
  const stamp = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const entry = (uid: string, from: number, to: number, title: string) =>
    `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:${stamp(from)}\r\nDTEND:${stamp(to)}\r\nSUMMARY:${title}\r\nEND:VEVENT\r\n`;
  const entries = `${entry('a', 3, 4, `On call: ${OWNER.email}`)}${entry('b', 5, 6, 'The colleague from the other office')}`;
  await page.getByLabel('File').setInputFiles({
    name: 'on-call.ics',
    mimeType: 'text/calendar',
    buffer: Buffer.from(`BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${entries}END:VCALENDAR\r\n`),
  });
  await page.getByText('Who is meant by').waitFor();
}

/** A row of a folded list, with what is in it. */
async function openRow(page: Page) {
  await page.getByRole('button', { name: /^Host/ }).click();
  const row = handsOn(page).button('db-1.eu-central-1.example.com');
  await row.click();
  await page
    .getByRole('link', { name: /^Fan \d+ of rack north/ })
    .first()
    .waitFor();
  await row.scrollIntoViewIfNeeded();
}

/** The question before all alerts of a list are closed. */
async function askToClose(page: Page) {
  await handsOn(page).button('More for all').click();
  await page.getByRole('menuitem', { name: /^Close/ }).click();
  await page.getByRole('dialog').waitFor();
}

async function writeRootCause(page: Page) {
  await handsOn(page)
    .button(/^(Edit|Write) Root cause/)
    .click();
  await handsOn(page).button('Save root cause').waitFor();
}

export async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await handsOn(page).field('Email').fill(OWNER.email);
  await handsOn(page).field('Password').fill(OWNER.password);
  await handsOn(page).button('Sign in').click();
  await page.getByRole('heading', { name: 'Now' }).waitFor();
}

/** The last quarter of an hour, as a monitor's address says it. */
function justNow(): string {
  const now = Date.now();
  const span = { from: new Date(now - 900_000).toISOString(), to: new Date(now).toISOString() };
  return new URLSearchParams(span).toString();
}

/** Opens a screen by its address, as a link in a message does, and waits until it shows what it has. */
export async function show({ page, traffic }: Visitor, screen: Screen): Promise<void> {
  await page.goto(screen.path);
  await showWhatComes({ page, traffic }, screen);
}

declare global {
  /** How the router is reached from outside, by its own developer tools as well. */
  var __TSR_ROUTER__: {
    readonly history: { readonly push: (path: string) => void };
    readonly state: {
      readonly status: 'idle' | 'pending';
      readonly location: { readonly href: string };
      readonly resolvedLocation?: { readonly href: string };
    };
  };
}

/** Opens a screen from another one, as a link in the dashboard does: a fraction of the time of `show`. */
export async function turnTo({ page, traffic }: Visitor, screen: Screen): Promise<void> {
  await page.evaluate((path) => globalThis.__TSR_ROUTER__.history.push(path), screen.path);
  await page.waitForFunction(() => {
    const { status, location, resolvedLocation } = globalThis.__TSR_ROUTER__.state;
    return status === 'idle' && resolvedLocation?.href === location.href;
  });
  // What was opened in front of the screen before, and is not part of it, still stands.
  if (await page.getByRole('dialog').first().isVisible()) await page.goto(screen.path);
  await showWhatComes({ page, traffic }, screen);
}

async function showWhatComes({ page, traffic }: Pick<Visitor, 'page' | 'traffic'>, screen: Screen): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await settled(page, traffic);
  if (!screen.open) return;
  await screen.open(page);
  await settled(page, traffic);
}
