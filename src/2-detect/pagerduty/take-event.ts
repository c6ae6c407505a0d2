import { systemActor } from '#kernel/actor.ts';
import type { System } from '#platform/ctx.ts';
import { acknowledgeElsewhere } from '../alert/acknowledge-elsewhere.ts';
import { rewordAlert } from '../alert/reword-alert.ts';
import { lockAlert } from '../alert/store.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import { boundedKey, type Claim } from '../signal/claim.ts';
import type { Door, Message } from '../signal/door.ts';
import type { PagerDutyEvent } from './event.ts';

/**
 * Does what an event wants, and resolves after the commit. Only a trigger opens an alert: an acknowledgement or a
 * resolution that no open alert waits for is taken and changes nothing.
 */
export async function takeEvent(
  system: System,
  door: Door,
  source: AlertSourceRow,
  event: PagerDutyEvent,
  text: string,
): Promise<void> {
  const message: Message = { format: 'pagerduty', text };
  if (event.act !== 'acknowledge') {
    const [stored] = await door.store(source, [event.claim], message);
    if (stored?.became === 'joined' && stored.alertId !== null)
      await sayAnew(system, source, stored.alertId, event.claim);
    return;
  }
  await acknowledgeAtSender(system, door, source, { dedupKey: event.dedupKey, message });
}

/** An event of a key that is open updates what the alert says: how many are in the group, which values they have. */
async function sayAnew(
  system: System,
  source: AlertSourceRow,
  alertId: string,
  { title, evidence, labels }: Claim,
): Promise<void> {
  const who = { actor: systemActor('intake'), workspaceId: source.workspaceId };
  await system.transact(who, async (ctx) => {
    const alert = await lockAlert(ctx, alertId);
    if (alert) await rewordAlert(ctx, alert, { title, labels, ...(evidence === null ? {} : { evidence }) });
  });
}

/** The alert of a source that holds a key is acknowledged at its sender; null when there is none. */
async function acknowledgeAtSender(
  system: System,
  door: Door,
  source: AlertSourceRow,
  { dedupKey, message }: { readonly dedupKey: string; readonly message: Message },
): Promise<string | null> {
  const who = { actor: systemActor('intake'), workspaceId: source.workspaceId };
  const key = { scope: source.id, dedupKey: boundedKey(dedupKey) };
  const alert = await system.transact(who, (ctx) => acknowledgeElsewhere(ctx, key, source.name));
  door.note(source, message, {
    became: alert === null ? 'unmatched' : 'acknowledged',
    text: alert === null ? 'No open alert has this key.' : 'Acknowledged at its sender.',
    alertId: alert?.id ?? null,
  });
  return alert?.id ?? null;
}
