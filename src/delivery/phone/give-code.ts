import { HOUR_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { isNeeded } from '../delivery/is-needed.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { findDelivery } from '../delivery/store.ts';
import { type Codes, codesOf, SLOTS } from './codes.ts';
import { findCodes, lockNumber, upsertCode } from './store.ts';

/** Somebody may still reply to an old message, so a code that is free again waits before it means another page. */
const REST_MS = 12 * HOUR_MS;

/**
 * What to reply to the page of this message: the same as in its earlier messages to the number, else a code that no open
 * page of the number has and that meant none lately. Null when every code is taken.
 */
export async function giveCodes(ctx: Ctx, delivery: Delivery): Promise<Codes | null> {
  const { id: deliveryId, address, purpose } = delivery;
  if (purpose !== 'page') return null;
  // A message that stands for many pages is about itself.
  const pageId = delivery.pageId ?? deliveryId;
  await lockNumber(ctx, address);
  const slot = await freeSlot(ctx, address, pageId);
  if (slot === null) return null;
  await upsertCode(ctx, { address, slot, pageId, deliveryId });
  return codesOf(slot);
}

async function freeSlot(ctx: Ctx, address: string, pageId: string): Promise<number | null> {
  const taken = await findCodes(ctx, address);
  const own = taken.find((row) => row.pageId === pageId);
  if (own) return own.slot;
  const over = [];
  for (const row of taken) if (!(await isAsking(ctx, row.deliveryId))) over.push(row);
  const rested = over.filter(({ givenAt }) => ctx.now.getTime() - givenAt.getTime() >= REST_MS);
  const never = Array.from({ length: SLOTS }, (_, slot) => slot).filter(
    (slot) => !taken.some((row) => row.slot === slot),
  );
  const [first] = [...never, ...rested.map(({ slot }) => slot)].toSorted((a, b) => a - b);
  if (first !== undefined) return first;
  return over.toSorted((a, b) => a.givenAt.getTime() - b.givenAt.getTime())[0]?.slot ?? null;
}

/** Whether a reply to a message would still change something. */
export async function isAsking(ctx: Ctx, deliveryId: string): Promise<boolean> {
  const delivery = await findDelivery(ctx, deliveryId);
  return delivery !== undefined && (await isNeeded(ctx, delivery));
}
