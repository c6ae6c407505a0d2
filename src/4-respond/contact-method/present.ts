import { isChannelConfigured, maskAddress } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import type { ContactMethodView, NotificationRuleView } from './contract.ts';
import type { ContactMethodRow, NotificationRuleRow } from './store.ts';

/** A method as the API shows it: whole to its owner, masked to others. */
export function presentMethod(row: ContactMethodRow, mailWorks: boolean, own: boolean): ContactMethodView {
  return {
    id: row.id,
    userId: row.userId,
    kind: row.kind,
    address: own ? row.address : maskAddress(row.kind, row.address),
    label: row.label,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    testedAt: row.testedAt?.toISOString() ?? null,
    problem: problemOf(row, mailWorks),
    createdAt: row.createdAt.toISOString(),
  };
}

/** `presentMethod` for its owner, after a change. */
export async function presentOwnMethod(ctx: Ctx, row: ContactMethodRow): Promise<ContactMethodView> {
  return presentMethod(row, await isChannelConfigured(ctx, 'email'), true);
}

function problemOf(row: ContactMethodRow, mailWorks: boolean): string | null {
  if (row.kind === 'email' && !mailWorks) return 'Mail is not configured, so nothing sent here would arrive.';
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
