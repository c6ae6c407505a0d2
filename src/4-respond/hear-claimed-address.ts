import { addressClaimed } from '#delivery';
import { on } from '#platform/events.ts';
import { readStartCode } from './contact-method/start-code.ts';
import { findMethodsOf, lockMethod, updateMethod } from './contact-method/store.ts';
import { markVerified } from './contact-method/verify-contact-method.ts';

/** Somebody wrote to us from an address with a person's own link: the address is theirs, and it works. */
export const hearClaimedAddresses = on(addressClaimed, async (ctx, { kind, code, address, name, say }) => {
  const methodId = readStartCode(ctx, code);
  const method = methodId === null ? undefined : await lockMethod(ctx, methodId);
  if (method?.kind !== kind) return;
  const own = await findMethodsOf(ctx, [method.userId]);
  const taken = own.some((one) => one.kind === kind && one.address === address && one.id !== method.id);
  if (method.verifiedAt === null && !taken) {
    await updateMethod(ctx, method.id, { address, label: method.label ?? name });
    await markVerified(ctx, method);
    return say('Verified: pages reach you here.');
  }
  const same = taken || method.address === address;
  say(same ? 'Pages reach you here already.' : 'This link was used already. Add Telegram again.');
});
