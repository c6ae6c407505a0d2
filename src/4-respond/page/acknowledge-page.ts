import { audit, readUser } from '#access';
import { appendEntry, keepPromise, recordEffect } from '#declare';
import { changeMessagesOfPage } from '#delivery';
import { acknowledgeAlert, lockAlert, readAlerts } from '#detect';
import { keyWords } from '#kernel/actor.ts';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { insertEntries } from '../journal/store.ts';
import { readPeople } from '../reach/people.ts';
import { insertAnswer } from './answer-store.ts';
import { clockTime } from './clock-time.ts';
import { isDrillOf } from './drill-page.ts';
import { pageAcknowledged } from './events.ts';
import { ASKING_STATES, type Page } from './page.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { endOfAcknowledgement, renewAcknowledgement } from './renew-acknowledgement.ts';
import { stillAsked } from './still-asked.ts';
import { cancelNotices, findPage, findPages, lockPage, movePage } from './store.ts';
import { giveCommand } from './take-command.ts';
import { tellPaged } from './tell-paged.ts';
import { touchPage } from './touch-page.ts';

export type AcknowledgeOptions = { readonly takeCommand?: boolean | undefined };

/**
 * Stops a page because a person is on it (or, by its policy, once everybody whom the step asks is); tells everybody who was paged, acknowledges the alert, keeps the promise, and
 * makes the person incident commander when the incident has none (or when they take command, which declares an incident
 * if there is none yet). Refuses `conflict` when somebody else was first or the page is over.
 */
export async function acknowledgePage(
  ctx: Ctx,
  pageId: string,
  userId: string,
  channel: string,
  options: AcknowledgeOptions = {},
): Promise<Page> {
  // The alert before its page, as whoever closes the alert takes them: neither waits for the other in a circle.
  const alertId = (await findPage(ctx, pageId))?.alertId ?? null;
  if (alertId !== null) await lockAlert(ctx, alertId);
  const page = await lockPage(ctx, pageId);
  if (!page) throw notFound('page', pageId);
  if (page.state === 'stopped') throw conflict(`This page is over: ${page.stopReason ?? 'it was stopped'}.`);
  if (page.state === 'acknowledged' && page.acknowledgedBy !== userId) {
    throw conflict(`${await nameOf(ctx, page.acknowledgedBy)} has acknowledged this page already.`);
  }
  if (page.cause === 'drill' && !isDrillOf(page, userId))
    throw conflict('This is a drill of somebody else; only they can acknowledge it.');
  const before = page.state;
  const answered =
    before === 'acknowledged' ? await renewAcknowledgement(ctx, page) : await answer(ctx, page, userId, channel);
  const wanted = before !== 'acknowledged' || options.takeCommand === true;
  return wanted ? giveCommand(ctx, answered, userId, options.takeCommand === true) : answered;
}

/** One acknowledgement settles a page, unless its policy wants everybody's and somebody's is still missing. */
async function answer(ctx: Ctx, page: Page, userId: string, channel: string): Promise<Page> {
  if (page.document.acknowledgement === 'one') return settle(ctx, page, userId, channel);
  const isNew = await insertAnswer(ctx, page.id, userId, channel);
  const missing = await stillAsked(ctx, page);
  if (missing.length === 0) return settle(ctx, page, userId, channel);
  if (isNew) await settlePart(ctx, page, userId, channel, missing);
  return page;
}

/** One of several has acknowledged: nothing more goes to them, the others are still asked. */
async function settlePart(ctx: Ctx, page: Page, userId: string, channel: string, missing: readonly string[]) {
  const text = `Acknowledged${keyWords(ctx.actor)}; ${missing.length} of those asked are still missing.`;
  await insertEntries(ctx, [{ pageId: page.id, userId, channel, kind: 'acknowledged', text }]);
  await cancelNotices(ctx, { pageId: page.id, userId });
  await keepPromise(ctx, { kind: 'acknowledge', subjectId: page.id }, ctx.now);
  if (page.incidentId !== null) {
    const { nameOf: name } = await readPeople(ctx);
    await appendEntry(ctx, page.incidentId, {
      type: 'page-acknowledged',
      text: `${name(userId)} acknowledged the page; it still needs ${missing.map(name).join(', ')}.`,
      data: { pageId: page.id, userId, channel },
      idempotencyKey: `acknowledged:${page.id}:${userId}`,
    });
  }
  await audit(ctx, { action: 'page.acknowledge', subjectId: page.id, detail: { userId, channel, missing } });
  await acknowledgeItsAlert(ctx, page, userId);
  touchPage(ctx, page);
}

async function acknowledgeItsAlert(ctx: Ctx, page: Page, userId: string): Promise<void> {
  const [alert] = page.alertId === null ? [] : await readAlerts(ctx, [page.alertId]);
  if (alert?.state === 'open') await acknowledgeAlert(ctx, alert.id, { byUserId: userId });
}

async function settle(ctx: Ctx, page: Page, userId: string, channel: string): Promise<Page> {
  const moved = await movePage(ctx, page.id, ASKING_STATES, {
    state: 'acknowledged',
    acknowledgedAt: ctx.now,
    acknowledgedBy: userId,
    acknowledgedChannel: channel,
    nextStepAt: endOfAcknowledgement(ctx, page),
  });
  if (!moved) throw conflict('This page changed meanwhile. Look again.');
  await cancelNotices(ctx, { pageId: page.id });
  await keepPromise(ctx, { kind: 'acknowledge', subjectId: page.id }, ctx.now);
  await record(ctx, moved, userId, channel);
  if (moved.nextStepAt !== null) await ctx.wake(PAGE_CLOCK, moved.nextStepAt);
  await acknowledgeItsAlert(ctx, page, userId);
  await acknowledgeSiblings(ctx, moved, userId, channel);
  await ctx.publish(pageAcknowledged, { page: moved, userId });
  touchPage(ctx, moved);
  return moved;
}

async function record(ctx: Ctx, page: Page, userId: string, channel: string): Promise<void> {
  const { name, timeZone } = await readUser(ctx, userId);
  if (page.incidentId !== null) {
    const text = `${name} acknowledged the page.`;
    const data = { pageId: page.id, userId, channel };
    await appendEntry(ctx, page.incidentId, {
      type: 'page-acknowledged',
      text,
      data,
      idempotencyKey: `acknowledged:${page.id}`,
    });
    await recordEffect(ctx, page.incidentId, { effect: 'page', state: 'done', detail: text });
  }
  if (page.cause !== 'drill')
    await tellPaged(ctx, page, {
      what: 'acknowledged',
      headline: `${name} is on it`,
      text: `${name} acknowledged at ${clockTime(ctx.now, timeZone, ctx.now)}. Nobody else will be paged, and you need to do nothing.`,
      answer: { userId, channel },
    });
  await changeMessagesOfPage(ctx, page.id, `${name} acknowledged at ${clockTime(ctx.now, timeZone, ctx.now)}.`);
  await audit(ctx, { action: 'page.acknowledge', subjectId: page.id, detail: { userId, channel } });
}

/** One acknowledgement is enough for an incident: what else was paging for it stops too. */
async function acknowledgeSiblings(ctx: Ctx, page: Page, userId: string, channel: string): Promise<void> {
  if (page.incidentId === null) return;
  const siblings = await findPages(ctx, { incidentId: page.incidentId, states: ASKING_STATES });
  for (const { id } of siblings) await acknowledgePage(ctx, id, userId, channel);
}

async function nameOf(ctx: Ctx, userId: string | null): Promise<string> {
  return userId === null ? 'Somebody' : (await readUser(ctx, userId)).name;
}
