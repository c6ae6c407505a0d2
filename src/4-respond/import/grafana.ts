import { spanOf } from '#kernel/interval.ts';
import { knownZone, parseDocument } from './document.ts';
import {
  changed,
  type ImportDraft,
  lost,
  type Note,
  type PolicyDraft,
  type Rendering,
  type ServiceDraft,
  type StepDraft,
  type TargetDraft,
} from './draft.ts';
import { type GrafanaDocument, grafanaDocument, type Policy } from './grafana-document.ts';
import { placesBeside, placesOfChain, placesOfPolicy } from './grafana-places.ts';
import { schedulesOf } from './grafana-schedule.ts';
import type { OwnHours } from '../escalation/policy.ts';

/** How often a chain over there begins anew. */
const REPEATS = 5;
const LAST_WAIT_SECONDS = 300;

/** What an export of Grafana OnCall says, in our words; refuses a malformed one. */
export function readGrafana(document: unknown, nowMs: number): ImportDraft {
  const found = parseDocument(grafanaDocument, document);
  return {
    tool: 'grafana-oncall',
    people: found.users.map(({ id, name, username, email, timezone }) => ({
      vendorId: id,
      name: (name || username || email) ?? id,
      email: (email ?? '').trim().toLowerCase(),
      timeZone: knownZone(timezone),
      notes: [],
      refusal: null,
    })),
    teams: found.teams.map(({ id, name }) => ({
      vendorId: id,
      name,
      personIds: found.users.filter(({ teams }) => teams?.includes(id)).map((user) => user.id),
      notes: [],
      refusal: null,
    })),
    schedules: found.schedules.flatMap((schedule) => schedulesOf(schedule, found.on_call_shifts, nowMs)),
    policies: found.escalation_chains.map(({ id, name }) => policyOf(id, name, found)),
    services: found.integrations.map((integration) => serviceOf(integration, found)),
    heartbeats: [],
    renderings: found.schedules.flatMap(({ id }) => renderingOf(id, found)),
    remarks: [
      'Contact methods and notification rules stay behind: everybody verifies their own here. “Important” notifications are those of high urgency.',
      'Each integration becomes a service. Its address and its templates stay behind: make an alert source for its sender, in shadow at first.',
    ],
  };
}

/** The hours that a chain goes on in, every day by UTC; null when they are none, or a mere instant. */
function hoursOf({ notify_if_time_from: from, notify_if_time_to: to }: Policy): OwnHours | null {
  const [begin, end] = [from, to].map((time) => /^([01]\d|2[0-3]):[0-5]\d/.exec(time ?? '')?.[0]);
  if (begin === undefined || end === undefined || begin === end) return null;
  return { op: 'within', days: [1, 2, 3, 4, 5, 6, 7], from: begin, to: end, timeZone: 'UTC' };
}

/** A chain: what notifies is a step, what waits makes the step before it wait, and neighbours that do not wait are one step. */
function policyOf(id: string, name: string, found: GrafanaDocument): PolicyDraft {
  const notes: Note[] = [];
  const steps: (StepDraft & { readonly waits: boolean })[] = [];
  let repeatCount = 0;
  let onlyHours: OwnHours | undefined;
  const policies = found.escalation_policies
    .filter(({ escalation_chain_id }) => escalation_chain_id === id)
    .toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0));
  for (const [index, policy] of policies.entries()) {
    const last = steps.at(-1);
    const targets = targetsOf(policy);
    const places = placesOfPolicy(policy, found);
    const hours = policy.type === 'notify_if_time_from_to' ? hoursOf(policy) : null;
    if (policy.type === 'wait') {
      const seconds = policy.duration ?? 60;
      if (last)
        steps[steps.length - 1] = {
          ...last,
          waits: true,
          delaySeconds: (last.waits ? last.delaySeconds : 0) + seconds,
        };
      else notes.push(changed(`The first page goes out at once here, and after ${seconds} s in Grafana OnCall.`));
    } else if (policy.type === 'repeat_escalation') {
      repeatCount = REPEATS;
    } else if (hours !== null && onlyHours === undefined) {
      onlyHours = hours;
    } else if (targets.length === 0 && places.length === 0) {
      notes.push(lost(`Step ${index + 1}: ${WORDS[policy.type ?? ''] ?? `“${policy.type ?? 'nothing'}”`}.`));
    } else {
      const ask = policy.type === 'notify_person_next_each_time' ? 'round-robin' : 'all';
      // Channels belong to whatever step they stand beside, also to one that asks by turns.
      const fits = targets.length === 0 || last?.targets.length === 0 || (last?.ask === 'all' && ask === 'all');
      if (last && !last.waits && fits && last.onlyHours === onlyHours)
        steps[steps.length - 1] = {
          ...last,
          ask: last.targets.length === 0 ? ask : last.ask,
          targets: [...last.targets, ...targets],
          places: [...last.places, ...places],
        };
      else
        steps.push({
          targets,
          places,
          ask,
          delaySeconds: LAST_WAIT_SECONDS,
          waits: false,
          ...(onlyHours ? { onlyHours } : {}),
        });
    }
  }
  return {
    vendorId: id,
    name,
    steps: steps.map(({ targets, places, ask, delaySeconds, onlyHours: hours }) => ({
      targets,
      places,
      ask,
      delaySeconds,
      ...(hours ? { onlyHours: hours } : {}),
    })),
    repeatCount,
    acknowledgeTimeoutSeconds: null,
    atOnce: placesOfChain(id, found),
    notes,
    refusal: null,
  };
}

const NAMELESS_WEBHOOK =
  'it calls a webhook that is not in the export (GET /api/v1/webhooks has it); add it under Settings → Team channels and name it in a step';

const WORDS: Readonly<Record<string, string>> = {
  notify_if_time_from_to: 'what follows it goes out at some hours of the day only, which is not carried over',
  notify_if_num_alerts_in_time_window: 'what follows it goes out from a number of alerts on; here it goes out for each',
  notify_user_group: 'it notifies a user group of Slack; name its people here, or a team channel that they read',
  notify_whole_channel:
    'it notifies a whole channel of Slack, and the export does not say which; add it under Settings → Team channels and name it in a step',
  trigger_webhook: NAMELESS_WEBHOOK,
  trigger_action: NAMELESS_WEBHOOK,
  resolve: 'it resolves the alert by itself',
  declare_incident: 'it declares an incident; a route does so here',
};

function targetsOf(policy: Policy): TargetDraft[] {
  const people = (ids: readonly string[] | null | undefined) =>
    (ids ?? []).map((vendorId): TargetDraft => ({ kind: 'user', vendorId }));
  switch (policy.type) {
    case 'notify_persons':
      return people(policy.persons_to_notify);
    case 'notify_person_next_each_time':
      return people(policy.persons_to_notify_next_each_time);
    case 'notify_on_call_from_schedule':
      return policy.notify_on_call_from_schedule
        ? [{ kind: 'schedule', vendorId: policy.notify_on_call_from_schedule, who: 'current' }]
        : [];
    case 'notify_team_members':
      return policy.team_to_notify ? [{ kind: 'team', vendorId: policy.team_to_notify }] : [];
    default:
      return [];
  }
}

function serviceOf(
  { id, name, default_route }: GrafanaDocument['integrations'][number],
  found: GrafanaDocument,
): ServiceDraft {
  const routes = found.routes.filter(({ integration_id }) => integration_id === id);
  const last = routes.find(({ is_the_last_route }) => is_the_last_route);
  const route = last ?? default_route;
  const others = routes.filter(({ is_the_last_route }) => !is_the_last_route).length;
  return {
    vendorId: id,
    name,
    description: '',
    policyId: default_route?.escalation_chain_id ?? last?.escalation_chain_id ?? null,
    places: route ? placesBeside(route, found) : [],
    notes:
      others === 0
        ? []
        : [lost(`${others === 1 ? 'A route' : `${others} routes`} before its default one; write them as routes here.`)],
    refusal: null,
  };
}

function renderingOf(scheduleId: string, found: GrafanaDocument): Rendering[] {
  const entries = (found.final_shifts.get(scheduleId) ?? []).map(({ user_pk, shift_start, shift_end }) => ({
    personId: user_pk,
    startMs: shift_start,
    endMs: shift_end,
  }));
  const span = spanOf(entries);
  return span === null ? [] : [{ scheduleId, ...span, entries }];
}
