import { cut } from './document.ts';
import { refuseSchedule } from '../schedule/refuse-schedule.ts';
import type { ImportItemView } from './contract.ts';
import type {
  ImportDraft,
  LayerDraft,
  HeartbeatDraft,
  Note,
  OverrideDraft,
  PersonDraft,
  ScheduleDraft,
  ServiceDraft,
  TeamDraft,
} from './draft.ts';
import { changed, lost } from './draft.ts';
import { channelOf, distinctPlaces, serviceNote } from './places.ts';
import { planPolicy, type Targets } from './plan-policy.ts';
import {
  create,
  type Here,
  itemOf,
  match,
  type Outcome,
  type Planned,
  type PolicyPlan,
  present,
  skip,
} from './planned.ts';

/** What an import does: everything that can be carried over, cut to what can be, in the order in which it is made. */
export type Plan = {
  readonly people: readonly Planned<PersonDraft>[];
  readonly teams: readonly Planned<TeamDraft>[];
  readonly schedules: readonly Planned<ScheduleDraft>[];
  readonly overrides: readonly Planned<OverrideDraft & { readonly scheduleId: string }>[];
  readonly policies: readonly Planned<PolicyPlan>[];
  readonly services: readonly Planned<ServiceDraft>[];
  readonly heartbeats: readonly Planned<HeartbeatDraft>[];
};

const MOST = { layers: 10, turns: 100, perTurn: 20, restrictions: 50 } as const;

/** Works out what becomes of everything in an export. Changes nothing. */
export function planOf(draft: ImportDraft, here: Here, nowMs: number): Plan {
  const people = planPeople(draft.people, here);
  const carried = namesOf(people);
  const isHere = (personId: string) => carried.has(personId);
  const names = new Map(draft.people.map(({ vendorId, name }) => [vendorId, name]));
  const nameOf = (personId: string) => names.get(personId) ?? personId;
  const told = new WeakMap<Note[], Set<string>>();
  const keep = (ids: readonly string[], notes: Note[], where: string): string[] => {
    const missing = told.get(notes) ?? new Set();
    told.set(notes, missing);
    for (const gone of ids.filter((one) => !isHere(one) && !missing.has(one))) {
      missing.add(gone);
      notes.push(lost(`${nameOf(gone)} is not carried over, and is missing ${where}.`));
    }
    return [...new Set(ids.filter(isHere))];
  };
  const teams = draft.teams.map((team) => planTeam(team, here, keep));
  const schedules = draft.schedules.map((schedule) => planSchedule(schedule, here, keep));
  const madeTeams = namesOf(teams);
  const parts = new Map<string, string[]>();
  for (const { draft: one, item } of schedules)
    if (item.action !== 'skip') parts.set(one.originId, [...(parts.get(one.originId) ?? []), one.vendorId]);
  const targets: Targets = { isHere, teams: madeTeams, partsOf: (originId) => parts.get(originId) ?? [], nameOf };
  const policies = draft.policies.map((policy) => planPolicy(policy, here, targets));
  const madePolicies = namesOf(policies);
  const services = draft.services.map((service) => planService(service, here, madePolicies));
  const madeServices = namesOf(services);
  return {
    people,
    teams,
    schedules,
    overrides: schedules.flatMap(({ draft: schedule, item }) =>
      item.action === 'skip' ? [] : planOverrides(schedule, here, isHere, nameOf, nowMs),
    ),
    policies,
    services,
    heartbeats: planHeartbeats(draft.heartbeats, here, madeServices),
  };
}

/** Every line of a plan's report. */
export function itemsOf(plan: Plan): ImportItemView[] {
  return [
    plan.people,
    plan.teams,
    plan.schedules,
    plan.overrides,
    plan.policies,
    plan.services,
    plan.heartbeats,
  ].flatMap((list) => list.map(({ item }) => item));
}

const namesOf = (planned: readonly Planned<{ readonly vendorId: string }>[]): ReadonlySet<string> =>
  new Set(planned.flatMap(({ draft: { vendorId }, item }) => (item.action === 'skip' ? [] : [vendorId])));

function planPeople(people: readonly PersonDraft[], here: Here): Planned<PersonDraft>[] {
  const members = new Map(here.members.map((member) => [member.email, member]));
  const seen = new Set<string>();
  return people.map((draft) => {
    const double = seen.has(draft.email);
    seen.add(draft.email);
    return {
      draft,
      item: itemOf(
        'person',
        draft,
        double ? skip(`has the same address as somebody before, ${draft.email}`) : outcome(),
        draft.notes,
      ),
    };

    function outcome(): Outcome {
      const linked = here.members.find(({ id }) => id === here.linkOf('person', draft.vendorId));
      if (linked?.active) return present(linked.id);
      const member = members.get(draft.email);
      if (member && !member.active) return skip(`${member.name} is deactivated here; reactivate them and plan again`);
      if (member) return match(member.id, `${member.name} has this address here`);
      if (draft.refusal !== null) return skip(draft.refusal);
      return isAddress(draft.email) ? create : skip(`“${cut(draft.email, 80)}” is no email address`);
    }
  });
}

const isAddress = (text: string) => text.length <= 254 && /^[^\s@"<>]+@[^\s@"<>.]+(\.[^\s@"<>.]+)+$/.test(text);

type Keep = (ids: readonly string[], notes: Note[], where: string) => string[];

function planTeam(team: TeamDraft, here: Here, keep: Keep): Planned<TeamDraft> {
  const notes = [...team.notes];
  const personIds = keep(team.personIds, notes, 'in this team').slice(0, 100);
  const linked = here.linkOf('team', team.vendorId);
  const named = here.teams.get(team.name.toLowerCase());
  const outcome = linked
    ? present(linked)
    : named
      ? match(named, 'there is a team of this name; its members stay as they are')
      : (team.refusal ?? team.name) === ''
        ? skip('it has no name')
        : team.refusal !== null
          ? skip(team.refusal)
          : create;
  return { draft: { ...team, name: cut(team.name, 80), personIds }, item: itemOf('team', team, outcome, notes) };
}

function planSchedule(schedule: ScheduleDraft, here: Here, keep: Keep): Planned<ScheduleDraft> {
  const notes = [...schedule.notes];
  const layers = schedule.layers.map((layer): LayerDraft => {
    const where = `in “${layer.name}”: the turn stays open`;
    return { ...layer, turns: layer.turns.map((turn) => ({ ...turn, userIds: keep(turn.userIds, notes, where) })) };
  });
  const draft = { ...schedule, layers, name: schedule.name || schedule.vendorId };
  const linked = here.linkOf('schedule', schedule.vendorId);
  if (!linked && here.scheduleNames.has(draft.name.toLowerCase()))
    notes.push(changed('There is a schedule of this name here; this one stands beside it.'));
  const reason = schedule.refusal ?? refusalOf(draft);
  const outcome = linked ? present(linked) : reason === null ? create : skip(reason);
  return { draft, item: itemOf('schedule', draft, outcome, notes) };
}

/** What the limits here do not allow, in words. */
function refusalOf({ layers, timeZone }: ScheduleDraft): string | null {
  if (layers.length === 0) return 'it has nobody';
  if (layers.length > MOST.layers)
    return `it has ${layers.length} layers, and at most ${MOST.layers} are possible here`;
  for (const layer of layers) {
    if (layer.turns.length > MOST.turns) return `“${layer.name}” has more than ${MOST.turns} turns`;
    if (layer.restrictions.length > MOST.restrictions)
      return `“${layer.name}” has more than ${MOST.restrictions} restrictions`;
    if (layer.turns.some(({ userIds }) => userIds.length > MOST.perTurn))
      return `“${layer.name}” has a turn of more than ${MOST.perTurn} people`;
  }
  const everybody = new Map(
    layers
      .flatMap(({ turns }) => turns.flatMap(({ userIds }) => userIds))
      .map((id) => [id, { name: id, active: true }]),
  );
  const [first] = refuseSchedule({ timeZone, layers }, everybody);
  return first ? `${first.path.replace('body.', '')} ${first.message}` : null;
}

function planOverrides(
  schedule: ScheduleDraft,
  here: Here,
  isHere: (personId: string) => boolean,
  nameOf: (personId: string) => string,
  nowMs: number,
): Planned<OverrideDraft & { readonly scheduleId: string }>[] {
  return schedule.overrides
    .filter(({ startMs, endMs }) => endMs > Math.max(nowMs, startMs))
    .map((override) => {
      const day = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
      const name = `${nameOf(override.personId)} on ${schedule.name}, ${day(override.startMs)} – ${day(override.endMs)} UTC`;
      const draft = { ...override, name, scheduleId: schedule.vendorId };
      const linked = here.linkOf('override', override.vendorId);
      const outcome = linked
        ? present(linked)
        : !isHere(override.personId)
          ? skip(`${nameOf(override.personId)} is not carried over`)
          : override.endMs - Math.max(override.startMs, nowMs) > 366 * 86_400_000
            ? skip('it lasts longer than a year')
            : create;
      return { draft, item: itemOf('override', draft, outcome, []) };
    });
}

function planService(service: ServiceDraft, here: Here, policies: ReadonlySet<string>): Planned<ServiceDraft> {
  const notes = [...service.notes];
  const policyId = service.policyId !== null && policies.has(service.policyId) ? service.policyId : null;
  if (service.policyId !== null && policyId === null)
    notes.push(changed('Its escalation policy is not carried over; it uses the default policy here.'));
  for (const place of distinctPlaces(service.places)) notes.push(serviceNote(place, channelOf(place, here.channels)));
  const linked = here.linkOf('service', service.vendorId);
  const named = here.services.get(service.name.toLowerCase());
  const outcome = linked
    ? present(linked)
    : named
      ? match(named, 'there is a service of this name; it keeps its own policy')
      : service.refusal !== null
        ? skip(service.refusal)
        : service.name === ''
          ? skip('it has no name')
          : create;
  return {
    draft: { ...service, policyId, description: cut(service.description, 2_000) },
    item: itemOf('service', service, outcome, notes),
  };
}

/** Beats come by name, so one of a name that is here stays the one that they reach. */
function planHeartbeats(
  heartbeats: readonly HeartbeatDraft[],
  here: Here,
  services: ReadonlySet<string>,
): Planned<HeartbeatDraft>[] {
  const seen = new Set<string>();
  return heartbeats.map((heartbeat) => {
    const notes = [...heartbeat.notes];
    const serviceId = heartbeat.serviceId !== null && services.has(heartbeat.serviceId) ? heartbeat.serviceId : null;
    if (serviceId === null)
      notes.push(changed('It is about a service of its own name, which uses the default policy.'));
    const name = heartbeat.name.toLowerCase();
    const linked = here.linkOf('heartbeat', heartbeat.vendorId);
    const named = here.heartbeats.get(name);
    const outcome = linked
      ? present(linked)
      : named
        ? match(named, 'there is a heartbeat of this name; it keeps its own rhythm')
        : heartbeat.refusal !== null
          ? skip(heartbeat.refusal)
          : seen.has(name)
            ? skip('one of this name comes before it')
            : create;
    seen.add(name);
    return { draft: { ...heartbeat, serviceId }, item: itemOf('heartbeat', heartbeat, outcome, notes) };
  });
}
