import { type ChannelFaults, type ChannelKind, maskAddress, readChannelFaults } from '#delivery';
import type { Ctx } from '#platform/ctx.ts';
import type { ContactMethodView, NotificationRuleView } from './contract.ts';
import { startUrlOf } from './start-code.ts';
import type { ContactMethodRow, NotificationRuleRow } from './store.ts';

/** What to do about an address that its channel gave up. */
const LOST: Readonly<Partial<Record<ChannelKind, string>>> = {
  sms: 'This number said STOP, so nothing is sent to it. Reply START from it to any message of ours, and pages reach you again.',
  webpush:
    'This browser no longer takes notifications: its permission was withdrawn, its data was cleared, or it was removed. Open Allclear in it, press “Notify this browser” again, and remove this line.',
  teams: 'The workflow was removed in Teams. Add the one that takes its place, and remove this line.',
  telegram: 'The bot was blocked, or its chat deleted. Open the link and press Start in Telegram again.',
};

/** A method as the API shows it: whole to its owner, masked to others. */
export function presentMethod(
  row: ContactMethodRow,
  faults: ChannelFaults,
  own: boolean,
  startUrl: string | null = null,
): ContactMethodView {
  return {
    id: row.id,
    userId: row.userId,
    kind: row.kind,
    address: addressOf(row, own),
    label: row.label,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    testedAt: row.testedAt?.toISOString() ?? null,
    problem: problemOf(row, faults),
    lostAt: row.lostAt?.toISOString() ?? null,
    startUrl: own ? startUrl : null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** `presentMethod` for its owner, after a change. */
export async function presentOwnMethod(ctx: Ctx, row: ContactMethodRow): Promise<ContactMethodView> {
  return presentMethod(row, await readChannelFaults(ctx), true, await startUrlOf(ctx, row));
}

/** Telegram tells the address when Start is pressed; what stands there before is only a placeholder. */
function addressOf({ id, kind, address }: ContactMethodRow, own: boolean): string {
  if (address === id) return '';
  return own ? address : maskAddress(kind, address);
}

function problemOf(row: ContactMethodRow, faults: ChannelFaults): string | null {
  const fault = faults[row.kind];
  if (fault !== undefined) return fault;
  if (row.lostAt !== null) return LOST[row.kind] ?? 'This address exists no more. Remove it, and add the new one.';
  if (row.verifiedAt === null && row.kind === 'telegram')
    return 'Not verified yet: open the link and press Start in Telegram.';
  if (row.verifiedAt === null && row.testedAt === null)
    return 'Not verified yet, and no code was sent to it so far: send one, and enter it here.';
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
