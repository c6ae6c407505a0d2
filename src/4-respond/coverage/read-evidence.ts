import { setImmediate as letOthers } from 'node:timers/promises';
import { nextBusinessStart } from '#access';
import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import { outlookOf } from '../escalation/outlook.ts';
import { type PlannedStep, planSteps } from '../escalation/plan.ts';
import { changesOf } from '../escalation/own-hours.ts';
import { asksByTurns, type EscalationPolicy, targetsOf } from '../escalation/policy.ts';
import { readRosterFacts, rosterFrom, type RosterFacts, scheduleIdsOf, situationOf } from '../escalation/roster.ts';
import { findTurns } from '../escalation/turn-store.ts';
import type { People } from '../reach/people.ts';
import { readRosters } from '../schedule/read-roster.ts';
import { type OnCallTimes, onCallTimes } from '../schedule/on-call-times.ts';

/** Everything that says who a page would ask at any instant of a window. */
export type Evidence = {
  readonly people: People;
  readonly facts: RosterFacts;
  readonly schedules: ReadonlyMap<string, OnCallTimes>;
  readonly turns: ReadonlyMap<string, ReadonlyMap<number, number>>;
};

/** A page that begins at the end of the window still goes on for a while. */
const AFTERMATH_MS = 2 * DAY_MS;

export async function readEvidence(
  ctx: Ctx,
  policies: readonly EscalationPolicy[],
  people: People,
  from: Date,
  until: Date,
): Promise<Evidence> {
  const targets = policies.flatMap(targetsOf);
  const end = until.getTime() + AFTERMATH_MS;
  const rosters = await readRosters(ctx, scheduleIdsOf(targets), from, new Date(end));
  const schedules = new Map<string, OnCallTimes>();
  for (const [id, roster] of rosters) {
    schedules.set(id, onCallTimes(id, roster, from.getTime(), end));
    // As for the policies: what else there is to do goes on meanwhile.
    await letOthers();
  }
  const turns = new Map<string, ReadonlyMap<number, number>>();
  for (const policy of policies.filter(asksByTurns)) turns.set(policy.id, await findTurns(ctx, policy.id));
  return { people, facts: await readRosterFacts(ctx, targets), schedules, turns };
}

/** Whom a page by the policy that begins at an instant would ask, by the pager's own steps. */
export function planAt(
  policy: EscalationPolicy,
  urgency: Urgency,
  at: Date,
  evidence: Evidence,
): Promise<PlannedStep[]> {
  const targets = targetsOf(policy);
  const { people, facts, schedules } = evidence;
  const terms = { urgency, people, turns: evidence.turns.get(policy.id) ?? new Map<number, number>() };
  return planSteps(policy, at, async (then) => {
    const onCall = scheduleIdsOf(targets).flatMap((id) => schedules.get(id)?.at(then.getTime()) ?? []);
    const roster = rosterFrom(facts, targets, new Map(onCall.map((one) => [one.scheduleId, one])), then);
    const reachOf = (userId: string) => people.reachOf(userId, urgency);
    return outlookOf(policy, roster, situationOf(roster, terms), reachOf, people.nameOf);
  });
}

/** The instants of a window at which the answer may change, in order; the first is its start. */
export function instantsOf(policy: EscalationPolicy, from: Date, until: Date, { schedules, facts }: Evidence): Date[] {
  const shifts = scheduleIdsOf(targetsOf(policy)).flatMap((id) => schedules.get(id)?.changes ?? []);
  const conditions = policy.steps.flatMap(({ onlyHours }) => onlyHours ?? []);
  const hours = conditions.some((one) => typeof one === 'string') ? hoursIn(facts, from, until) : [];
  const own = conditions.flatMap((one) => (typeof one === 'string' ? [] : changesOf(one, facts.timeZone, from, until)));
  const inside = [...shifts, ...hours, ...own].filter((ms) => ms > from.getTime() && ms < until.getTime());
  return [...new Set([from.getTime(), ...inside])].toSorted((a, b) => a - b).map((ms) => new Date(ms));
}

/** Every beginning and end of business hours in a window. */
function hoursIn(facts: RosterFacts, from: Date, until: Date): number[] {
  const { businessHours, timeZone } = facts;
  const changes: number[] = [];
  let at = nextBusinessStart(facts, new Date(from.getTime() - DAY_MS));
  while (at < until) {
    const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
    const end = local
      .toPlainDate()
      .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(businessHours.end) });
    changes.push(at.getTime(), end.epochMilliseconds);
    at = nextBusinessStart(facts, new Date(at.getTime() + 1));
  }
  return changes;
}
