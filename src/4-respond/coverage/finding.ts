import type { Urgency } from '../contact-method/contract.ts';
import { CHANNEL_WORDS } from '../contact-method/channel-words.ts';
import { formatDuration } from '#kernel/duration.ts';
import type { PlannedStep } from '../escalation/plan.ts';

/** `nobody`: a page reaches nobody. `fallback`: nobody of the policy. `gap`: a step has nobody. `single`: one person in all. `channel`: a step wakes nobody. */
type FaultKind = 'nobody' | 'fallback' | 'gap' | 'single' | 'channel';

/** What is wrong with a page that begins at one instant, without saying when. */
export type Fault = {
  readonly kind: FaultKind;
  readonly text: string;
  /** What would happen, as a sentence of its own. */
  readonly consequence: string;
  readonly scheduleId: string | null;
};

/** A fault of a policy and the stretch in which it holds. */
export type Finding = Fault & { readonly from: Date; readonly until: Date };

/** What is wrong with a plan, and what would happen because of it. */
export function faultsOf(plan: readonly PlannedStep[], urgency: Urgency): Fault[] {
  const consequence = consequenceOf(plan, urgency);
  const fault = (kind: FaultKind, text: string, scheduleId: string | null = null): Fault => ({
    kind,
    text: `${text}: ${consequence}.`,
    consequence: `${consequence.charAt(0).toUpperCase()}${consequence.slice(1)}.`,
    scheduleId,
  });
  const faults: Fault[] = plan.flatMap((step) =>
    step.holes.map((hole) => fault('gap', `${hole.what} (step ${step.step + 1})`, hole.scheduleId)),
  );
  const first = firstAsking(plan);
  if (first === undefined || first.via === 'nobody') faults.push(fault('nobody', 'Nobody can be reached'));
  else if (first.via === 'fallback') faults.push(fault('fallback', 'Nobody in the policy can be reached'));
  else if (askedIn(plan).size === 1 && faults.length === 0)
    faults.push(fault('single', 'Only one person is asked, and nobody after them'));
  for (const { step } of plan.filter(({ via }) => via === 'channels'))
    faults.push(fault('channel', `Step ${step + 1} reaches a channel only, nobody is woken`));
  return faults;
}

/** `a SEV1 would reach only Bob, after 15 m 00 s, by email`. */
function consequenceOf(plan: readonly PlannedStep[], urgency: Urgency): string {
  const page = urgency === 'high' ? 'a SEV1' : 'a page of low urgency';
  const first = firstAsking(plan);
  const start = plan[0]?.at.getTime();
  if (first === undefined || start === undefined || first.via === 'nobody')
    return `${page} would only stand in the outbox`;
  const names = first.people.map(({ userId, reach }) => reach?.name ?? userId);
  const only = askedIn(plan).size === names.length ? 'only ' : 'first ';
  const waited = Math.round((soonestOf(first) - start) / 1_000);
  const when = waited === 0 ? 'at once' : `after ${formatDuration(waited)}`;
  const kinds = new Set(
    first.people.flatMap(({ reach }) => (reach?.methods ?? []).map(({ kind }) => CHANNEL_WORDS[kind])),
  );
  return `${page} would reach ${only}${names.join(', ')}, ${when}, by ${[...kinds].join(' and ')}`;
}

/** The step that reaches somebody first. One that tells channels alone asks nobody, and one may wait for quiet hours. */
function firstAsking(plan: readonly PlannedStep[]): PlannedStep | undefined {
  const asking = plan.filter(({ skipped, via }) => skipped === null && via !== 'channels');
  return asking.toSorted((one, other) => soonestOf(one) - soonestOf(other))[0];
}

/** When the first of a step's people is told. */
function soonestOf({ at, people }: PlannedStep): number {
  return people.length === 0 ? at.getTime() : Math.min(...people.map(({ told }) => told(0).dueAt.getTime()));
}

function askedIn(plan: readonly PlannedStep[]): Set<string> {
  const running = plan.filter(({ skipped, via }) => skipped === null && via !== 'nobody');
  return new Set(running.flatMap(({ people }) => people.map(({ userId }) => userId)));
}

/** Faults of stretches that follow one another, the same fault of neighbours as one finding. */
export function joinFaults(
  stretches: readonly { readonly from: Date; readonly until: Date; readonly faults: readonly Fault[] }[],
): Finding[] {
  const findings: Finding[] = [];
  let open = new Map<string, Finding>();
  for (const { from, until, faults } of stretches) {
    const still = new Map<string, Finding>();
    for (const fault of faults) {
      const key = `${fault.kind} ${fault.text}`;
      still.set(key, { ...(open.get(key) ?? { ...fault, from }), until });
    }
    findings.push(...[...open].filter(([key]) => !still.has(key)).map(([, finding]) => finding));
    open = still;
  }
  return [...findings, ...open.values()];
}
