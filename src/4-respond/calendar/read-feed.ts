import ical, { ICalCalendarMethod } from 'ical-generator';
import { listMembers, listTeams } from '#access';
import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { oneByOne } from '../schedule/one-by-one.ts';
import { finalShifts } from '../schedule/shifts.ts';
import { readRosters } from '../schedule/read-roster.ts';
import { findScheduleIds } from '../schedule/store.ts';
import { type CalendarEvent, eventsOfPerson, eventsOfSchedule } from './calendar-events.ts';
import type { FeedRow } from './store.ts';

const BEFORE_DAYS = 31;
const AHEAD_DAYS = 92;
/** Calendar programs ask again after this; most take it as advice. */
const TTL_SECONDS = 900;

/**
 * The calendar of a feed (RFC 5545), from a month ago to three months ahead, in UTC; null when its maker may not see it any
 * more or what it shows is gone.
 */
export async function readFeed(ctx: Ctx, feed: FeedRow): Promise<string | null> {
  const members = await listMembers(ctx);
  if (!members.some(({ id, active }) => active && id === feed.createdBy)) return null;
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const found = await eventsOf(ctx, feed, (id) => names.get(id) ?? 'somebody');
  if (found === null) return null;
  const calendar = ical({
    name: found.name,
    prodId: { company: 'Allclear', product: 'On call' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: TTL_SECONDS,
  });
  for (const { uid, startMs, endMs, summary, description } of found.events)
    calendar.createEvent({
      id: uid,
      start: new Date(startMs),
      end: new Date(endMs),
      stamp: ctx.now,
      summary,
      ...(description === '' ? {} : { description }),
    });
  return calendar.toString();
}

type Found = { readonly name: string; readonly events: readonly CalendarEvent[] };

async function eventsOf(ctx: Ctx, { kind, subjectId }: FeedRow, nameOf: (id: string) => string): Promise<Found | null> {
  const nowMs = ctx.now.getTime();
  const window = { startMs: nowMs - BEFORE_DAYS * DAY_MS, endMs: nowMs + AHEAD_DAYS * DAY_MS };
  const ids = kind === 'schedule' ? [subjectId] : await findScheduleIds(ctx);
  const rosters = [...(await readRosters(ctx, ids, new Date(window.startMs), new Date(window.endMs)))];
  if (kind === 'schedule') {
    const [only] = rosters;
    if (!only) return null;
    return { name: only[1].versions.at(-1)?.name ?? '', events: eventsOfSchedule(only[1], subjectId, window, nameOf) };
  }
  const [team] = kind === 'team' ? await listTeams(ctx, [subjectId]) : [];
  if (kind === 'team' && !team) return null;
  const userIds = team?.userIds ?? [subjectId];
  const found = await oneByOne(rosters, ([id, roster]) => {
    const shifts = finalShifts(roster, window);
    return userIds.flatMap((userId) => eventsOfPerson(roster, id, userId, window, nameOf, kind === 'team', shifts));
  });
  const events = found.flat();
  return { name: team ? `${team.name} on call` : `${nameOf(subjectId)} on call`, events };
}
