import { z } from 'zod';
import { defineRoute, timeZone } from '#access/contract';
import { id, instant } from '#kernel/schema.ts';
import { scheduleRestriction } from '../schedule/contract.ts';

/** Weekdays and hours; what crosses midnight belongs to the day on which it begins. */
export const quietWindow = scheduleRestriction;
export type QuietWindow = z.output<typeof quietWindow>;

const windows = z.array(quietWindow).max(14);

/** When one person is told of low urgency only afterwards. Urgent pages never wait. */
export const quietHours = z.object({
  userId: id('usr'),
  /** By the clock of their own time zone; none = they are always told. */
  windows,
  timeZone,
  /** When those that run now end; null while none do. */
  quietUntil: instant.nullable(),
});
export type QuietHoursView = z.output<typeof quietHours>;

const tag = 'Contact methods';

export const readQuietHours = defineRoute({
  method: 'get',
  path: '/quiet-hours',
  permission: 'workspace.read',
  tag,
  summary: 'Read your own quiet hours, or those of another person',
  description: 'A page of low urgency waits for their end. A page of high urgency never waits.',
  query: z.object({ userId: id('usr').optional() }),
  response: quietHours,
});

export const saveQuietHours = defineRoute({
  method: 'put',
  path: '/quiet-hours',
  permission: 'self.manage',
  tag,
  summary: 'Set your own quiet hours; an empty list ends them',
  description: 'Messages that wait already follow: to the new end, or out at once where no quiet hours run any more.',
  body: z.object({ windows }),
  response: quietHours,
});
