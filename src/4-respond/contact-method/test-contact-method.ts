import { audit } from '#access';
import { sendNow } from '#delivery';
import type { System, Who } from '#platform/ctx.ts';
import { ownMethod } from './own-method.ts';
import { prepareTest } from './send-code.ts';

/** Sends a test to one's own contact method now and says what came of it. Runs outside the request's transaction. */
export async function testContactMethod(system: System, who: Who, id: string) {
  const wanted = await system.transact(who, async (ctx) => {
    const method = await ownMethod(ctx, id);
    const test = await prepareTest(ctx, method);
    await audit(ctx, { action: 'contact-method.test', subjectId: id });
    ctx.touch('members');
    return test;
  });
  const status = await sendNow(system, who, wanted);
  const ok = status.state === 'sent';
  const message = ok ? 'Sent. It should arrive within seconds.' : (status.why ?? 'It is still under way.');
  return { deliveryId: status.id, ok, message };
}
