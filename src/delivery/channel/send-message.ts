import { assert } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { sendPhone } from '../phone/send-phone.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import { sendChat } from './chat-vendors.ts';
import { sendMail } from './mail-chain.ts';
import { sendNtfy } from './ntfy.ts';
import { sendTeams } from './teams.ts';
import { sendWebhook } from './webhook.ts';
import { sendWebPush } from './webpush.ts';

/** Sends by the message's channel. Never throws: whatever goes wrong is an outcome. */
export async function sendMessage(system: System, addressed: Addressed): Promise<SendOutcome> {
  try {
    switch (addressed.delivery.kind) {
      case 'email':
        assert(addressed.mail, 'mail is sent only when configured');
        return await sendMail(system, addressed, addressed.mail);
      case 'webhook':
        return await sendWebhook(system, addressed);
      case 'ntfy':
        return await sendNtfy(system, addressed);
      case 'webpush':
        return await sendWebPush(system, addressed);
      case 'teams':
        return await sendTeams(system, addressed);
      case 'sms':
      case 'voice':
        assert(addressed.phone, 'SMS and calls go out only with a plan');
        return await sendPhone(system, addressed, addressed.phone);
      case 'slack':
      case 'mattermost':
      case 'discord':
      case 'telegram':
      case 'pushover':
        assert(addressed.chat, 'a chat is sent to only when connected');
        return await sendChat(system, addressed, addressed.chat);
    }
  } catch (error) {
    return { ok: false, permanent: false, why: error instanceof Error ? error.message : String(error) };
  }
}
