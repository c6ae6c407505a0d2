import type { System } from '#platform/ctx.ts';
import type { Addressed, SendOutcome } from '../channel/channel.ts';
import { hookUrl } from './hook-url.ts';
import type { PhonePlan } from './prepare-try.ts';
import { sendByProvider } from './vendors.ts';

/** Hands one SMS or call to the provider whose turn it is. */
export async function sendPhone(system: System, addressed: Addressed, plan: PhonePlan): Promise<SendOutcome> {
  const { delivery, allowedTargets } = addressed;
  const { kind, credentials, sender, text, number } = plan;
  const at = { publicUrl: system.config.publicUrl, provider: credentials.provider, workspaceId: delivery.workspaceId };
  const of = { ...at, deliveryId: delivery.id, number };
  return sendByProvider(
    system,
    {
      from: sender,
      to: delivery.address,
      kind,
      text,
      hooks: { receipt: hookUrl('receipt', of), answer: hookUrl('answer', of) },
      allowedTargets,
    },
    credentials,
  );
}
