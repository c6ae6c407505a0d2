import type { Selectable } from 'kysely';
import { addSeconds, HOUR_MS } from '#kernel/duration.ts';
import type { DeliveryPurpose } from './contract.ts';
import type { DeliveryTables } from './tables.ts';

export type Delivery = Selectable<DeliveryTables['delivery']>;

/** How long one try may take, and how long it keeps others from trying; the rest of the lease is for slow commits. */
export const SEND_TIMEOUT_MS = 15_000;
export const LEASE_SECONDS = 20;
/** A look at the very moment at which a lease ends might find it still alive. */
export const LOOK_AGAIN_MS = 50;

/** A page without an answer for so long goes out by the person's next method as well. */
export const SLOW_MS = 5_000;
/** A page that has waited for longer says so, and how things stand by now. */
const LATE_MS = 60_000;

/** Some six minutes. */
const STUCK_AFTER_TRIES = 12;

type Patience = {
  readonly tries: number;
  readonly longestWaitSeconds: number;
  /** After so many tries the waits are longer. */
  readonly calmer?: { readonly after: number; readonly waitSeconds: number };
};

/**
 * A page is tried every minute for an hour and every five minutes for a day, since nothing says that its receiver will
 * not be back, and each try asks whether anybody still needs it. A test is tried once, while somebody watches.
 */
const PATIENCE: Readonly<Record<DeliveryPurpose, Patience>> = {
  page: { tries: 345, longestWaitSeconds: 60, calmer: { after: 65, waitSeconds: 300 } },
  notice: { tries: 10, longestWaitSeconds: 300 },
  test: { tries: 1, longestWaitSeconds: 0 },
  subscriber: { tries: 14, longestWaitSeconds: 3_600 },
  invite: { tries: 12, longestWaitSeconds: 1_800 },
};

/** When a message whose `attempts`-th try failed is tried again (1 s, 2 s, 4 s …), or null to give up. */
export function nextAttempt(purpose: DeliveryPurpose, attempts: number, now: Date, notAfter: Date | null): Date | null {
  const { tries, longestWaitSeconds, calmer } = PATIENCE[purpose];
  if (attempts >= tries) return null;
  const calm = calmer !== undefined && attempts > calmer.after;
  const next = addSeconds(now, calm ? calmer.waitSeconds : Math.min(2 ** (attempts - 1), longestWaitSeconds));
  return notAfter !== null && next > notAfter ? null : next;
}

/** Whether so many failed tries of a page mean that its receiver is away for longer. */
export function isStuck({ purpose, attempts }: Pick<Delivery, 'purpose' | 'attempts'>): boolean {
  return purpose === 'page' && attempts === STUCK_AFTER_TRIES;
}

/** When a message should have gone out. */
export function whenDue({ dueAt, createdAt }: Pick<Delivery, 'dueAt' | 'createdAt'>): Date {
  return dueAt ?? createdAt;
}

/** Whether a message has waited for so long that what it says may not be so any more. */
export function isLate(delivery: Pick<Delivery, 'dueAt' | 'createdAt'>, now: Date): boolean {
  return now.getTime() - whenDue(delivery).getTime() > LATE_MS;
}

/** How long after it was written a held message may still be released. Pages and public updates never: they would lie. */
const CURRENT_FOR_MS: Readonly<Record<DeliveryPurpose, number>> = {
  page: 0,
  subscriber: 0,
  notice: HOUR_MS,
  test: 24 * HOUR_MS,
  invite: 7 * 24 * HOUR_MS,
};

/** Whether a message that could not go out is still worth sending. */
export function isCurrent(delivery: Pick<Delivery, 'purpose' | 'createdAt' | 'notAfter'>, now: Date): boolean {
  if (delivery.notAfter !== null && delivery.notAfter < now) return false;
  return now.getTime() - delivery.createdAt.getTime() < CURRENT_FOR_MS[delivery.purpose];
}
