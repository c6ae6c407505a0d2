import type { Ctx } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import type { Alert } from './alert.ts';

/**
 * What a transaction has written or locked of single alerts. Their rows are its own until it ends, so nobody else can change them
 * meanwhile, and later stages that want to know how an alert stands by now need not ask the database again.
 */
const held = new WeakMap<Database, Map<string, Alert>>();

export function holdAlert({ transaction }: Ctx, alert: Alert): void {
  if (!transaction.isTransaction) return;
  const alerts = held.get(transaction) ?? new Map<string, Alert>();
  held.set(transaction, alerts.set(alert.id, alert));
}

/** The alert as this transaction has left it; null when it must be read. */
export function heldAlert({ transaction }: Ctx, alertId: string): Alert | null {
  return held.get(transaction)?.get(alertId) ?? null;
}

/** Something has written rows of alerts without saying what they are now. */
export function forgetHeld(transaction: Database): void {
  held.delete(transaction);
}
