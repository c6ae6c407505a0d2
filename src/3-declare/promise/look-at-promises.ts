import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { promiseDue } from '../events.ts';
import { appendEntry } from '../timeline/append-entry.ts';
import type { PromiseKind } from './contract.ts';
import { look, type PromiseRow } from './promise.ts';
import { lockDue, selectWorkspacesWithDue, updatePromise } from './store.ts';

const AT_ONCE = 50;

/** Tells each level of each promise whose time has come, once. */
export const promiseRule: Rule = {
  name: 'promise.due',
  async run(system, now) {
    for (const workspaceId of await selectWorkspacesWithDue(system.database, now))
      await lookAround(system, workspaceId);
  },
};

async function lookAround(system: System, workspaceId: string) {
  for (let seen = AT_ONCE; seen === AT_ONCE;) {
    seen = await system.transact({ actor: systemActor('promises'), workspaceId }, async (ctx) => {
      const due = await lockDue(ctx, AT_ONCE);
      for (const promise of due) await lookAt(ctx, promise);
      return due.length;
    });
  }
}

/** Looks at one promise that this transaction holds; tells later stages and writes a broken one into the timeline. */
export async function lookAt(ctx: Ctx, promise: PromiseRow): Promise<PromiseRow> {
  const { tell, after } = look(promise, ctx.now);
  if (tell === null) return promise;
  await updatePromise(ctx, after);
  ctx.touch('promises');
  if (tell === 'broken' && after.incidentId !== null) {
    await appendEntry(ctx, after.incidentId, {
      type: 'promise',
      text: BROKEN[after.kind],
      data: { promiseId: after.id, kind: after.kind, level: tell, dueAt: after.dueAt.toISOString() },
      idempotencyKey: `promise:${after.id}:broken`,
    });
  }
  await ctx.publish(promiseDue, { promise: after, level: tell });
  return after;
}

const BROKEN: Readonly<Record<PromiseKind, string>> = {
  'first-update': 'The first public update was due and has not been posted.',
  'next-update': 'The promised public update was due and has not been posted.',
  'role-vacancy': 'There is still no incident commander.',
  severity: 'Nobody has confirmed the severity.',
  acknowledge: 'Nobody has acknowledged in time.',
  postmortem: 'The postmortem was due and is not done.',
  'action-item': 'An action item was due and is not done.',
};
