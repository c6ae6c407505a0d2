import { DAY_MS } from '#kernel/duration.ts';
import type { System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { deleteExpiredSessions } from './store.ts';
import { deleteTriesBefore } from './try-store.ts';

/** Rows of sessions that ended by themselves are of no use to anybody. */
export const forgetSessions: Rule = {
  name: 'session.forget',
  run: (system, now) => forget(system, now),
};

async function forget({ database }: System, now: Date): Promise<void> {
  await deleteExpiredSessions(database, now);
  await deleteTriesBefore(database, new Date(now.getTime() - DAY_MS));
}
