import { spanOf } from '#kernel/interval.ts';
import type { z } from 'zod';
import { cut, knownZone, oneLine, parseDocument } from './document.ts';
import {
  changed,
  type ImportDraft,
  type LayerDraft,
  lost,
  type Note,
  type OverrideDraft,
  type PersonDraft,
  type PolicyDraft,
  type Rendering,
  type ScheduleDraft,
  type ServiceDraft,
  type TargetDraft,
  type TeamDraft,
} from './draft.ts';
import { type Exported, pagerDutyDocument, type reference } from './pagerduty-document.ts';
import { placesBeside, placesOfPolicy, stakeholderRemarks } from './pagerduty-places.ts';
import { beginsAtOf, clockNotes, restrictionsOf, rotationOf } from './wall-time.ts';

/** What an export of PagerDuty says, in our words; refuses a malformed one. */
export function readPagerDuty(document: unknown, nowMs: number): ImportDraft {
  const found = parseDocument(pagerDutyDocument, document);
  return {
    tool: 'pagerduty',
    people: found.users.map(personOf),
    teams: found.teams.map((team) => teamOf(team, found)),
    schedules: found.schedules.map((one) => scheduleOf(one, found, nowMs)),
    policies: found.escalation_policies.map((one) => policyOf(one, found)),
    services: found.services.map((one) => serviceOf(one, found)),
    heartbeats: [],
    renderings: found.schedules.flatMap((one) => renderingOf(one, found)),
    remarks: [
      'Contact methods and notification rules stay behind: everybody verifies their own here.',
      'Integrations, event rules and extensions that are neither chat nor webhook stay behind: make an alert source for each sender, in shadow at first.',
      ...stakeholderRemarks(found),
    ],
  };
}

function personOf({ id, name, email, time_zone, role }: Exported['users'][number]): PersonDraft {
  const grand = role === 'owner' || role === 'admin';
  return {
    vendorId: id,
    name: name || email,
    email: email.trim().toLowerCase(),
    timeZone: knownZone(time_zone),
    notes: grand ? [changed(`Is ${role} in PagerDuty and a member here, until you give another access role.`)] : [],
    refusal: null,
  };
}

function teamOf({ id, name }: Exported['teams'][number], { users }: Exported): TeamDraft {
  const personIds = users.filter(({ teams }) => teams?.some((team) => team.id === id)).map((one) => one.id);
  return { vendorId: id, name, personIds, notes: [], refusal: null };
}

function scheduleOf(one: Exported['schedules'][number], found: Exported, nowMs: number): ScheduleDraft {
  const timeZone = knownZone(one.time_zone);
  const notes: Note[] = [];
  // The API answers with the layer that wins first.
  const layers = (one.schedule_layers ?? []).toReversed().flatMap((each, index) => {
    if (timeZone === null) return [];
    const [draft, layerNotes] = layerOf({ ...each, name: each.name || `Layer ${index + 1}` }, timeZone, nowMs);
    notes.push(...layerNotes);
    return draft ?? [];
  });
  return {
    vendorId: one.id,
    originId: one.id,
    name: one.name,
    timeZone: timeZone ?? '',
    layers,
    overrides: overridesOf(one, found),
    notes,
    refusal:
      timeZone === null
        ? `its time zone “${oneLine(one.time_zone ?? '')}” is not known here`
        : layers.length === 0
          ? 'it has no layer that can be carried over'
          : null,
  };
}

function overridesOf(one: Exported['schedules'][number], found: Exported): OverrideDraft[] {
  const all = [...(one.overrides ?? []), ...(found.overrides.get(one.id) ?? [])];
  return [...new Map(all.map((each) => [each.id, each])).values()].map(
    ({ id, start, end, user: { id: personId } }) => ({
      vendorId: id,
      personId,
      startMs: start,
      endMs: end,
    }),
  );
}

type LayerFound = NonNullable<Exported['schedules'][number]['schedule_layers']>[number];

function layerOf(one: LayerFound, zone: string, nowMs: number): [LayerDraft | null, Note[]] {
  const quoted = `Layer “${one.name}”`;
  if (one.end && one.end <= nowMs) return [null, []];
  if (one.users.length === 0) return [null, [lost(`${quoted} has nobody in it.`)]];
  const rotation = rotationOf(one.rotation_turn_length_seconds);
  if (rotation === null)
    return [
      null,
      [lost(`${quoted} hands over every ${one.rotation_turn_length_seconds} s; here a turn lasts whole hours.`)],
    ];
  const [restrictions, notes] = restrictionsIn(one, quoted);
  const draft: LayerDraft = {
    name: cut(one.name, 80),
    shadow: false,
    beginsAt: beginsAtOf(one.rotation_virtual_start, zone),
    rotation,
    turns: one.users.map(({ user: { id } }) => ({ userIds: [id] })),
    restrictions,
    whenAway: 'leave-open',
    fromMs: one.start > nowMs ? one.start : null,
    untilMs: one.end ?? null,
  };
  return [draft, [...notes, ...clockNotes(draft, zone, nowMs)]];
}

function restrictionsIn(one: LayerFound, quoted: string): [LayerDraft['restrictions'], Note[]] {
  const notes: Note[] = [];
  const all = (one.restrictions ?? []).flatMap((each) => {
    const [hour = 0, minute = 0, second = 0] = each.start_time_of_day.slice(0, 8).split(':').map(Number);
    if (hour > 23 || minute > 59 || each.duration_seconds < 60) return [];
    if (second !== 0 || each.duration_seconds % 60 !== 0)
      notes.push(changed(`${quoted} has a restriction that is not in whole minutes; it is cut to them.`));
    const weekly = each.type === 'weekly_restriction';
    const days = weekly ? [each.start_day_of_week ?? 1] : [1, 2, 3, 4, 5, 6, 7];
    const most = (weekly ? 7 : 1) * 24 * 60;
    return restrictionsOf(days, hour * 60 + minute, Math.min(most, Math.floor(each.duration_seconds / 60)));
  });
  return [all, notes];
}

function policyOf(one: Exported['escalation_policies'][number], found: Exported): PolicyDraft {
  const notes: Note[] = [];
  const steps = (one.escalation_rules ?? []).map((rule, index) => {
    const strategy = rule.escalation_rule_assignment_strategy;
    const byTurns = (typeof strategy === 'string' ? strategy : strategy?.type) === 'round_robin';
    return {
      targets: rule.targets.flatMap((target) => {
        const draft = targetOf(target);
        if (draft === null)
          notes.push(lost(`Step ${index + 1} asks a ${target.type ?? 'thing'}, which is not asked here.`));
        return draft ?? [];
      }),
      places: [],
      ask: byTurns ? ('round-robin' as const) : ('all' as const),
      delaySeconds: rule.escalation_delay_in_minutes * 60,
    };
  });
  const timeouts = new Set(
    found.services
      .filter(({ escalation_policy }) => escalation_policy?.id === one.id)
      .map(({ acknowledgement_timeout }) => acknowledgement_timeout ?? null),
  );
  const [timeout = null] = timeouts;
  if (timeouts.size > 1)
    notes.push(
      lost(
        'Its services page again at different times after an acknowledgement; here that belongs to the policy. Set it.',
      ),
    );
  return {
    vendorId: one.id,
    name: one.name,
    steps,
    repeatCount: one.num_loops ?? 0,
    acknowledgeTimeoutSeconds: timeouts.size === 1 ? timeout : null,
    atOnce: placesOfPolicy(one.id, found),
    notes,
    refusal: null,
  };
}

function targetOf({ id, type }: z.output<typeof reference>): TargetDraft | null {
  if (type?.startsWith('user')) return { kind: 'user', vendorId: id };
  if (type?.startsWith('schedule')) return { kind: 'schedule', vendorId: id, who: 'current' };
  return null;
}

function serviceOf(one: Exported['services'][number], found: Exported): ServiceDraft {
  const notes: Note[] = [];
  if (one.auto_resolve_timeout)
    notes.push(
      lost('Resolving by itself after a time belongs to the alert source or to Settings, Alert handling here.'),
    );
  if (one.incident_urgency_rule?.type === 'use_support_hours' || one.support_hours)
    notes.push(lost('Urgency by support hours is written as a route here, with the hours of the workspace.'));
  if (one.incident_urgency_rule?.type === 'constant' && one.incident_urgency_rule.urgency === 'low')
    notes.push(lost('Its incidents are of low urgency; write a route that says so.'));
  return {
    vendorId: one.id,
    name: one.name,
    description: one.description ?? '',
    policyId: one.escalation_policy?.id ?? null,
    places: placesBeside(one, found),
    notes,
    refusal: one.status === 'disabled' ? 'it is disabled in PagerDuty' : null,
  };
}

/** What the export shows of the final schedule; without `since` and `until` it reaches from its first entry to its last. */
function renderingOf(one: Exported['schedules'][number], found: Exported): Rendering[] {
  const entries = (one.final_schedule?.rendered_schedule_entries ?? []).flatMap(({ start, end, user: who }) =>
    who ? [{ startMs: start, endMs: end, personId: who.id }] : [],
  );
  const span = spanOf(entries);
  if (span === null) return [];
  return [{ scheduleId: one.id, startMs: found.since ?? span.startMs, endMs: found.until ?? span.endMs, entries }];
}
