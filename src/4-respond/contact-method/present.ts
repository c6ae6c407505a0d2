import { type ChannelFaults, type ChannelKind, maskAddress, readChannelFaults } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import type { ContactMethodView, NotificationRuleView } from './contract.ts';
import type { ContactMethodRow, NotificationRuleRow } from './store.ts';

/** What to do about an address that its channel gave up. */
const LOST: Readonly<Partial<Record<ChannelKind, string>>> = {
  webpush:
    'This browser no longer takes notifications: its permission was withdrawn, its data was cleared, or it was removed. Open Allclear in it, press “Notify this browser” again, and remove this line.',
};

/** A method as the API shows it: whole to its owner, masked to others. */
export function presentMethod(row: ContactMethodRow, faults: ChannelFaults, own: boolean): ContactMethodView {
  return {
    id: row.id,
    userId: row.userId,
    kind: row.kind,
    address: own ? row.address : maskAddress(row.kind, row.address),
    label: row.label,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    testedAt: row.testedAt?.toISOString() ?? null,
    problem: problemOf(row, faults),
    lostAt: row.lostAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** `presentMethod` for its owner, after a change. */
export async function presentOwnMethod(ctx: Ctx, row: ContactMethodRow): Promise<ContactMethodView> {
  return presentMethod(row, await readChannelFaults(ctx), true);
}

function problemOf(row: ContactMethodRow, faults: ChannelFaults): string | null {
  const fault = faults[row.kind];
  if (fault !== undefined) return fault;
  if (row.lostAt !== null) return LOST[row.kind] ?? 'This address exists no more. Remove it, and add the new one.';
  if (row.verifiedAt === null) return 'Not verified yet: enter the code from the test message.';
  return null;
}

export function presentRule({
  id,
  userId,
  contactMethodId,
  urgency,
  delaySeconds,
}: NotificationRuleRow): NotificationRuleView {
  return { id, userId, contactMethodId, urgency, delaySeconds };
}
