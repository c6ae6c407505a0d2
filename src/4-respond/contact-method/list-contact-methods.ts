import { readChannelFaults, readTestFaults } from '#delivery';
import { HOUR_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selfId } from './own-method.ts';
import { presentMethod, presentRule } from './present.ts';
import { startUrlOf } from './start-code.ts';
import { findMethodsOf, findRulesOf } from './store.ts';

/** A person's contact methods, oldest first; other people's addresses are masked. At most ten, so always one page. */
export async function listContactMethods(ctx: Ctx, userId: string | undefined) {
  const self = selfId(ctx);
  const rows = await findMethodsOf(ctx, [userId ?? self]);
  const channelFaults = await readChannelFaults(ctx);
  const faults = await readTestFaults(ctx, self, new Date(ctx.now.getTime() - HOUR_MS));
  const startUrls = new Map<string, string | null>();
  for (const row of rows) if (row.userId === self) startUrls.set(row.id, await startUrlOf(ctx, row));
  const items = rows.map((row) => {
    const own = row.userId === self;
    const view = presentMethod(row, channelFaults, own, startUrls.get(row.id));
    const fault = own && row.verifiedAt === null && row.lostAt === null ? faults.get(row.address) : undefined;
    return fault === undefined ? view : { ...view, problem: `The code did not leave: ${fault}` };
  });
  return { items, nextCursor: null };
}

/** A person's notification rules, high urgency first. */
export async function listNotificationRules(ctx: Ctx, userId: string | undefined) {
  const rows = await findRulesOf(ctx, [userId ?? selfId(ctx)]);
  return { items: rows.map(presentRule), nextCursor: null };
}
