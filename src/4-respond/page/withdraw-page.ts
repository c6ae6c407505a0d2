import { audit, readUser } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selfId } from '../contact-method/own-method.ts';
import type { Page } from './page.ts';
import { stopPage } from './stop-pages.ts';
import { findPage, lockPage } from './store.ts';

/** Ends a page that somebody sent by hand; pages of alerts and incidents end with those. */
export async function withdrawPage(ctx: Ctx, pageId: string): Promise<Page> {
  const page = await lockPage(ctx, pageId);
  if (!page) throw notFound('page', pageId);
  if (page.cause !== 'by-hand')
    throw conflict('This page ends with its alert or incident. Acknowledge it, or close what it is about.');
  if (page.state !== 'open') throw conflict(`This page is ${page.state}; there is nothing to withdraw.`);
  const { name } = await readUser(ctx, selfId(ctx));
  await stopPage(ctx, page, {
    what: 'withdrawn',
    headline: 'Withdrawn',
    text: `${name} does not need you any more. Nobody else will be paged.`,
  });
  await audit(ctx, { action: 'page.withdraw', subjectId: page.id });
  return (await findPage(ctx, pageId)) ?? page;
}
