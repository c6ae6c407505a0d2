import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { nextPosition } from '../escalation/steps.ts';
import { beginStep } from './begin-step.ts';
import { lockPage } from './store.ts';
import type { Page } from './page.ts';

/** Begins the next step of an open page now, instead of waiting for its time. */
export async function escalatePage(ctx: Ctx, pageId: string): Promise<Page> {
  const page = await lockPage(ctx, pageId);
  if (!page) throw notFound('page', pageId);
  if (page.cause === 'drill') throw conflict('This is a drill: it asks nobody else. Acknowledge it to finish.');
  if (page.state !== 'open' && page.state !== 'held')
    throw conflict(`This page is ${page.state}; only an open one can go on to its next step.`);
  if (nextPosition(page.document, page) === null)
    throw conflict('This page has gone through all its steps. Ask somebody by name.');
  await audit(ctx, { action: 'page.escalate', subjectId: page.id });
  return beginStep(ctx, page);
}
