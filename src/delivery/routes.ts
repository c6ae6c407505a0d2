import { bind, type RouteBinding } from '#platform/stage.ts';
import * as channels from './channel/contract.ts';
import { listChannels } from './channel/list-channels.ts';
import * as chats from './chat-setting/contract.ts';
import { listChatSettings } from './chat-setting/read-chat-settings.ts';
import { removeChatSettings, saveChatSettings, testChatSettings } from './chat-setting/save-chat-settings.ts';
import * as deliveries from './delivery/contract.ts';
import { listDeliveries, readDelivery } from './delivery/read-deliveries.ts';
import { releaseHeldMail } from './delivery/release-held.ts';
import { retryDelivery } from './delivery/retry-delivery.ts';
import * as phones from './phone-setting/contract.ts';
import { listPhoneSettings } from './phone-setting/read-phone-settings.ts';
import { readPhoneNumbers } from './phone-setting/read-phone-numbers.ts';
import { orderPhoneSettings, removePhoneSettings, savePhoneSettings } from './phone-setting/save-phone-settings.ts';
import { testPhoneSettings } from './phone-setting/test-phone-settings.ts';
import * as settings from './mail-setting/contract.ts';
import { readMailSettings } from './mail-setting/read-mail-settings.ts';
import { removeMailSettings, saveMailSettings } from './mail-setting/save-mail-settings.ts';
import { testMailSettings } from './mail-setting/test-mail-settings.ts';

export const routes: readonly RouteBinding[] = [
  bind(channels.listChannels, (ctx) => listChannels(ctx)),
  bind(chats.listChatSettings, (ctx) => listChatSettings(ctx)),
  bind(chats.saveChatSettings, (ctx, { body }, system) => saveChatSettings(ctx, body, system), 'bare'),
  bind(chats.removeChatSettings, (ctx, { params }) => removeChatSettings(ctx, params.kind)),
  bind(chats.testChatSettings, (ctx, { params }, system) => testChatSettings(ctx, params.kind, system), 'bare'),
  bind(phones.listPhoneSettings, (ctx) => listPhoneSettings(ctx)),
  bind(phones.savePhoneSettings, (ctx, { body }, system) => savePhoneSettings(ctx, body, system), 'bare'),
  bind(phones.removePhoneSettings, (ctx, { params }) => removePhoneSettings(ctx, params.provider)),
  bind(phones.orderPhoneSettings, (ctx, { body }) => orderPhoneSettings(ctx, body.providers)),
  bind(
    phones.testPhoneSettings,
    (ctx, { params, body }, system) => testPhoneSettings(ctx, params.provider, body ?? { kind: 'sms' }, system),
    'bare',
  ),
  bind(phones.readPhoneNumbers, (ctx) => readPhoneNumbers(ctx)),
  bind(deliveries.listDeliveries, (ctx, { query }) => listDeliveries(ctx, query)),
  bind(deliveries.readDeliveryRoute, (ctx, { params }) => readDelivery(ctx, params.id)),
  bind(deliveries.retryDeliveryRoute, (ctx, { params }) => retryDelivery(ctx, params.id)),
  bind(settings.readMailSettings, (ctx) => readMailSettings(ctx)),
  bind(settings.saveMailSettings, (ctx, { body }) => saveMailSettings(ctx, body)),
  bind(settings.removeMailSettings, (ctx) => removeMailSettings(ctx)),
  bind(settings.saveSpareMailServer, (ctx, { body }) => saveMailSettings(ctx, body, 'spare')),
  bind(settings.removeSpareMailServer, (ctx) => removeMailSettings(ctx, 'spare')),
  bind(settings.testMailSettings, (ctx, { body }, system) => testMailSettings(ctx, body ?? {}, system), 'bare'),
  bind(settings.releaseHeldMail, (ctx) => releaseHeldMail(ctx)),
];
