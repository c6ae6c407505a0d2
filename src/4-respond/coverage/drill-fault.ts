import type { PlannedStep } from '../escalation/plan.ts';
import type { PersonFault } from './person-fault.ts';

/** Who did not acknowledge their last drill, and on which day it was, in words. */
export type MissedDrills = ReadonlyMap<string, string>;

/** The people of a policy who did not acknowledge their last drill, each once. */
export function drillFaults(steps: readonly PlannedStep[], missed: MissedDrills): PersonFault[] {
  const faults = new Map<string, PersonFault>();
  for (const { people, step, via } of steps) {
    for (const { userId, reach } of via === 'policy' ? people : []) {
      const day = missed.get(userId);
      if (day === undefined || reach === undefined || faults.has(userId)) continue;
      const text = `${reach.name} did not acknowledge the drill of ${day}, so a page in step ${step + 1} may not reach them in time.`;
      faults.set(userId, { kind: 'person', userId, text });
    }
  }
  return [...faults.values()];
}
