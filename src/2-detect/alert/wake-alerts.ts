import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { selectAutoCloses } from '../alert-setting/store.ts';
import { ALERT_CLOCK } from './alert-clock.ts';
import { closeLocked } from './close-alert.ts';
import { returnLocked } from './return-alert.ts';
import { lockQuietAlerts, lockSnoozedAlerts, selectSnoozedWorkspaces } from './clock-store.ts';
import { updateAlert } from './store.ts';

const AT_ONCE = 50;
const ANY = ['open', 'acknowledged', 'closed'] as const;

/** Opens alerts again whose snooze is over, and closes those whose sender has said nothing for as long as is allowed. */
export const alertClockRule: Rule = {
  ...ALERT_CLOCK,
  async run(system, now) {
    for (const workspaceId of await selectSnoozedWorkspaces(system.database, now))
      await endSnoozes(system, workspaceId);
    for (const { workspaceId, autoCloseSeconds } of await selectAutoCloses(system.database))
      await closeQuiet(system, workspaceId, autoCloseSeconds);
  },
};

async function endSnoozes(system: System, workspaceId: string): Promise<void> {
  for (let taken = AT_ONCE; taken === AT_ONCE;) {
    taken = await system.transact({ actor: systemActor('snooze'), workspaceId }, async (ctx) => {
      const due = await lockSnoozedAlerts(ctx, AT_ONCE);
      for (const alert of due) {
        // In an incident, the incident pages; what is closed has nothing left to ask.
        if (alert.state !== 'closed' && alert.incidentId === null) await returnLocked(ctx, alert, 'snooze-over');
        else await updateAlert(ctx, alert.id, ANY, { snoozedUntil: null });
      }
      return due.length;
    });
  }
}

async function closeQuiet(system: System, workspaceId: string, quietSeconds: number): Promise<void> {
  for (let taken = AT_ONCE; taken === AT_ONCE;) {
    taken = await system.transact({ actor: systemActor('auto-close'), workspaceId }, async (ctx) => {
      const quiet = await lockQuietAlerts(ctx, quietSeconds, AT_ONCE);
      for (const alert of quiet) await closeLocked(ctx, alert, 'quiet');
      return quiet.length;
    });
  }
}
