import { readUser } from '#access';
import { type Answer, deliveryAnswered } from '#delivery';
import { AppError } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { on } from '#platform/events.ts';
import { acknowledgePage } from './acknowledge-page.ts';
import { escalatePage } from './escalate-page.ts';
import { findPage } from './store.ts';

/** An answer by the channel that a page came by acts as the button in it would. */
export const hearAnswers = on(deliveryAnswered, async (ctx, { pageId, userId, purpose, answer, channel, say }) => {
  if (purpose !== 'page' || pageId === null || userId === null) return;
  if (!(await readUser(ctx, userId)).active) return say('Your account was deactivated.');
  try {
    await act(ctx, pageId, userId, answer, channel);
    say(await outcomeOf(ctx, pageId, answer));
  } catch (error) {
    // Somebody was first, or the page is over: that is the answer, not a failure.
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    say(error.message);
  }
});

async function act(ctx: Ctx, pageId: string, userId: string, answer: Answer, channel: string): Promise<void> {
  if (answer === 'escalate') await escalatePage(ctx, pageId);
  else await acknowledgePage(ctx, pageId, userId, channel, { takeCommand: answer === 'take-command' });
}

async function outcomeOf(ctx: Ctx, pageId: string, answer: Answer): Promise<string> {
  const title = (await findPage(ctx, pageId))?.title ?? '';
  switch (answer) {
    case 'acknowledge':
      return `You acknowledged: ${title}`;
    case 'take-command':
      return `You lead now: ${title}`;
    case 'escalate':
      return `The next step begins now: ${title}`;
  }
}
