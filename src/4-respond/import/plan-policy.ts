import { ownHoursWords } from '../escalation/own-hours-words.ts';
import { changed, lost, type Note, type PolicyDraft, type TargetDraft } from './draft.ts';
import { channelOf, distinctPlaces, placeNote } from './places.ts';
import { create, type Here, itemOf, type Planned, type PolicyPlan, present, skip, type StepPlan } from './planned.ts';

const MOST = { steps: 10, targets: 20, repeats: 9 } as const;
const DELAY_SECONDS = { least: 30, most: 86_400 } as const;
const ACKNOWLEDGE_SECONDS = { least: 300, most: 86_400 } as const;

/** Whom and what steps can ask here. */
export type Targets = {
  readonly isHere: (personId: string) => boolean;
  readonly teams: ReadonlySet<string>;
  readonly partsOf: (originId: string) => readonly string[];
  readonly nameOf: (personId: string) => string;
};

/** What becomes of an escalation policy: its steps cut to what can be, asking whom and what of here. */
export function planPolicy(policy: PolicyDraft, here: Here, targets: Targets): Planned<PolicyPlan> {
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
