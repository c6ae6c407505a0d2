import { audit } from '#access';
import { type ChannelFaults, readChannelFaults, sendNow } from '#delivery';
import { actorUserId } from '#kernel/actor.ts';
import { conflict, invalid, notFound } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import { readServices } from '#monitor';
import type { Ctx, System, Who } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { sealCredentials } from '../contact-method/credentials.ts';
import { usesOfChannel } from '../escalation/uses.ts';
import { addressOfPlace } from './address.ts';
import type { changeNoticeChannel, createNoticeChannel, NoticeChannelView } from './contract.ts';
import { noticeTo } from './post-notice.ts';
import { deleteWatches, findChannel, insertChannel, type NoticeChannel, updateChannel } from './store.ts';

/** Adds a place. Refuses an address that its channel could not use, and a chat that is not connected. */
export async function addChannel(ctx: Ctx, body: RouteInput<typeof createNoticeChannel>['body']) {
  const { name, kind, accessToken, stillEverySeconds, onlyPages } = body;
  if (accessToken !== undefined && kind !== 'ntfy')
    throw invalid('body.accessToken', 'only an ntfy topic has an access token');
  const address = addressOfPlace(kind, body.address);
  const faults = await readChannelFaults(ctx);
  const fault = faults[kind];
  if (fault !== undefined && kind !== 'email') throw conflict(fault);
  const signingSecret = kind === 'webhook' ? newSecret('whs') : null;
  const secret = signingSecret ?? accessToken;
  const id = ctx.newId('nch');
  await insertChannel(ctx, {
    workspaceId: ctx.workspaceId,
    id,
    name,
    kind,
    address,
    credentials: sealCredentials(ctx, secret === undefined ? [] : [secret]),
    serviceIds: await knownServices(ctx, body.serviceIds),
    stillEverySeconds,
    onlyPages,
    createdAt: ctx.now,
    createdBy: actorUserId(ctx.actor),
    removedAt: null,
  });
  await audit(ctx, { action: 'notice-channel.create', subjectId: id, detail: { name, kind } });
  ctx.touch('settings');
  return { ...presentChannel(await ownChannel(ctx, id), faults), signingSecret };
}

/** Changes what a place is told; what it has been told of goes on at the new pace from the next time on. */
export async function changeChannel(
  ctx: Ctx,
  id: string,
  body: RouteInput<typeof changeNoticeChannel>['body'],
): Promise<NoticeChannelView> {
  const before = await ownChannel(ctx, id);
  const { name = before.name, stillEverySeconds = before.stillEverySeconds, onlyPages = before.onlyPages } = body;
  const serviceIds = body.serviceIds === undefined ? before.serviceIds : await knownServices(ctx, body.serviceIds);
  const changed = await updateChannel(ctx, id, { name, stillEverySeconds, onlyPages, serviceIds });
  if (onlyPages) await deleteWatches(ctx, { channelId: id });
  if (!changed) throw notFound('notice channel', id);
  await audit(ctx, { action: 'notice-channel.change', subjectId: id, detail: body });
  ctx.touch('settings');
  return presentChannel(changed, await readChannelFaults(ctx));
}

/** Refuses one that an escalation policy names: nothing falls silent by itself. */
export async function removeChannel(ctx: Ctx, id: string): Promise<void> {
  const { name } = await ownChannel(ctx, id);
  const uses = await usesOfChannel(ctx, id);
  if (uses.length > 0) throw conflict(`“${name}” is told by ${uses.join(' and ')}. Take it out there first.`);
  await deleteWatches(ctx, { channelId: id });
  await updateChannel(ctx, id, { removedAt: ctx.now, credentials: null });
  await audit(ctx, { action: 'notice-channel.remove', subjectId: id });
  ctx.touch('settings');
}

/** Sends a test there now and says what came of it. Runs outside the request's transaction. */
export async function testChannel(system: System, who: Who, id: string) {
  const wanted = await system.transact(who, async (ctx) => {
    const channel = await ownChannel(ctx, id);
    await audit(ctx, { action: 'notice-channel.test', subjectId: id });
    return noticeTo(ctx, channel, {
      key: `test:${ctx.newId('tst')}`,
      subject: `Test: ${channel.name} hears of alerts`,
      text: 'This place is told what begins, what is still open and what is over, and what escalation steps send here. It wakes nobody.',
      url: `${ctx.publicUrl}/alerts`,
      event: 'test',
    });
  });
  const status = await sendNow(system, who, { ...wanted, purpose: 'test' });
  const ok = status.state === 'sent';
  const message = ok ? 'Sent. It should arrive within seconds.' : (status.why ?? 'It is still under way.');
  return { deliveryId: status.id, ok, message };
}

export function presentChannel(channel: NoticeChannel, faults: ChannelFaults): NoticeChannelView {
  const { id, name, kind, address, serviceIds, stillEverySeconds, onlyPages, fault, createdAt } = channel;
  return {
    id,
    name,
    kind,
    address: address.replace(/^channel:/, ''),
    serviceIds,
    stillEverySeconds,
    onlyPages,
    problem: faults[kind] ?? (fault === null ? null : `The last message did not arrive: ${fault}`),
    createdAt: createdAt.toISOString(),
  };
}

async function ownChannel(ctx: Ctx, id: string): Promise<NoticeChannel> {
  const channel = await findChannel(ctx, id);
  if (!channel) throw notFound('notice channel', id);
  return channel;
}

async function knownServices(ctx: Ctx, wanted: readonly string[]): Promise<string[]> {
  const ids = [...new Set(wanted)];
  if (ids.length === 0) return [];
  const services = await readServices(ctx, ids);
  const missing = ids.find((id) => !services.some((one) => one.id === id && one.archivedAt === null));
  if (missing !== undefined) throw invalid('body.serviceIds', `there is no service ${missing} in this workspace`);
  return ids;
}
