import { audit, readUser } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selfId } from '../contact-method/own-method.ts';
import { LIVE_STATES, type Page } from './page.ts';
import { stopPage } from './stop-pages.ts';
import { findPage, lockPage } from './store.ts';

/** Ends a page that somebody sent by hand, answered or not; pages of alerts and incidents end with those. */
export async function withdrawPage(ctx: Ctx, pageId: string): Promise<Page> {
  const page = await lockPage(ctx, pageId);
  if (!page) throw notFound('page', pageId);
  if (page.cause === 'drill') throw conflict('This page is a drill. End the drill instead.');
  if (page.cause !== 'by-hand')
    throw conflict('This page ends with its alert or incident. Acknowledge it, or close what it is about.');
  if (!LIVE_STATES.some((state) => state === page.state))
    throw conflict(`This page is ${page.state}; there is nothing to withdraw.`);
  const { name } = await readUser(ctx, selfId(ctx));
  const isDone = page.state === 'acknowledged';
  await stopPage(ctx, page, {
    what: isDone ? 'done' : 'withdrawn',
    headline: isDone ? 'Done' : 'Withdrawn',
    text: isDone
      ? `${name} says that it is done. Thank you.`
      : `${name} does not need you any more. Nobody else will be paged.`,
  });
  await audit(ctx, { action: 'page.withdraw', subjectId: page.id });
  return (await findPage(ctx, pageId)) ?? page;
}
