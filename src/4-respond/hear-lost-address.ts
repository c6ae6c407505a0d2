import { audit } from '#access';
import { deliveryFailed } from '#delivery';
import { on } from '#platform/events.ts';
import { CHANNEL_WORDS } from './contact-method/channel-words.ts';
import { loseMethod } from './contact-method/store.ts';
import { markCoverageStale } from './coverage/mark-stale.ts';
import { notifyUser } from './notice/notify-user.ts';

/**
 * A channel said that an address exists no more: the method is not used from now on, and its person hears of it by what
 * is left to them, so that nobody finds out at night.
 */
export const hearLostAddresses = on(deliveryFailed, async (ctx, { userId, kind, goneAddress, why }) => {
  if (userId === null || goneAddress === undefined) return;
  const lost = await loseMethod(ctx, { userId, kind, address: goneAddress });
  if (!lost) return;
  const what = CHANNEL_WORDS[kind];
  await audit(ctx, { action: 'contact-method.lose', subjectId: lost.id, detail: { kind, why } });
  await markCoverageStale(ctx);
  ctx.touch('members');
  ctx.touch('settings');
  await notifyUser(ctx, userId, {
    subject: `Pages no longer reach you by ${what}${lost.label === null ? '' : ` (${lost.label})`}`,
    text: `${why}\nAllclear does not use it any more. Set it up again where you choose how you are paged.`,
    url: '/settings/reach',
    uniqueKey: `lost:${lost.id}:${ctx.now.getTime()}`,
    urgency: 'high',
  });
});
