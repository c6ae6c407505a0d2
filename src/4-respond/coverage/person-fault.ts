import { CHANNEL_WORDS } from '../contact-method/channel-words.ts';
import type { PlannedStep } from '../escalation/plan.ts';

export type PersonFault = { readonly kind: 'person'; readonly userId: string; readonly text: string };

/** The people of a policy who would not be reached, or only by one method, each once. Of `told` it was said what is left to them. */
export function personFaults(steps: readonly PlannedStep[], told: ReadonlySet<string> = new Set()): PersonFault[] {
  const faults = new Map<string, PersonFault>();
  for (const { people, step, via } of steps.filter((one) => one.via === 'policy')) {
    for (const { userId, reach } of people) {
      if (told.has(userId)) continue;
      const text = faultOf(reach, `step ${step + 1}`);
      if (text !== null && via === 'policy' && !faults.has(userId))
        faults.set(userId, { kind: 'person', userId, text });
    }
  }
  return [...faults.values()];
}

function faultOf(reach: PlannedStep['people'][number]['reach'], where: string): string | null {
  if (reach === undefined) return `Somebody in ${where} is not a member any more and is passed over.`;
  if (reach.unreachable !== null) return `${reach.unreachable}, so ${where} passes them over.`;
  const kinds = new Set(reach.methods.map(({ kind }) => kind));
  const [only] = kinds;
  if (kinds.size !== 1 || only === undefined) return null;
  const wakes = only === 'email' ? ', which wakes nobody' : '; if that fails, nothing else is tried';
  return `${reach.name} (${where}) is reached by ${CHANNEL_WORDS[only]} only${wakes}.`;
}
