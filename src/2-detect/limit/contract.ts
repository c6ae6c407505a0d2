import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';

/** How many signals a minute a source may send; null = as many as it likes. */
export const signalsPerMinute = z.int().min(1).max(1_000_000).nullable();

/** The messages of an hour that were not taken, and that their sender was told to send again. */
const turnedAway = z.object({
  firstAt: instant,
  lastAt: instant,
  /** For the limit of the source. */
  overLimit: z.number().int(),
  /** Because the source held its part of the waiting places already. */
  overShare: z.number().int(),
});
export type TurnedAwayView = z.output<typeof turnedAway>;

export const listTurnedAway = defineRoute({
  method: 'get',
  path: '/alert-sources/{id}/turned-away',
  permission: 'alert-sources.read',
  tag: 'Alert sources',
  summary: 'Count what an alert source sent over its limit, hour by hour, newest first, for 30 days',
  params: idParams('src'),
  query: pageQuery,
  response: listOf(turnedAway),
});
