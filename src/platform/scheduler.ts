import type { System } from './ctx.ts';
import { work } from './jobs.ts';
import { type Rule, SWEEP_INTERVAL_MS } from './rule.ts';
import { wakeRule } from './wake.ts';

/** Runs every rule at an instant; a rule that fails is logged and does not stop the others. */
export async function runDue(system: System, rules: readonly Rule[], now: Date): Promise<void> {
  for (const rule of rules) {
    try {
      await rule.run(system, now);
    } catch (error) {
      system.log.error({ rule: rule.name, err: String(error) }, 'rule failed');
    }
  }
}

/** The handler of wake-ups. */
export function ruleWaker(rules: readonly Rule[]) {
  return work(wakeRule, async (system, data) => {
    const rule = rules.find(({ name }) => name === data.rule);
    await rule?.run(system, system.clock.now());
  });
}

/** Sweeps all rules every 15 s and once at the start; the next sweep waits for the last. Returns the way to stop. */
export function startSweeping(system: System, rules: readonly Rule[]): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running = Promise.resolve();
  const sweep = () => {
    running = runDue(system, rules, system.clock.now()).finally(() => {
      if (!stopped) timer = setTimeout(sweep, SWEEP_INTERVAL_MS);
    });
  };
  sweep();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
