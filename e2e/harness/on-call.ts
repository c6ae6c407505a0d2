import { createHolidayCalendar, createTeam, listUsers } from '#access/contract';
import type { Client } from '#client';
import {
  acknowledgePageRoute,
  askForCover,
  createAbsence,
  createEscalationPolicy,
  createNoticeChannel,
  createNotificationRule,
  createSchedule,
  createScheduleOverride,
  drillMyselfRoute,
  listContactMethods,
  listPersonShifts,
  saveChatGroup,
  saveDrillPlan,
  saveQuietHours,
  startDrillRoute,
} from '#respond/contract';

/** A schedule with everything that a schedule can say, an override, and hours in which nobody is on call. */
export async function takeTurns(client: Client): Promise<string> {
  const { items } = await client.call(listUsers, { query: { limit: 200 } });
  const userIds = items.map(({ id }) => id);
  const some = (from: number, to: number) => userIds.slice(from, to);
  const now = Date.now();
  const begins = { beginsAt: '2026-01-05T09:00' };
  const made = await client.call(createSchedule, {
    body: {
      name: 'Payments and settlement, primary, all regions and time zones',
      timeZone: 'America/Argentina/Buenos_Aires',
      layers: [
        {
          ...begins,
          name: 'Working days, by turns of eight hours and then of sixteen',
          rotation: { kind: 'custom' },
          turns: [
            { userIds: some(0, 2), length: { count: 8, unit: 'hours' } },
            { userIds: some(2, 3), length: { count: 16, unit: 'hours' } },
            { userIds: [], length: { count: 1, unit: 'days' } },
          ],
          whenAway: 'next-in-rotation',
        },
        {
          ...begins,
          name: 'عطلة نهاية الأسبوع',
          rotation: { kind: 'weekly' },
          turns: [{ userIds: some(1, 4) }, { userIds: some(0, 1) }],
          restrictions: [
            { days: [6, 7], start: '00:00', end: '24:00' },
            { days: [1, 2, 3, 4, 5], start: '22:00', end: '06:00' },
          ],
        },
        { ...begins, name: 'New here', shadow: true, rotation: { kind: 'weekly' }, turns: [{ userIds: some(3, 4) }] },
      ],
    },
  });
  const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
  await client.call(createScheduleOverride, {
    params: { id: made.id },
    body: {
      kind: 'replace',
      userId: userIds[1] ?? '',
      replacedUserId: userIds[0] ?? '',
      startsAt: at(3),
      endsAt: at(30),
      reason: 'Dentist in the morning, and then the long way home through every town of the region',
    },
  });
  await client.call(saveChatGroup, { params: { id: made.id }, body: { groupId: 'S0615G0KT' } });
  await client.call(createScheduleOverride, {
    params: { id: made.id },
    body: { kind: 'remove', userId: userIds[2] ?? '', startsAt: at(40), endsAt: at(90) },
  });
  const [mine] = (await client.call(listPersonShifts, { query: { from: at(100), to: at(800) } })).items;
  if (mine)
    await client.call(askForCover, {
      params: { id: made.id },
      body: {
        startsAt: mine.startsAt,
        endsAt: mine.endsAt,
        note: 'A wedding, and then the long way home through every town of the region',
      },
    });
  await client.call(createAbsence, {
    body: {
      userId: userIds[3] ?? '',
      startsAt: at(5),
      endsAt: at(400),
      reason: 'Walking from one end of the country to the other',
    },
  });
  return made.id;
}

/** Holidays of a country, and of one person in another. */
export async function closeOnHolidays(client: Client): Promise<void> {
  const { items } = await client.call(listUsers, { query: { limit: 200 } });
  await client.call(createHolidayCalendar, {
    body: {
      name: 'The office in Munich, and everybody who works from home anywhere in the country',
      country: 'DE',
      region: 'BY',
      isDefault: true,
      ownDays: [
        { date: '2026-12-24', name: 'Christmas Eve' },
        { date: '2026-12-28', name: 'Between the years, when nobody is in any of the offices and the heating is off' },
      ],
    },
  });
  await client.call(createHolidayCalendar, {
    body: { name: 'القاهرة', country: 'EG', userIds: items.slice(1, 2).map(({ id }) => id) },
  });
}

/** A schedule that changes hands every hour, with an hour that nobody has: hundreds of turns in a month. */
export async function takeHours(client: Client): Promise<string> {
  const { items } = await client.call(listUsers, { query: { limit: 200 } });
  const { id } = await client.call(createSchedule, {
    body: {
      name: 'Every hour',
      timeZone: 'Europe/Berlin',
      layers: [
        {
          name: 'Hours',
          beginsAt: '2026-01-05T00:00',
          rotation: { kind: 'hourly', every: 1 },
          turns: [...items.map(({ id: userId }) => ({ userIds: [userId] })), { userIds: [] }],
        },
      ],
    },
  });
  const groupId = '109441122556723444/109441122556723555';
  await client.call(saveChatGroup, { params: { id }, body: { kind: 'discord', groupId } });
  return id;
}

/** A schedule as most teams have it: three people by the week, an hour that is forgotten, an override. */
export async function takeWeeks(client: Client): Promise<string> {
  const { items } = await client.call(listUsers, { query: { limit: 200 } });
  const userIds = items.map(({ id }) => id);
  const days = [1, 2, 3, 4, 5, 6];
  const made = await client.call(createSchedule, {
    body: {
      name: 'Search, primary',
      timeZone: 'Europe/Berlin',
      layers: [
        {
          name: 'Weekly rotation',
          beginsAt: '2026-01-07T09:00',
          rotation: { kind: 'weekly', every: 1 },
          turns: userIds.map((id) => ({ userIds: [id] })),
          restrictions: [
            { days, start: '00:00', end: '24:00' },
            { days: [7], start: '00:00', end: '02:00' },
            { days: [7], start: '03:00', end: '24:00' },
          ],
        },
        {
          name: 'Office hours, two at once',
          beginsAt: '2026-01-05T09:00',
          rotation: { kind: 'daily', every: 1 },
          turns: userIds.map((id, index) => ({ userIds: [id, userIds[(index + 1) % userIds.length] ?? id] })),
          restrictions: [{ days: [1, 2], start: '09:00', end: '17:00' }],
        },
        {
          name: 'New here',
          shadow: true,
          beginsAt: '2026-01-05T09:00',
          rotation: { kind: 'weekly' },
          turns: userIds.slice(0, 1).map((id) => ({ userIds: [id] })),
        },
      ],
    },
  });
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  await client.call(createScheduleOverride, {
    params: { id: made.id },
    body: { kind: 'replace', userId: userIds[1] ?? '', startsAt: at(20), endsAt: at(44), reason: 'Dentist' },
  });
  await client.call(createEscalationPolicy, {
    body: {
      name: 'Search',
      steps: [
        { targets: [{ kind: 'schedule', scheduleId: made.id }], delaySeconds: 900 },
        { userIds: userIds.slice(0, 1), delaySeconds: 900 },
      ],
    },
  });
  return made.id;
}

/** A drill that was answered, one that runs and cannot reach everybody, and a plan for more. */
export async function practise(client: Client): Promise<void> {
  const mine = await client.call(drillMyselfRoute, {});
  await client.call(acknowledgePageRoute, { params: { id: mine.people[0]?.pageId ?? '' }, body: {} });
  const { items } = await client.call(listUsers, { query: { limit: 200 } });
  await client.call(startDrillRoute, { body: { of: { kind: 'people', userIds: items.map(({ id }) => id) } } });
  await client.call(saveQuietHours, {
    body: {
      windows: [
        { days: [1, 2, 3, 4, 7], start: '22:00', end: '07:00' },
        { days: [5, 6], start: '23:30', end: '10:00' },
      ],
    },
  });
  // One method that tells several times.
  const methods = await client.call(listContactMethods, { query: { limit: 10 } });
  for (const { id } of methods.items.filter(({ verifiedAt }) => verifiedAt !== null))
    for (const delaySeconds of [180, 360])
      await client.call(createNotificationRule, { body: { contactMethodId: id, urgency: 'high', delaySeconds } });
  await client.call(saveDrillPlan, { body: { plan: { every: 'month', weekday: 2, atTime: '10:30' } } });
}

/** A team with somebody in it, one with nobody, and a policy with everything that a policy can say. */
export async function staffOnCall(client: Client): Promise<void> {
  const { items } = await client.call(listUsers, { query: { limit: 200 } });
  const userIds = items.map(({ id }) => id);
  const payments = await client.call(createTeam, { body: { name: 'Payments and settlement, all regions', userIds } });
  const ghosts = await client.call(createTeam, { body: { name: 'فريق الدفع', userIds: [] } });
  const schedule = await client.call(createSchedule, {
    body: {
      name: 'Primary, all regions, weeks by turns',
      timeZone: 'Europe/Berlin',
      layers: [
        {
          name: 'Weeks',
          beginsAt: '2026-01-05T09:00',
          rotation: { kind: 'weekly', every: 1 },
          turns: userIds.map((id) => ({ userIds: [id] })),
          restrictions: [
            { days: [1, 2, 3, 4, 5, 6], start: '00:00', end: '24:00' },
            { days: [7], start: '03:00', end: '24:00' },
          ],
        },
      ],
    },
  });
  await client.call(createEscalationPolicy, {
    body: {
      name: 'Follow the schedule',
      steps: [
        { targets: [{ kind: 'schedule', scheduleId: schedule.id }], delaySeconds: 900 },
        { targets: [{ kind: 'schedule', scheduleId: schedule.id, who: 'next' }], delaySeconds: 900 },
      ],
    },
  });
  const operations = await client.call(createNoticeChannel, {
    body: { name: 'Operations, read by everybody', kind: 'email', address: 'operations@example.com', onlyPages: true },
  });
  const channel = { kind: 'channel', noticeChannelId: operations.id } as const;
  await client.call(createEscalationPolicy, {
    body: {
      name: 'Payments, by turns and by the hour of the day',
      steps: [
        {
          targets: [{ kind: 'team', teamId: payments.id }],
          ask: 'round-robin',
          delaySeconds: 300,
          onlyHours: 'business',
        },
        {
          targets: [channel],
          delaySeconds: 120,
          onlyHours: { op: 'outside', days: [1, 2, 5, 7], from: '22:30', to: '06:15', timeZone: 'Europe/Berlin' },
        },
        { targets: [{ kind: 'team', teamId: ghosts.id }, channel], delaySeconds: 90, onlyUrgency: 'high' },
        { userIds: userIds.slice(0, 1), delaySeconds: 3_600, untilBusinessHours: true },
      ],
      repeatCount: 1,
      acknowledgement: 'all',
      acknowledgeTimeoutSeconds: 1_800,
      fallback: [{ kind: 'team', teamId: payments.id }],
    },
  });
}
