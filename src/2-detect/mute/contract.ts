import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery, prose, queryFlag } from '#kernel/schema.ts';
import { conditions } from '../route/condition-contract.ts';

/** Alerts that match it ask nobody until its end; they stay visible. */
export const mute = z.object({
  id: id('mut'),
  match: conditions,
  reason: z.string(),
  createdAt: instant,
  createdBy: z.string().nullable(),
  endsAt: instant,
  /** When somebody ended it before its time. */
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
  active: z.boolean(),
  /** Alerts that are not closed and asked nobody because of it. */
  alertCount: z.number().int(),
});
export type MuteView = z.output<typeof mute>;

const tag = 'Mutes';

export const listMutes = defineRoute({
  method: 'get',
  path: '/mutes',
  permission: 'routes.read',
  tag,
  summary: 'Mutes with author, reason and end, newest first',
  query: pageQuery.extend({ /** Only those that have not ended. */ active: queryFlag.optional() }),
  response: listOf(mute),
});

export const createMute = defineRoute({
  method: 'post',
  path: '/mutes',
  permission: 'alerts.act',
  tag,
  summary: 'Mute alerts that match until a time; open ones that match are muted at once',
  body: z.object({
    /** At least one: nobody mutes everything by mistake. */
    match: conditions.min(1, 'say which alerts: at least one condition'),
    reason: prose(500),
    /** At most 90 days from now. */
    endsAt: instant,
  }),
  response: mute,
  status: 201,
});

export const endMuteRoute = defineRoute({
  method: 'post',
  path: '/mutes/{id}/end',
  permission: 'alerts.act',
  tag,
  summary: 'End a mute before its time; what it kept quiet and is still open asks now',
  params: idParams('mut'),
  response: mute,
});
