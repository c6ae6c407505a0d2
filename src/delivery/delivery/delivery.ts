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

type Patience = { readonly tries: number; readonly longestWaitSeconds: number };

/** A page is worthless late, so it is tried often and for about six minutes; a test only once, while somebody watches. */
const PATIENCE: Readonly<Record<DeliveryPurpose, Patience>> = {
  page: { tries: 12, longestWaitSeconds: 60 },
  notice: { tries: 10, longestWaitSeconds: 300 },
  test: { tries: 1, longestWaitSeconds: 0 },
  subscriber: { tries: 14, longestWaitSeconds: 3_600 },
  invite: { tries: 12, longestWaitSeconds: 1_800 },
};

/** When a message whose `attempts`-th try failed is tried again (1 s, 2 s, 4 s …), or null to give up. */
export function nextAttempt(purpose: DeliveryPurpose, attempts: number, now: Date, notAfter: Date | null): Date | null {
  const { tries, longestWaitSeconds } = PATIENCE[purpose];
  if (attempts >= tries) return null;
  const next = addSeconds(now, Math.min(2 ** (attempts - 1), longestWaitSeconds));
  return notAfter !== null && next > notAfter ? null : next;
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
