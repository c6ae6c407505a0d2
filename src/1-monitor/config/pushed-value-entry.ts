import { z } from 'zod';
import { sorted } from '../monitor/create-monitor.ts';
import { editMonitor } from '../monitor/edit-monitor.ts';
import { pauseMonitor, resumeMonitor } from '../monitor/pause-monitor.ts';
import { fields as monitorFields } from '../monitor/question-fields.ts';
import type { MonitorRecord } from '../monitor/store.ts';
import { createPushedValueBody } from '../pushed-value/contract.ts';
import { createPushedValue, editPushedValue } from '../pushed-value/create-pushed-value.ts';
import type { Fields } from './entry.ts';
import { ownFields } from './heartbeat-entry.ts';
import { below, type Wanted } from './section.ts';

export const pushedValueFields = createPushedValueBody.omit({ serviceId: true }).extend({
  kind: z.literal('value'),
  tags: monitorFields.tags.default([]),
  group: monitorFields.group.default(null),
  ...ownFields.shape,
});

/** A pushed value in the words of a file; its key stays here. */
export function pushedValueState(record: MonitorRecord, service: string | null): Fields {
  const { name, tags, groupPath: group, test, threshold: value, forSeconds, periodSeconds, graceSeconds } = record;
  const place = { name, service, tags: [...tags], group, paused: record.state === 'paused' };
  return { kind: 'value', ...place, test, value, forSeconds, periodSeconds, graceSeconds };
}

export function readPushedValue(
  fields: z.output<typeof pushedValueFields>,
  record: MonitorRecord | null,
  service: string | null,
): Wanted {
  const { name, test, value, forSeconds, periodSeconds, graceSeconds, group, paused } = fields;
  const tags = sorted(fields.tags);
  const own = { name, test, value, forSeconds, periodSeconds, graceSeconds };
  return {
    name,
    state: { kind: 'value', ...own, service, tags, group, paused },
    secrets: [],
    write: async ({ ctx, idOf }, roots) => {
      const serviceId = service === null ? null : idOf('services', service);
      if (record === null) {
        const id = await createPushedValue(ctx, { ...own, ...(serviceId === null ? {} : { serviceId }) });
        if (tags.length > 0 || group !== null) await editMonitor(ctx, id, { tags, group });
        if (paused) await pauseMonitor(ctx, id);
        return id;
      }
      const change = {
        ...below(own, roots),
        ...(roots.has('service') && serviceId !== null ? { serviceId } : {}),
      };
      if (Object.keys(change).length > 0) await editPushedValue(ctx, record.id, change);
      const place = below({ tags, group }, roots);
      if (Object.keys(place).length > 0) await editMonitor(ctx, record.id, place);
      if (roots.has('paused')) await (paused ? pauseMonitor(ctx, record.id) : resumeMonitor(ctx, record.id));
      return record.id;
    },
  };
}
