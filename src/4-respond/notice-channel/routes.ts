import { readChannelFaults } from '#delivery';
import { pageOf } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import { addChannel, changeChannel, presentChannel, removeChannel, testChannel } from './change-channels.ts';
import {
  changeNoticeChannel,
  createNoticeChannel,
  deleteNoticeChannel,
  listNoticeChannels,
  listPageChannels,
  testNoticeChannel,
} from './contract.ts';
import { findChannelPage } from './store.ts';

export const noticeChannelRoutes: readonly RouteBinding[] = [
  bind(listNoticeChannels, async (ctx, { query }) => {
    const rows = await findChannelPage(ctx, query);
    const faults = await readChannelFaults(ctx);
    return pageOf(
      rows,
      query,
      (row) => row.id,
      (row) => presentChannel(row, faults),
    );
  }),
  bind(listPageChannels, async (ctx, { query }) => {
    const rows = await findChannelPage(ctx, query);
    const faults = await readChannelFaults(ctx);
    return pageOf(
      rows,
      query,
      (row) => row.id,
      ({ id, name, kind }) => ({ id, name, kind, problem: faults[kind] ?? null }),
    );
  }),
  bind(createNoticeChannel, (ctx, { body }) => addChannel(ctx, body)),
  bind(changeNoticeChannel, (ctx, { params, body }) => changeChannel(ctx, params.id, body)),
  bind(deleteNoticeChannel, (ctx, { params }) => removeChannel(ctx, params.id)),
  bind(testNoticeChannel, (ctx, { params }, system) => testChannel(system, ctx, params.id), 'bare'),
];
