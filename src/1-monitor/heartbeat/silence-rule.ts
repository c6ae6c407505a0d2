import { systemActor } from '#kernel/actor.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Rule } from '#platform/rule.ts';
import { lockMonitor } from '../monitor/store.ts';
import { storeVerdict } from '../monitor/store-verdict.ts';
import { withPartitions } from '../result/record-batch.ts';
import { lostSight } from '../verdict/verdict.ts';
import { DEAF_AFTER_MS, type Gap } from './deaf.ts';
import { noteListening } from './store.ts';

const AT_ONCE = 1_000;

type Silent = { readonly workspaceId: string; readonly monitorId: string };

/** The rule for what is told to us and is not: each is judged in a transaction, by the last time in which we did not listen. */
export function silenceRule({
  name,
  actor,
  select,
  judge,
}: {
  readonly name: string;
  /** The part of Allclear that acts. */
  readonly actor: string;
  readonly select: (database: System['database'], now: Date, limit: number) => Promise<Silent[]>;
  readonly judge: (ctx: Ctx, silent: Silent, now: Date, gap: Gap | null) => Promise<void>;
}): Rule {
  return {
    name,
    async run(system, now) {
      const gap = await noteListening(system.database, now, DEAF_AFTER_MS);
      for (const silent of await select(system.database, now, AT_ONCE)) {
        const who = { actor: systemActor(actor), workspaceId: silent.workspaceId };
        await withPartitions(system, [{ dueAtMs: now.getTime() }], () =>
          system.transact(who, (ctx) => judge(ctx, silent, now, gap)),
        );
      }
    },
  };
}

/** We may have missed what was to come: nothing is known since we stopped to listen, but that what was down still is. */
export async function loseSightSince(ctx: Ctx, monitorId: string, gap: Gap): Promise<void> {
  const monitor = await lockMonitor(ctx, monitorId);
  if (!monitor || monitor.state === 'down' || monitor.state === 'paused') return;
  await storeVerdict(ctx, monitor, lostSight(monitor.verdict, gap.from.getTime()), null);
}
