import { AppError, invalid } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { changeManyMonitors } from './contract.ts';
import { editMonitor } from './edit-monitor.ts';
import { archiveMonitor, pauseMonitor, resumeMonitor } from './pause-monitor.ts';
import { readMonitor } from './read-monitors.ts';

type Asked = RouteInput<typeof changeManyMonitors>['body'];
type Left = { id: string; reason: string };

/**
 * One act on many monitors, in one transaction. Those that refuse it (paused already, archived meanwhile) are left and
 * named. Refuses when none of them is there.
 */
export async function changeMany(ctx: Ctx, asked: Asked): Promise<{ changed: string[]; left: Left[] }> {
  const act = actOf(ctx, asked);
  const changed: string[] = [];
  const left: Left[] = [];
  let absent: AppError | null = null;
  let refusals = 0;
  // In one order for everybody, so that two such calls never wait for each other in a ring.
  for (const id of [...new Set(asked.monitorIds)].toSorted()) {
    try {
      await act(id);
      changed.push(id);
    } catch (error) {
      // A refusal comes before anything is written; whatever else went wrong ends the whole.
      if (!(error instanceof AppError) || error.code === 'invalid') throw error;
      left.push({ id, reason: error.message });
      if (error.code === 'not_found') absent ??= error;
      else refusals += 1;
    }
  }
  if (absent !== null && changed.length + refusals === 0) throw absent;
  return { changed, left };
}

function actOf(ctx: Ctx, { act, tag, serviceId, group }: Asked): (monitorId: string) => Promise<void> {
  switch (act) {
    case 'pause':
      return (id) => pauseMonitor(ctx, id);
    case 'resume':
      return (id) => resumeMonitor(ctx, id);
    case 'archive':
      return (id) => archiveMonitor(ctx, id);
    case 'tag':
    case 'untag': {
      if (tag === undefined) throw invalid('body.tag', 'name the tag');
      return async (id) => {
        const { tags } = await readMonitor(ctx, id);
        const others = tags.filter((one) => one !== tag);
        await editMonitor(ctx, id, { tags: act === 'tag' ? [...others, tag] : others });
      };
    }
    case 'move': {
      if (serviceId === undefined) throw invalid('body.serviceId', 'name the service');
      return (id) => editMonitor(ctx, id, { serviceId });
    }
    case 'group': {
      if (group === undefined) throw invalid('body.group', 'name the group, or null');
      return (id) => editMonitor(ctx, id, { group });
    }
    default:
      return act satisfies never;
  }
}
