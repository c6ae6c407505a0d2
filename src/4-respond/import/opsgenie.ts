import { spanOf } from '#kernel/interval.ts';
import { knownZone, oneLine, parseDocument } from './document.ts';
import {
  changed,
  type ImportDraft,
  lost,
  type HeartbeatDraft,
  type Note,
  type PersonDraft,
  type PolicyDraft,
  type Rendering,
  type ServiceDraft,
  type StepDraft,
  type TargetDraft,
  type TeamDraft,
} from './draft.ts';
import { type Escalation, opsgenieDocument, type OpsgenieDocument, type Recipient } from './opsgenie-document.ts';
import { placesOfTeam, unusedPlaces } from './opsgenie-places.ts';
import { type Lookup, schedulesOf } from './opsgenie-schedule.ts';

/** How long a last step waits over there when nothing says so. */
const USUAL_WAIT_SECONDS = 30 * 60;
const MOST_PERIOD_SECONDS = 31_536_000;
const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['seconds', 1],
  ['minutes', 60],
  ['hours', 3_600],
  ['days', 86_400],
]);

/** What an export of Opsgenie says, in our words; refuses a malformed one. */
export function readOpsgenie(document: unknown, nowMs: number): ImportDraft {
  const found = parseDocument(opsgenieDocument, document);
  const lookup = lookupIn(found);
  const schedules = found.schedules.flatMap((schedule) =>
    schedulesOf(
      { ...schedule, overrides: [...(schedule.overrides ?? []), ...(found.overrides.get(schedule.id) ?? [])] },
      lookup,
      nowMs,
    ),
  );
  return {
    tool: 'opsgenie',
    people: found.users.map(personOf),
    teams: found.teams.map((team) => teamOf(team, lookup)),
    schedules,
    policies: found.escalations.map((escalation) => policyOf(escalation, lookup, found)),
    services: found.services.map((service) => serviceOf(service, found)),
    heartbeats: found.heartbeats.map((heartbeat) => heartbeatOf(heartbeat, found)),
    renderings: found.schedules.flatMap((schedule) => renderingOf(schedule, found, lookup)),
    remarks: [
      'Contact methods and notification rules stay behind: everybody verifies their own here.',
      'Integrations, alert policies and notification policies (a rule that speaks when an alert closes, among them) stay behind: make an alert source for each sender, in shadow at first; people who were paged are told of the recovery here anyway.',
      ...(found.heartbeats.length === 0
        ? []
        : [
            'A heartbeat waits for its first beat before it alerts. Let its senders beat at /v2/heartbeats/NAME/ping of this host, with the key of an alert source of the kind Opsgenie.',
          ]),
      ...unusedPlaces(found).map(
        (name) => `“${name}” tells a chat or calls a webhook, and its team owns no escalation: no step names it here.`,
      ),
    ],
  };
}

/** Over there it belongs to a team; here it is about a service, which is clear when the team has one. */
function heartbeatOf(heartbeat: OpsgenieDocument['heartbeats'][number], found: OpsgenieDocument): HeartbeatDraft {
  const { name, interval, intervalUnit, ownerTeam, enabled, alertPriority } = heartbeat;
  const owned = ownerTeam?.id ? found.services.filter(({ teamId }) => teamId === ownerTeam.id) : [];
  const periodSeconds = Math.round(interval * (UNIT_SECONDS.get(intervalUnit ?? 'minutes') ?? 60));
  const fits = periodSeconds >= 5 && periodSeconds <= MOST_PERIOD_SECONDS;
  return {
    vendorId: name,
    name,
    periodSeconds,
    serviceId: owned.length === 1 ? (owned[0]?.id ?? null) : null,
    notes:
      alertPriority && alertPriority !== 'P1'
        ? [changed(`Its silence is ${alertPriority} in Opsgenie and critical here; a route can say otherwise.`)]
        : [],
    refusal:
      name === ''
        ? 'it has no name'
        : enabled === false
          ? 'it is disabled in Opsgenie'
          : fits
            ? null
            : `its interval of ${interval} ${intervalUnit ?? 'minutes'} is not possible here`,
  };
}

function lookupIn(found: OpsgenieDocument): Lookup {
  const byAddress = new Map(found.users.map((user) => [user.username.trim().toLowerCase(), user.id]));
  const teams = new Map(found.teams.map((team) => [team.id, team]));
  const personOf = ({ id, username }: Recipient) => id ?? byAddress.get((username ?? '').trim().toLowerCase()) ?? null;
  return {
    personOf,
    teamOf: ({ id, name }) => {
      const team = teams.get(id ?? '') ?? found.teams.find((one) => one.name === name);
      return team
        ? { id: team.id, name: team.name, personIds: (team.members ?? []).flatMap(({ user }) => personOf(user) ?? []) }
        : null;
    },
    scheduleOf: ({ id, name }) => id ?? found.schedules.find((one) => one.name === name)?.id ?? null,
  };
}

function personOf(user: OpsgenieDocument['users'][number]): PersonDraft {
  const grand = user.role?.name === 'Owner' || user.role?.name === 'Admin';
  return {
    vendorId: user.id,
    name: user.fullName || user.username,
    email: user.username.trim().toLowerCase(),
    timeZone: knownZone(user.timeZone),
    notes: grand
      ? [
          changed(
            `Is ${user.role?.name?.toLowerCase()} in Opsgenie and a member here, until you give another access role.`,
          ),
        ]
      : [],
    refusal: user.blocked ? 'is blocked in Opsgenie' : null,
  };
}

function teamOf({ id, name, members }: OpsgenieDocument['teams'][number], lookup: Lookup): TeamDraft {
  const personIds = (members ?? []).flatMap(({ user }) => lookup.personOf(user) ?? []);
  const notes = members ? [] : [lost('The export does not say who is in it (GET /v2/teams/{id} does).')];
  return { vendorId: id, name, personIds, notes, refusal: null };
}

/** Delays count from the alert over there, from step to step here; rules of one moment are one step. */
function policyOf(escalation: Escalation, lookup: Lookup, found: OpsgenieDocument): PolicyDraft {
  const notes: Note[] = [];
  const rules = (escalation.rules ?? [])
    .map((rule) => ({
      ...rule,
      atSeconds: rule.delay.timeAmount * (UNIT_SECONDS.get(rule.delay.timeUnit ?? 'minutes') ?? 60),
    }))
    .toSorted((one, other) => one.atSeconds - other.atSeconds);
  const moments = [...new Set(rules.map(({ atSeconds }) => atSeconds))];
  const [first = 0] = moments;
  if (first > 0) notes.push(changed(`The first page goes out at once here, and after ${first / 60} min in Opsgenie.`));
  const steps = moments.map((at, index): StepDraft => {
    const own = rules.filter(({ atSeconds }) => atSeconds === at);
    const targets = own.flatMap(({ recipient, notifyType }) => {
      const target = targetOf(recipient, notifyType ?? 'default', lookup);
      if (typeof target !== 'string') return target;
      notes.push(lost(`Step ${index + 1} asks ${target}, which is not asked here.`));
      return [];
    });
    for (const { condition, recipient, notifyType } of own)
      notes.push(...ruleNotes(index, condition, recipient, notifyType));
    const next = moments[index + 1];
    return {
      targets,
      places: [],
      ask: own.length === 1 && own[0]?.notifyType === 'random' ? 'round-robin' : 'all',
      delaySeconds: next === undefined ? (escalation.repeat?.waitInterval ?? 0) * 60 || USUAL_WAIT_SECONDS : next - at,
    };
  });
  if (escalation.repeat?.closeAlertAfterAll)
    notes.push(
      lost('Closing the alert after the last repetition: here it stays open, and its page says that nobody answered.'),
    );
  return {
    vendorId: escalation.id,
    name: escalation.name,
    steps,
    repeatCount: escalation.repeat?.count ?? 0,
    acknowledgeTimeoutSeconds: null,
    atOnce: placesOfTeam(escalation.ownerTeam?.id ?? null, found),
    notes,
    refusal: null,
  };
}

function ruleNotes(
  index: number,
  condition: string | null | undefined,
  { type }: Recipient,
  notifyType: string | null | undefined,
): Note[] {
  const step = `Step ${index + 1}`;
  const notes: Note[] = [];
  if (condition === 'if-not-closed')
    notes.push(changed(`${step} goes on until the alert is closed in Opsgenie, and until it is acknowledged here.`));
  if (type === 'team')
    notes.push(
      changed(`${step} asks every member of the team at once; in Opsgenie the routing rules of the team decide.`),
    );
  if (notifyType === 'previous' || notifyType === 'admins' || notifyType === 'users')
    notes.push(changed(`${step} asks “${notifyType}” in Opsgenie, and whoever the target names here.`));
  if (notifyType === 'random') notes.push(changed(`${step} asks one person by turns here, and by chance in Opsgenie.`));
  return notes;
}

/** A target, or in words what cannot be one. */
function targetOf(recipient: Recipient, notifyType: string, lookup: Lookup): TargetDraft | string {
  switch (recipient.type) {
    case 'user': {
      const person = lookup.personOf(recipient);
      return person === null ? oneLine(recipient.username ?? 'somebody unknown') : { kind: 'user', vendorId: person };
    }
    case 'team': {
      const team = lookup.teamOf(recipient);
      return team === null ? `the team ${oneLine(recipient.name ?? '')}` : { kind: 'team', vendorId: team.id };
    }
    case 'schedule': {
      const schedule = lookup.scheduleOf(recipient);
      const who = notifyType === 'next' ? 'next' : notifyType === 'all' ? 'everybody' : 'current';
      return schedule === null
        ? `the schedule ${oneLine(recipient.name ?? '')}`
        : { kind: 'schedule', vendorId: schedule, who };
    }
    default:
      return `a ${recipient.type ?? 'thing'}`;
  }
}

/** A service belongs to a team over there; the team's default routing rule says which escalation, or its only one is it. */
function serviceOf(service: OpsgenieDocument['services'][number], found: OpsgenieDocument): ServiceDraft {
  const rules = found.teams.find(({ id }) => id === service.teamId)?.routingRules ?? [];
  const notify = rules.find(({ isDefault }) => isDefault)?.notify;
  const routed = notify?.type === 'escalation' ? (notify.id ?? null) : null;
  const owned = service.teamId ? found.escalations.filter(({ ownerTeam }) => ownerTeam?.id === service.teamId) : [];
  const only = owned.length === 1 ? (owned[0]?.id ?? null) : null;
  const notes: Note[] = [];
  if (routed === null && only !== null)
    notes.push(changed(`Uses “${owned[0]?.name}”, because it is the only escalation of its team.`));
  if (routed === null && only === null)
    notes.push(lost('The export does not say which escalation its team uses; it uses the default policy here.'));
  if (rules.length > 1) notes.push(lost(`The other routing rules of its team; write them as routes.`));
  return {
    vendorId: service.id,
    name: service.name,
    description: service.description ?? '',
    policyId: routed ?? only,
    places: [],
    notes,
    refusal: null,
  };
}

function renderingOf(
  schedule: OpsgenieDocument['schedules'][number],
  found: OpsgenieDocument,
  lookup: Lookup,
): Rendering[] {
  const timeline = schedule.timeline ?? found.timelines.get(schedule.id);
  const periods = (timeline?.finalTimeline?.rotations ?? []).flatMap((rotation) => rotation.periods ?? []);
  const entries = periods.flatMap((period) => {
    const flat = period.flattenedRecipients ?? [];
    const people = (flat.length > 0 ? flat : period.recipient ? [period.recipient] : []).filter(
      ({ type }) => type === 'user',
    );
    return people.flatMap((person) => {
      const personId = lookup.personOf(person);
      return personId === null ? [] : [{ startMs: period.startDate, endMs: period.endDate, personId }];
    });
  });
  const span = spanOf(entries);
  if (span === null) return [];
  return [
    {
      scheduleId: schedule.id,
      startMs: timeline?.startDate ?? span.startMs,
      endMs: timeline?.endDate ?? span.endMs,
      entries,
    },
  ];
}
