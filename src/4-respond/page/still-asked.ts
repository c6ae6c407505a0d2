import { listMembers } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { findAnswers } from './answer-store.ts';
import type { Page } from './page.ts';
import { findNotices } from './store.ts';

/** Of the people whom a page's present step asks, those who have not acknowledged yet. Who has left is not waited for. */
export async function stillAsked(ctx: Ctx, page: Page): Promise<string[]> {
  const notices = await findNotices(ctx, [page.id]);
  const asked = notices.filter(({ step, cycle }) => step === page.step && cycle === page.cycle);
  const answered = await answeredBy(ctx, page);
  const active = new Set((await listMembers(ctx)).filter((member) => member.active).map(({ id }) => id));
  const people = new Set(asked.map(({ userId }) => userId));
  return [...people].filter((userId) => active.has(userId) && !answered.has(userId));
}

/** Who has acknowledged a page that needs everybody; nobody for a page that needs one. */
export async function answeredBy(ctx: Ctx, page: Page): Promise<ReadonlySet<string>> {
  if (page.document.acknowledgement === 'one') return new Set();
  const answers = (await findAnswers(ctx, [page.id])).get(page.id) ?? [];
  return new Set(answers.map(({ userId }) => userId));
}
