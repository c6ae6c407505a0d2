import { audit } from '#access';
import { addressResumed, addressStopped } from '#delivery';
import { on } from '#platform/events.ts';
import { findMethodsAt, loseMethod } from './contact-method/store.ts';
import { markVerified } from './contact-method/verify-contact-method.ts';
import { markCoverageStale } from './coverage/mark-stale.ts';
import { notifyUser } from './notice/notify-user.ts';

/** STOP is honoured: the method is off, its person hears of it by what is left to them; START switches it on again. */
export const hearStoppedAddresses = [
  on(addressStopped, async (ctx, { kind, address }) => {
    for (const { id, userId, verifiedAt } of await findMethodsAt(ctx, { kind, address })) {
      if (verifiedAt === null || !(await loseMethod(ctx, { userId, kind, address }))) continue;
      await audit(ctx, { action: 'contact-method.stop', subjectId: id, detail: { kind } });
      await markCoverageStale(ctx);
      ctx.touch('members');
      ctx.touch('settings');
      await notifyUser(ctx, userId, {
        subject: 'Pages no longer reach you by SMS: you replied STOP',
        text: 'Nothing is sent to that number until you reply START from it.',
        url: '/settings/reach',
        uniqueKey: `stopped:${id}:${ctx.now.getTime()}`,
        urgency: 'high',
      });
    }
  }),
  on(addressResumed, async (ctx, { kind, address }) => {
    // Whoever writes from a number has it, so there is nothing to prove by a code.
    for (const method of await findMethodsAt(ctx, { kind, address }))
      if (method.lostAt !== null) await markVerified(ctx, method);
  }),
];
