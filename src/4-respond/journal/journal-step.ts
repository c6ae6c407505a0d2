import { readUser } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { formatDuration, secondsBetween } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Beginning } from '../escalation/steps.ts';
import type { Page } from '../page/page.ts';
import { findLastEntry, insertEntries } from './store.ts';

/** A step that begins so much later than it was due says so. */
const LATE_SECONDS = 60;

/** Writes down that a step of a page begins, and why it begins now. */
export async function journalStep(
  ctx: Ctx,
  page: Page,
  next: Beginning,
  {
    dueAt,
    asleep,
  }: { readonly dueAt: Date; /** Its wait counts from the end of quiet hours. */ readonly asleep: boolean },
): Promise<void> {
  const { step, cycle } = next.position;
  const round = cycle === 0 ? '' : `, round ${cycle + 1}`;
  const nobody = next.via === 'nobody' ? ' Nobody can be reached.' : '';
  const instead = next.via === 'fallback' ? ' Nobody whom it names can be reached; others are asked instead.' : '';
  const quiet = next.via === 'channels' ? ' It tells channels and asks nobody.' : '';
  const sleep = asleep ? ' Everybody whom it can ask has quiet hours, so its wait counts from their end.' : '';
  const seconds = secondsBetween(dueAt, ctx.now);
  const late = seconds > LATE_SECONDS ? ` It was due ${formatDuration(seconds)} ago.` : '';
  const text = `Step ${step + 1}${round} of “${page.policyName}” begins: ${await reasonOf(ctx, page)}.${nobody}${instead}${quiet}${sleep}${late}`;
  await insertEntries(ctx, [{ pageId: page.id, kind: 'step', step, cycle, text }]);
}

async function reasonOf(ctx: Ctx, page: Page): Promise<string> {
  // A page that begins has no entry yet; not looking is one thing less between the fault and the message.
  const begins = page.step === 0 && page.cycle === 0 && page.createdAt.getTime() === ctx.now.getTime();
  const last = begins ? undefined : await findLastEntry(ctx, page.id, ['held', 'step', 'hurried']);
  if (last === undefined) return 'the page began at once';
  const userId = actorUserId(ctx.actor);
  if (userId !== null) return `${(await readUser(ctx, userId)).name} asked for it`;
  switch (last.kind) {
    case 'hurried':
      return last.text.replace(/\.$/, '').replace(/^./, (letter) => letter.toLowerCase());
    case 'held':
      return 'the time that it waited for has come';
    default:
      return page.document.acknowledgement === 'all'
        ? 'not everybody had acknowledged in time'
        : 'nobody had acknowledged in time';
  }
}
