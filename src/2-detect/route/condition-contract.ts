import { z } from 'zod';
import { id, line } from '#kernel/schema.ts';
import { alertOrigin, signalSeverity } from '../alert/contract.ts';

/** A time as clocks on the wall show it. */
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 09:00');
const words = z.array(line(500)).max(50).default([]);
const isOrNot = z.enum(['is', 'is-not']);

/** `like` takes `*` for any text. Words are compared without regard to case. */
export const textOp = z.enum(['is', 'is-not', 'contains', 'contains-not', 'like', 'exists', 'absent']);
export type TextOp = z.output<typeof textOp>;

/** One thing that has to be so; several values mean any of them. */
export const condition = z.discriminatedUnion('field', [
  z.object({ field: z.literal('severity'), op: isOrNot, values: z.array(signalSeverity).min(1) }),
  z.object({ field: z.literal('origin'), op: isOrNot, values: z.array(alertOrigin).min(1) }),
  z.object({ field: z.literal('source'), op: isOrNot, values: z.array(id('src')).min(1).max(50) }),
  z.object({
    field: z.literal('service'),
    op: z.enum(['is', 'is-not', 'exists', 'absent']),
    values: z.array(id('svc')).max(50).default([]),
  }),
  z.object({ field: z.literal('title'), op: textOp, values: words }),
  z.object({ field: z.literal('label'), name: line(200), op: textOp, values: words }),
  /** In the workspace's time zone; ISO weekdays, 1 = Monday. A stretch past midnight belongs to the day it begins on. */
  z.object({
    field: z.literal('time'),
    op: z.enum(['within', 'outside']),
    days: z.array(z.int().min(1).max(7)).min(1).max(7),
    from: wallTime,
    to: wallTime,
  }),
]);
export type Condition = z.output<typeof condition>;

/** All of them have to be so; none at all matches every alert. */
export const conditions = z.array(condition).max(20);
