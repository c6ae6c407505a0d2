import { bind, type RouteBinding } from '#platform/stage.ts';
import { readGroup, saveGroup, setGroupNow } from './change-groups.ts';
import { readChatGroup, saveChatGroup, setChatGroupRoute } from './contract.ts';

export const chatGroupRoutes: readonly RouteBinding[] = [
  bind(readChatGroup, (ctx, { params }) => readGroup(ctx, params.id)),
  bind(saveChatGroup, (ctx, { params, body }) => saveGroup(ctx, params.id, body)),
  bind(setChatGroupRoute, (ctx, { params }, system) => setGroupNow(system, ctx, params.id), 'bare'),
];
