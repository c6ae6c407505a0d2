import { cut } from './document.ts';
import { ownHoursWords } from '../escalation/own-hours-words.ts';
import { refuseSchedule } from '../schedule/refuse-schedule.ts';
import type { ImportItemView, ImportKind } from './contract.ts';
import type {
  ImportDraft,
  LayerDraft,
  Note,
  OverrideDraft,
  PersonDraft,
  PolicyDraft,
  ScheduleDraft,
  ServiceDraft,
  StepDraft,
  TargetDraft,
  TeamDraft,
} from './draft.ts';
import { changed, lost } from './draft.ts';
import { type ChannelHere, channelOf, distinctPlaces, placeNote, serviceNote } from './places.ts';

/** What is here already, as far as an import is concerned. */
export type Here = {
  readonly members: readonly {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly active: boolean;
  }[];
  /** By name in small letters. */
  readonly teams: ReadonlyMap<string, string>;
  /** By name in small letters. */
  readonly services: ReadonlyMap<string, string>;
  readonly scheduleNames: ReadonlySet<string>;
  readonly policyNames: ReadonlySet<string>;
  readonly channels: readonly ChannelHere[];
  /** What an earlier import made that is still here. */
  readonly linkOf: (kind: ImportKind, vendorId: string) => string | null;
};

type Planned<Draft> = { readonly draft: Draft; readonly item: ImportItemView };

/** A step whose places are team channels of here. */
export type StepPlan = Omit<StepDraft, 'places'> & { readonly channelIds: readonly string[] };

export type PolicyPlan = Omit<PolicyDraft, 'steps' | 'atOnce'> & { readonly steps: readonly StepPlan[] };

/** What an import does: everything that can be carried over, cut to what can be, in the order in which it is made. */
export type Plan = {
  readonly people: readonly Planned<PersonDraft>[];
  readonly teams: readonly Planned<TeamDraft>[];
  readonly schedules: readonly Planned<ScheduleDraft>[];
  readonly overrides: readonly Planned<OverrideDraft & { readonly scheduleId: string }>[];
  readonly policies: readonly Planned<PolicyPlan>[];
  readonly services: readonly Planned<ServiceDraft>[];
};

const MOST = { layers: 10, turns: 100, perTurn: 20, restrictions: 50, steps: 10, targets: 20, repeats: 9 } as const;
const DELAY_SECONDS = { least: 30, most: 86_400 } as const;
const ACKNOWLEDGE_SECONDS = { least: 300, most: 86_400 } as const;

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
  return {
    people,
    teams,
    schedules,
    overrides: schedules.flatMap(({ draft: schedule, item }) =>
      item.action === 'skip' ? [] : planOverrides(schedule, here, isHere, nameOf, nowMs),
    ),
    policies,
    services: draft.services.map((service) => planService(service, here, madePolicies)),
  };
}

/** Every line of a plan's report. */
export function itemsOf(plan: Plan): ImportItemView[] {
  return [plan.people, plan.teams, plan.schedules, plan.overrides, plan.policies, plan.services].flatMap((list) =>
    list.map(({ item }) => item),
  );
}

const namesOf = (planned: readonly Planned<{ readonly vendorId: string }>[]): ReadonlySet<string> =>
  new Set(planned.flatMap(({ draft: { vendorId }, item }) => (item.action === 'skip' ? [] : [vendorId])));

type Outcome = Pick<ImportItemView, 'action' | 'id' | 'reason'>;
const create: Outcome = { action: 'create', id: null, reason: null };
const skip = (reason: string): Outcome => ({ action: 'skip', id: null, reason });
const present = (id: string): Outcome => ({
  action: 'present',
  id,
  reason: 'an earlier import made it, or found it here',
});
const match = (id: string, reason: string): Outcome => ({ action: 'match', id, reason });

function itemOf(
  kind: ImportKind,
  { vendorId, name }: { readonly vendorId: string; readonly name: string },
  outcome: Outcome,
  notes: readonly Note[],
): ImportItemView {
  // What stays as it is here needs no warning.
  const told = outcome.action === 'create' ? notes.map((note) => ({ ...note })) : [];
  return { kind, vendorId, name: name || vendorId, ...outcome, notes: told };
}

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

type Targets = {
  readonly isHere: (personId: string) => boolean;
  readonly teams: ReadonlySet<string>;
  readonly partsOf: (originId: string) => readonly string[];
  readonly nameOf: (personId: string) => string;
};

function planPolicy(policy: PolicyDraft, here: Here, targets: Targets): Planned<PolicyPlan> {
  const notes = [...policy.notes];
  const steps = policy.steps.map((step, index) => ({
    ask: step.ask,
    hadPeople: step.targets.length > 0,
    targets: step.targets.flatMap((target) => targetsHere(target, targets, notes, index)).slice(0, MOST.targets),
    channelIds: channelsHere(step.places, here, notes, `Step ${index + 1}`),
    delaySeconds: within(step.delaySeconds, DELAY_SECONDS, notes, `Step ${index + 1} waits`),
    ...(step.onlyHours ? { onlyHours: step.onlyHours } : {}),
  }));
  const asking = inTheirHours(withoutEmpty(steps, notes), policy, notes);
  if (asking.length > MOST.steps) notes.push(lost(`The steps after the ${MOST.steps}th.`));
  if (policy.repeatCount > MOST.repeats)
    notes.push(changed(`Goes through its steps ${MOST.repeats} more times, not ${policy.repeatCount}.`));
  const timeout = policy.acknowledgeTimeoutSeconds;
  const { atOnce, ...rest } = policy;
  const draft: PolicyPlan = {
    ...rest,
    name: policy.name || policy.vendorId,
    steps: tellingAtOnce(asking.slice(0, MOST.steps), channelsHere(atOnce, here, notes, 'Every page of it')),
    repeatCount: Math.min(policy.repeatCount, MOST.repeats),
    acknowledgeTimeoutSeconds:
      timeout === null ? null : within(timeout, ACKNOWLEDGE_SECONDS, notes, 'Pages again after an acknowledgement'),
  };
  const linked = here.linkOf('policy', policy.vendorId);
  if (!linked && here.policyNames.has(draft.name.toLowerCase()))
    notes.push(changed('There is a policy of this name here; this one stands beside it.'));
  const reason = policy.refusal ?? nobodyIn(draft, policy);
  return {
    draft,
    item: itemOf('policy', draft, linked ? present(linked) : reason === null ? create : skip(reason), notes),
  };
}

/** Why a policy here would ask nobody, in words; null when it asks somebody. */
function nobodyIn({ steps }: PolicyPlan, { steps: theirs, atOnce }: PolicyDraft): string | null {
  if (steps.some(({ targets }) => targets.length > 0)) return null;
  const tells = atOnce.length > 0 || theirs.some(({ places }) => places.length > 0);
  return tells
    ? 'it tells only channels, or people who are not carried over, and a policy here has to ask somebody; make one with a person, a team or a schedule in it, and name the channels in its steps'
    : 'no step of it asks anybody who is carried over';
}

/** The team channels that some places are here, with a note for each place. */
function channelsHere(
  places: PolicyDraft['atOnce'],
  { channels }: Here,
  notes: Note[],
  who: string,
): readonly string[] {
  const found = distinctPlaces(places).flatMap((place) => {
    const channel = channelOf(place, channels);
    notes.push(placeNote(place, channel, who));
    return channel?.id ?? [];
  });
  return [...new Set(found)];
}

/** Names channels in the first step, which begins with the page. */
function tellingAtOnce([first, ...others]: readonly StepPlan[], channelIds: readonly string[]): StepPlan[] {
  return first ? [withChannels(first, channelIds), ...others] : [];
}

function withChannels<Step extends StepPlan>(step: Step, more: readonly string[]): Step {
  const room = Math.max(0, MOST.targets - step.targets.length);
  return { ...step, channelIds: [...new Set([...step.channelIds, ...more])].slice(0, room) };
}

function targetsHere(target: TargetDraft, targets: Targets, notes: Note[], index: number): TargetDraft[] {
  const missing = (what: string) => {
    notes.push(lost(`Step ${index + 1} asks ${what}, which is not carried over.`));
    return [];
  };
  switch (target.kind) {
    case 'user':
      return targets.isHere(target.vendorId) ? [target] : missing(targets.nameOf(target.vendorId));
    case 'team':
      return targets.teams.has(target.vendorId) ? [target] : missing(`the team ${target.vendorId}`);
    case 'schedule': {
      const parts = targets.partsOf(target.vendorId);
      return parts.length === 0
        ? missing(`the schedule ${target.vendorId}`)
        : parts.map((vendorId) => ({ ...target, vendorId }));
    }
  }
}

/**
 * A step that asks nobody only waits; the one before it waits that long too. One that told nobody but channels over there
 * is kept, and one whose people are all missing gives its channels to the step beside it: nobody waits for a channel then.
 */
function withoutEmpty(steps: readonly (StepPlan & { readonly hadPeople: boolean })[], notes: Note[]): StepPlan[] {
  const kept: StepPlan[] = [];
  let waiting: readonly string[] = [];
  for (const [index, { hadPeople, ...step }] of steps.entries()) {
    const before = kept.at(-1);
    const channelsAlone = step.targets.length === 0 && step.channelIds.length > 0 && !hadPeople;
    if (step.targets.length > 0 || channelsAlone) {
      kept.push(withChannels(step, waiting));
      waiting = [];
    } else {
      notes.push(
        changed(
          `Step ${index + 1} asks nobody and is left out${before ? '; the step before it waits that long too' : ''}.`,
        ),
      );
      if (before)
        kept[kept.length - 1] = {
          ...withChannels(before, step.channelIds),
          delaySeconds: Math.min(DELAY_SECONDS.most, before.delaySeconds + step.delaySeconds),
        };
      else waiting = [...waiting, ...step.channelIds];
    }
  }
  return kept;
}

/**
 * Steps with the hours in which they ask. Where no other asks somebody who is carried over, they ask at any time: a policy
 * that has nobody at some hours is refused here, and would be a page that nobody hears of.
 */
function inTheirHours(steps: readonly StepPlan[], { steps: theirs }: PolicyDraft, notes: Note[]): readonly StepPlan[] {
  const first = theirs.findIndex(({ onlyHours }) => onlyHours !== undefined);
  const hours = theirs[first]?.onlyHours;
  if (hours === undefined || !steps.some(({ onlyHours }) => onlyHours !== undefined)) return steps;
  const when = ownHoursWords(hours);
  if (steps.slice(0, MOST.steps).some(({ targets, onlyHours }) => targets.length > 0 && onlyHours === undefined)) {
    notes.push(
      changed(
        `From step ${first + 1} on it asks ${when} only. At other times those steps are passed over here; over there they wait.`,
      ),
    );
    return steps;
  }
  notes.push(changed(`It asks ${when} only; here it asks at any time, for it would have nobody at other times.`));
  return steps.map(({ ask, targets, channelIds, delaySeconds }) => ({ ask, targets, channelIds, delaySeconds }));
}

function within(
  seconds: number,
  { least, most }: { least: number; most: number },
  notes: Note[],
  what: string,
): number {
  const kept = Math.min(most, Math.max(least, Math.round(seconds)));
  if (kept !== seconds) notes.push(changed(`${what} ${kept} s, not ${seconds} s.`));
  return kept;
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
