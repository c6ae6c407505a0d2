import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { selectAutoCloses } from '../alert-setting/store.ts';
import { ALERT_CLOCK } from './alert-clock.ts';
import { closeLocked } from './close-alert.ts';
import { reopenLocked } from './return-alert.ts';
import { askAnew } from '../group/ask-anew.ts';
import type { Alert } from './alert.ts';
import { type AlertTime, lockDueAlerts, lockQuietAlerts, selectDueWorkspaces } from './clock-store.ts';
import { askForLook, endQuiet } from './end-quiet.ts';
import { updateAlert } from './store.ts';

const AT_ONCE = 50;
const ANY = ['open', 'acknowledged', 'closed'] as const;

type Due = {
  readonly time: AlertTime;
  readonly actor: string;
  readonly act: (ctx: Ctx, alert: Alert) => Promise<unknown>;
};

/** What happens when a time of an alert is up; each of these moves the time out of the way. */
const DUE: readonly Due[] = [
  { time: 'snoozedUntil', actor: 'snooze', act: endSnooze },
  { time: 'quietUntil', actor: 'routes', act: endQuiet },
  { time: 'lookDueAt', actor: 'routes', act: askForLook },
];

/** Looks at alerts one of whose times is up, and closes those whose sender has said nothing for as long as is allowed. */
export const alertClockRule: Rule = {
  ...ALERT_CLOCK,
  async run(system, now) {
    for (const due of DUE)
      for (const workspaceId of await selectDueWorkspaces(system.database, due.time, now))
        await actOnDue(system, workspaceId, due);
    for (const { workspaceId, autoCloseSeconds } of await selectAutoCloses(system.database))
      await closeQuiet(system, workspaceId, autoCloseSeconds);
  },
};

async function actOnDue(system: System, workspaceId: string, { time, actor, act }: Due): Promise<void> {
  for (let taken = AT_ONCE; taken === AT_ONCE;) {
    taken = await system.transact({ actor: systemActor(actor), workspaceId }, async (ctx) => {
      const due = await lockDueAlerts(ctx, time, AT_ONCE);
      for (const alert of due) await act(ctx, alert);
      return due.length;
    });
  }
}

/** In an incident, the incident pages; what is closed has nothing left to ask. */
async function endSnooze(ctx: Ctx, alert: Alert): Promise<void> {
  if (alert.state !== 'closed' && alert.incidentId === null)
    await askAnew(ctx, await reopenLocked(ctx, alert, 'snooze-over'), 'snooze-over');
  else await updateAlert(ctx, alert.id, ANY, { snoozedUntil: null });
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
