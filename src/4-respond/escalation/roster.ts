import {
  closuresBetween,
  isWithinBusinessHours,
  listTeams,
  nextBusinessStart,
  type OpenHours,
  readWorkspace,
  type User,
  type Workspace,
} from '#access';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { onceATransaction } from '#platform/once-a-transaction.ts';
import type { Urgency } from '../contact-method/contract.ts';
import { canReach, type People } from '../reach/people.ts';
import type { OnCall } from '../schedule/on-call-times.ts';
import { openOnCall } from '../schedule/read-on-call.ts';
import { clockTime } from '../page/clock-time.ts';
import { type ChannelToTell, readChannelsToTell } from '../notice-channel/channels-to-tell.ts';
import { asksByTurns, channelIdsOf, type OwnHours, type PolicyDocument, type Target, targetKey } from './policy.ts';
import { isInHours } from './own-hours.ts';
import { type Beginning, type Situation, waitsFrom } from './steps.ts';
import { findTurns } from './turn-store.ts';

/** A target that is nobody at an instant. */
export type Hole = {
  /** `Nobody is on call by “Primary”`. */
  readonly what: string;
  /** Until when, as a reader in the schedule's zone says it; null = not foreseeable. */
  readonly before: string | null;
  readonly scheduleId: string | null;
};

/** `Nobody is on call by “Primary” before Mon 09:00`. */
export function sayHole({ what, before }: Hole): string {
  return before === null ? what : `${what} before ${before}`;
}

/** Who targets are at one instant, and why. */
export type Roster = {
  readonly at: Date;
  readonly withinHours: boolean;
  /** Whether hours of a step's own are now. */
  readonly inHours: (hours: OwnHours) => boolean;
  /** When business hours begin next; `at` itself while they run. */
  readonly businessStart: Date;
  /** Names of the holidays that keep business hours from running up to an instant. */
  readonly closedUntil: (until: Date) => readonly string[];
  readonly peopleOf: (target: Target) => readonly string[];
  /** `on call by “Primary” until Mon 09:00, then Bob`; null for a person who is named. */
  readonly because: (target: Target, userId: string, nameOf: (userId: string) => string) => string | null;
  /** Why a target is nobody now; null when it is somebody. */
  readonly hole: (target: Target) => Hole | null;
  /** The channels among the targets that are there. */
  readonly channels: ReadonlyMap<string, ChannelToTell>;
};

/** Looks up once who the targets are at an instant. */
export async function readRoster(ctx: Ctx, targets: readonly Target[], at: Date): Promise<Roster> {
  return (await openRoster(ctx, targets, at))(at);
}

/** Reads everything once, for questions about the same targets at instants none of which is before `from`. */
export async function openRoster(
  ctx: Ctx,
  targets: readonly Target[],
  from: Date,
  known: { readonly workspace?: Workspace; readonly members?: readonly User[] } = {},
): Promise<(at: Date) => Roster> {
  const facts = await readRosterFacts(ctx, targets, known.workspace);
  const onCallAt = await openOnCall(ctx, scheduleIdsOf(targets), from, known.members);
  return (at) => rosterFrom(facts, targets, onCallAt(at), at);
}

/** What a roster rests on besides the schedules. */
export type RosterFacts = OpenHours & {
  readonly teams: ReadonlyMap<string, TeamOfPeople>;
  readonly channels: ReadonlyMap<string, ChannelToTell>;
};

export async function readRosterFacts(
  ctx: Ctx,
  targets: readonly Target[],
  workspace?: Workspace,
): Promise<RosterFacts> {
  const { businessHours, timeZone, holidays } = workspace ?? (await workspaceIn(ctx));
  const teamIds = targets.flatMap((target) => (target.kind === 'team' ? [target.teamId] : []));
  const teams = await listTeams(ctx, [...new Set(teamIds)]);
  const channels = await readChannelsToTell(ctx, channelIdsOf(targets));
  return { businessHours, timeZone, holidays, teams: new Map(teams.map((team) => [team.id, team])), channels };
}

const workspaceIn = onceATransaction(readWorkspace);

/** The schedules that targets name, each once. */
export function scheduleIdsOf(targets: readonly Target[]): string[] {
  return [...new Set(targets.flatMap((target) => (target.kind === 'schedule' ? [target.scheduleId] : [])))];
}

/** Who targets are at an instant, from what was read before. */
export function rosterFrom(
  facts: RosterFacts,
  targets: readonly Target[],
  schedules: ReadonlyMap<string, OnCall>,
  at: Date,
): Roster {
  const found = new Map(targets.map((target) => [targetKey(target), foundFor(target, facts, schedules, at)]));
  const withinHours = isWithinBusinessHours(facts, at);
  return {
    at,
    withinHours,
    inHours: (hours) => isInHours(hours, facts.timeZone, at),
    businessStart: withinHours ? at : nextBusinessStart(facts, at),
    closedUntil: (until) => closuresBetween(facts, at, until),
    peopleOf: (target) => found.get(targetKey(target))?.userIds ?? [],
    because: (target, userId, nameOf) => {
      const because = found.get(targetKey(target))?.because ?? null;
      return typeof because === 'function' ? because(userId, nameOf) : because;
    },
    hole: (target) => found.get(targetKey(target))?.hole ?? null,
    channels: facts.channels,
  };
}

type Found = {
  readonly userIds: readonly string[];
  /** Worked out for whoever asks only: when a person's time ends can lie far ahead. */
  readonly because: string | null | ((userId: string, nameOf: (userId: string) => string) => string);
  readonly hole: Hole | null;
};

function holeOf(what: string, scheduleId: string | null = null, before: string | null = null): Hole {
  return { what, before, scheduleId };
}

type TeamOfPeople = { readonly name: string; readonly userIds: readonly string[] };

function foundFor(
  target: Target,
  { teams, channels }: RosterFacts,
  schedules: ReadonlyMap<string, OnCall>,
  at: Date,
): Found {
  switch (target.kind) {
    case 'user':
      return { userIds: [target.userId], because: null, hole: null };
    case 'team':
      return inTeam(teams.get(target.teamId));
    case 'schedule':
      return onSchedule(schedules.get(target.scheduleId), target.who, at);
    case 'channel':
      return inChannel(channels.get(target.noticeChannelId));
  }
}

/** Nobody in any case; a hole only when nothing would arrive there. */
function inChannel(channel: ChannelToTell | undefined): Found {
  const fault = channel === undefined ? 'The channel was removed' : channel.problem;
  const what =
    channel === undefined || fault === null ? fault : `“${channel.name}” hears nothing: ${fault.replace(/\.$/, '')}`;
  return { userIds: [], because: null, hole: what === null ? null : holeOf(what) };
}

function inTeam(team: TeamOfPeople | undefined): Found {
  if (!team) return { userIds: [], because: null, hole: holeOf('The team was removed') };
  const hole = team.userIds.length === 0 ? holeOf(`Nobody is in the team “${team.name}”`) : null;
  return { userIds: team.userIds, because: `in the team “${team.name}”`, hole };
}

function onSchedule(schedule: OnCall | undefined, who: 'current' | 'next' | 'everybody', at: Date): Found {
  if (!schedule) return { userIds: [], because: null, hole: holeOf('The schedule was removed') };
  const { name, next, timeZone } = schedule;
  const hole = (what: string, before: string | null = null) => holeOf(what, schedule.scheduleId, before);
  const change = next ? clockTime(next.at, timeZone, at) : null;
  switch (who) {
    case 'current':
      return {
        userIds: schedule.userIds,
        because: (userId, nameOf) => `on call by “${name}”${endWords(schedule, userId, nameOf, at)}`,
        hole: schedule.userIds.length > 0 ? null : hole(`Nobody is on call by “${name}”`, change),
      };
    case 'next':
      return {
        userIds: next?.userIds ?? [],
        because: `next on call by “${name}”${change === null ? '' : `, from ${change}`}`,
        hole: next === null || next.userIds.length === 0 ? hole(`Nobody is next on call by “${name}”`) : null,
      };
    case 'everybody':
      return {
        userIds: schedule.everybody,
        because: `takes part in “${name}”`,
        hole: schedule.everybody.length === 0 ? hole(`Nobody takes part in “${name}”`) : null,
      };
  }
}

/** ` until Mon 09:00, then Bob`; ` until Mon 09:00, then nobody` before a gap. */
function endWords({ endOf, timeZone }: OnCall, userId: string, nameOf: (userId: string) => string, at: Date): string {
  const end = endOf(userId);
  if (end === null) return '';
  const then = end.thenIds.length === 0 ? 'nobody' : end.thenIds.map(nameOf).join(', ');
  return ` until ${clockTime(end.at, timeZone, at)}, then ${then}`;
}

/** What decides besides the roster: the urgency, how people are reached, whose turn it is. */
export type Terms = {
  readonly urgency: Urgency;
  readonly people: People;
  readonly turns: ReadonlyMap<number, number>;
};

/** Everything that decides whom a page's next step asks, as it is at the roster's instant. */
export async function readSituation(
  ctx: Ctx,
  asked: { readonly policyId: string | null; readonly document: PolicyDocument; readonly urgency: Urgency },
  roster: Roster,
  people: People,
): Promise<Situation> {
  const turns =
    asked.policyId !== null && asksByTurns(asked.document) ? await findTurns(ctx, asked.policyId) : NO_TURNS;
  return situationOf(roster, { urgency: asked.urgency, people, turns });
}

export function situationOf(roster: Roster, { urgency, people, turns }: Terms): Situation {
  return {
    urgency,
    withinHours: roster.withinHours,
    inHours: roster.inHours,
    peopleOf: roster.peopleOf,
    canReach: canReach(people, urgency),
    quietUntil: (userId, at) => people.quietUntil(userId, urgency, at),
    canTell: (noticeChannelId) => roster.channels.get(noticeChannelId)?.problem === null,
    turnOf: (step) => turns.get(step) ?? 0,
    lastResort: people.responders,
  };
}

const NO_TURNS: ReadonlyMap<number, number> = new Map();

/** When the step after one that begins at the roster's instant begins, if nobody acknowledges. */
export function endOfWait(document: PolicyDocument, roster: Roster, begun: Beginning, situation: Situation): Date {
  const waited = addSeconds(waitsFrom(document, begun, situation, roster.at), begun.waitSeconds);
  return begun.untilBusinessHours && roster.businessStart > waited ? roster.businessStart : waited;
}
