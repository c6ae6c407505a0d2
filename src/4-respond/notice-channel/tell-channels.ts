import { readWorkspace } from '#access';
import {
  type Alert,
  alertAcknowledged,
  alertAcknowledgedElsewhere,
  alertClosed,
  alertOpened,
  alertQuieted,
  alertReturned,
  readAlert,
  urgencyOf,
} from '#detect';
import { readServices } from '#monitor';
import { systemActor } from '#kernel/actor.ts';
import { addSeconds, formatDuration, secondsBetween } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import type { Rule } from '#platform/rule.ts';
import { clockTime } from '../page/clock-time.ts';
import { LIVE_STATES } from '../page/page.ts';
import { findPosts } from '../page/post-store.ts';
import { findPages } from '../page/store.ts';
import { readPeople } from '../reach/people.ts';
import { postNotice } from './post-notice.ts';
import {
  deleteWatches,
  findChannels,
  findDueWorkspaces,
  findWatches,
  insertWatch,
  lockDueWatches,
  moveWatch,
  type NoticeChannel,
} from './store.ts';

const AT_ONCE = 100;
const ELSEWHERE = 'Somebody has acknowledged it where it came from.';
const CLOCK = { name: 'respond.notice-channels' };

/** What begins, is acknowledged and ends is told to every place that wants to hear of its service. */
export const hearForChannels = [
  on(alertOpened, async (ctx, { alert }) => tellBegin(ctx, alert)),
  // What was quiet until now begins for whoever has not heard of it.
  on(alertReturned, async (ctx, { alert }) => tellBegin(ctx, alert)),
  on(alertAcknowledged, async (ctx, { alert, userId }) => {
    const { nameOf } = await readPeople(ctx);
    await tellWatchers(ctx, alert, {
      key: `acknowledged:${userId}:${ctx.now.getTime()}`,
      headline: 'Acknowledged',
      text: `${nameOf(userId)} is on it.`,
      event: 'alert.acknowledged',
    });
  }),
  on(alertAcknowledgedElsewhere, async (ctx, { alert, sender }) => {
    await tellWatchers(ctx, alert, {
      key: `acknowledged:elsewhere:${ctx.now.getTime()}`,
      headline: 'Acknowledged',
      text: `Somebody has acknowledged it in ${sender}.`,
      event: 'alert.acknowledged',
    });
  }),
  on(alertClosed, async (ctx, { alert, reason }) => {
    const over = reason === 'recovered' || reason === 'resolved';
    const lasted = formatDuration(Math.max(0, secondsBetween(alert.firstSeenAt, ctx.now)));
    await tellWatchers(ctx, alert, {
      key: `closed:${alert.closedAt?.getTime()}`,
      headline: over ? 'Recovered' : 'Closed',
      text: over ? `It works again, after ${lasted}.` : `Somebody closed the alert after ${lasted}.`,
      event: 'alert.closed',
    });
    await deleteWatches(ctx, { alertId: alert.id });
  }),
  // Another alert speaks for it, or somebody does not want to hear of it.
  on(alertQuieted, async (ctx, { alert }) => deleteWatches(ctx, { alertId: alert.id })),
];

async function tellBegin(ctx: Ctx, alert: Alert): Promise<void> {
  if (alert.drill || alert.state === 'closed' || urgencyOf(alert) === 'none') return;
  const channels = (await findChannels(ctx)).filter(
    ({ onlyPages, serviceIds }) =>
      !onlyPages && (serviceIds.length === 0 || (alert.serviceId !== null && serviceIds.includes(alert.serviceId))),
  );
  const pages = channels.length === 0 ? [] : await findPages(ctx, { alertId: alert.id, states: LIVE_STATES });
  const posts = await findPosts(
    ctx,
    pages.map(({ id }) => id),
  );
  for (const channel of channels) {
    const nextAt = nextOf(ctx, channel);
    if (!(await insertWatch(ctx, { channelId: channel.id, alertId: alert.id, nextAt, reminders: 0 }))) continue;
    if (nextAt !== null) await ctx.wake(CLOCK, nextAt);
    // The page itself has just told it, with buttons: one message of one beginning is enough.
    if (posts.some(({ noticeChannelId }) => noticeChannelId === channel.id)) continue;
    await tell(ctx, channel, alert, {
      key: `opened:${ctx.now.getTime()}`,
      headline: alert.severity === 'critical' ? 'Down' : 'Trouble',
      text: `Since ${await sinceWords(ctx, alert)}.`,
      event: 'alert.opened',
    });
  }
}

type News = { readonly key: string; readonly headline: string; readonly text: string; readonly event: string };

async function tellWatchers(ctx: Ctx, alert: Alert, news: News): Promise<void> {
  const watches = await findWatches(ctx, alert.id);
  if (watches.length === 0) return;
  for (const channel of await findChannels(ctx))
    if (watches.some(({ channelId }) => channelId === channel.id)) await tell(ctx, channel, alert, news);
}

async function tell(ctx: Ctx, channel: NoticeChannel, alert: Alert, news: News): Promise<void> {
  const [service] = alert.serviceId === null ? [] : await readServices(ctx, [alert.serviceId]);
  const about = alert.incidentId === null ? `alerts/${alert.id}` : `incidents/${alert.incidentId}`;
  await postNotice(ctx, channel, {
    key: `${alert.id}:${news.key}`,
    subject: `${news.headline}: ${alert.title}`,
    text: [...(service ? [`Service: ${service.name}`] : []), news.text].join('\n'),
    url: `${ctx.publicUrl}/${about}`,
    event: news.event,
    alertId: alert.id,
    incidentId: alert.incidentId,
  });
}

/** What is still open is said again and again, at each channel's own pace. */
export const remindChannels: Rule = {
  ...CLOCK,
  async run(system, now) {
    for (const workspaceId of await findDueWorkspaces(system, now))
      for (let taken = AT_ONCE; taken === AT_ONCE;)
        taken = await system.transact({ actor: systemActor('notice channels'), workspaceId }, remindDue);
  },
};

async function remindDue(ctx: Ctx): Promise<number> {
  const due = await lockDueWatches(ctx, AT_ONCE);
  const channels = new Map((await findChannels(ctx)).map((channel) => [channel.id, channel]));
  const { nameOf } = await readPeople(ctx);
  for (const watch of due) {
    const channel = channels.get(watch.channelId);
    const alert = await readAlert(ctx, watch.alertId);
    if (!channel || alert.state === 'closed') {
      await moveWatch(ctx, watch, { nextAt: null, reminders: watch.reminders });
      continue;
    }
    const nextAt = nextOf(ctx, channel);
    await moveWatch(ctx, watch, { nextAt, reminders: watch.reminders + 1 });
    if (nextAt !== null) await ctx.wake(CLOCK, nextAt);
    const who = whoIsOn(alert, nameOf);
    await tell(ctx, channel, alert, {
      key: `still:${watch.reminders + 1}:${ctx.now.getTime()}`,
      headline: alert.severity === 'critical' ? 'Still down' : 'Still open',
      text: `Since ${await sinceWords(ctx, alert)}. ${who}`,
      event: 'alert.still-open',
    });
  }
  return due.length;
}

function whoIsOn({ state, acknowledgedBy }: Alert, nameOf: (userId: string) => string): string {
  if (state !== 'acknowledged') return 'Nobody has acknowledged it.';
  return acknowledgedBy === null ? ELSEWHERE : `${nameOf(acknowledgedBy)} is on it.`;
}

function nextOf(ctx: Ctx, { stillEverySeconds }: NoticeChannel): Date | null {
  return stillEverySeconds === null ? null : addSeconds(ctx.now, stillEverySeconds);
}

/** `03:02 CET, 24 m 00 s ago`. */
async function sinceWords(ctx: Ctx, { firstSeenAt }: Alert): Promise<string> {
  const { timeZone } = await readWorkspace(ctx);
  const ago = formatDuration(Math.max(0, secondsBetween(firstSeenAt, ctx.now)));
  return `${clockTime(firstSeenAt, timeZone, ctx.now)}, ${ago} ago`;
}
