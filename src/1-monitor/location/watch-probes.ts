import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { probeTurned } from '../events.ts';
import { selectTurnedProbes, turnProbe, type WatchedProbe } from './store.ts';

const SILENT_SECONDS = 60;

/** Tells when a probe was silent for a minute, and when it reports again. Those that never reported are not waited for. */
export const watchProbes: Rule = {
  name: 'monitor.watch-probes',
  async run(system, now) {
    for (const probe of await selectTurnedProbes(system.database, 'lost', SILENT_SECONDS))
      await turn(system, probe, now);
    for (const probe of await selectTurnedProbes(system.database, 'back', SILENT_SECONDS))
      await turn(system, probe, null);
  },
};

function turn(system: System, probe: WatchedProbe, lostAt: Date | null): Promise<void> {
  const { workspaceId, id: probeId, name, locationId, locationName } = probe;
  return system.transact({ actor: systemActor('probe'), workspaceId }, async (ctx) => {
    if (!(await turnProbe(ctx, probeId, lostAt))) return;
    await ctx.publish(probeTurned, { probeId, name, locationId, locationName, lost: lostAt !== null });
    ctx.touch('locations');
  });
}
