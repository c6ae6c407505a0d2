import { z } from 'zod';
import { line } from '#kernel/schema.ts';
import { createHeartbeatBody } from '../heartbeat/contract.ts';
import { createHeartbeat, editHeartbeat } from '../heartbeat/create-heartbeat.ts';
import { planCron } from '../heartbeat/rhythm.ts';
import { sorted } from '../monitor/create-monitor.ts';
import { editMonitor } from '../monitor/edit-monitor.ts';
import { pauseMonitor, resumeMonitor } from '../monitor/pause-monitor.ts';
import { fields as monitorFields } from '../monitor/question-fields.ts';
import type { MonitorRecord } from '../monitor/store.ts';
import type { Entry, Fields } from './entry.ts';
import { below, type Scope, type Wanted } from './section.ts';

/** What files say of every kind of monitor in words of their own. */
export const ownFields = z.object({
  /** By its key, slug or name; without one the service of its host, as on the screens. */
  service: line(200).nullable().default(null),
  paused: z.boolean().default(false),
});

export const heartbeatFields = createHeartbeatBody.omit({ serviceId: true }).extend({
  kind: z.literal('heartbeat'),
  tags: monitorFields.tags.default([]),
  group: monitorFields.group.default(null),
  ...ownFields.shape,
});
type HeartbeatFields = z.output<typeof heartbeatFields>;

/** A heartbeat in the words of a file. */
export function heartbeatState(record: MonitorRecord, service: string | null): Fields {
  const { name, tags, groupPath, cron, timeZone, periodSeconds, graceSeconds, maxRunSeconds } = record;
  return {
    kind: 'heartbeat',
    name,
    service,
    tags: [...tags],
    group: groupPath,
    paused: record.state === 'paused',
    // With a cron expression the period follows from it.
    ...(cron === null ? { periodSeconds } : { cron, timeZone }),
    graceSeconds,
    maxRunSeconds,
  };
}

export function readHeartbeat(
  entry: Entry,
  fields: HeartbeatFields,
  { ctx, faults, here }: Scope,
  record: MonitorRecord | null,
  service: string | null,
): Wanted | null {
  const { name, paused, group, periodSeconds, cron, graceSeconds, maxRunSeconds } = fields;
  const tags = sorted(fields.tags);
  const refuse = (path: string, message: string) => {
    faults.add(entry, [path], message);
    return null;
  };
  if ((periodSeconds === undefined) === (cron === undefined))
    return refuse('periodSeconds', 'say how often it reports: by periodSeconds, or by cron');
  if (cron === undefined && fields.timeZone !== undefined)
    return refuse('timeZone', 'belongs to a cron expression; a period has none');
  const timeZone = fields.timeZone ?? here.timeZone;
  const fault = cron === undefined ? null : planCron(cron, timeZone, ctx.now, 1).fault;
  if (fault !== null) return refuse('cron', fault);
  const rhythm = cron === undefined ? { periodSeconds } : { cron, timeZone };
  return {
    name,
    state: { kind: 'heartbeat', name, service, tags, group, paused, ...rhythm, graceSeconds, maxRunSeconds },
    secrets: [],
    write: async ({ ctx: at, idOf }, roots) => {
      const serviceId = service === null ? null : idOf('services', service);
      if (record === null) {
        const wanted = { name, graceSeconds, maxRunSeconds, ...rhythm };
        const id = await createHeartbeat(at, { ...wanted, ...(serviceId === null ? {} : { serviceId }) });
        if (tags.length > 0 || group !== null) await editMonitor(at, id, { tags, group });
        if (paused) await pauseMonitor(at, id);
        return id;
      }
      const turns = ['periodSeconds', 'cron', 'timeZone'].some((root) => roots.has(root));
      const change = {
        ...below({ name, graceSeconds, maxRunSeconds }, roots),
        ...(turns ? rhythm : {}),
        ...(roots.has('service') && serviceId !== null ? { serviceId } : {}),
      };
      if (Object.keys(change).length > 0) await editHeartbeat(at, record.id, change);
      const place = below({ tags, group }, roots);
      if (Object.keys(place).length > 0) await editMonitor(at, record.id, place);
      if (roots.has('paused')) await (paused ? pauseMonitor(at, record.id) : resumeMonitor(at, record.id));
      return record.id;
    },
  };
}
