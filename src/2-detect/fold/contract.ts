import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, pageQuery } from '#kernel/schema.ts';
import { foldAct, signalSeverity } from '../alert/contract.ts';
import { condition } from '../route/condition-contract.ts';

/**
 * What alerts of a list have in common: what is down that their service needs, else their service; the host; the address;
 * or the minute in which they came.
 */
export const foldBy = z.enum(['dependency', 'host', 'address', 'time']);
export type FoldBy = z.output<typeof foldBy>;

const states = z.object({ open: z.number().int(), acknowledged: z.number().int(), closed: z.number().int() });

/** One row of a folded list: alerts that have something in common. */
export const alertFold = z.object({
  /** Names the row in its list, whatever comes in between; as `fold` in a list of alerts. */
  id: id('fld'),
  /** The service, host or address; null = none is known of these, or it is a minute. */
  name: z.string().nullable(),
  /** The minute. */
  at: instant.nullable(),
  /** By dependency: the service, and whether it is down and others in the row need it. */
  serviceId: z.string().nullable(),
  isCause: z.boolean(),
  /** How many services the alerts of the row are of. */
  services: z.number().int(),
  count: z.number().int(),
  states,
  severities: z.record(signalSeverity, z.number().int()),
  firstAt: instant,
  lastAt: instant,
  /** The title of the earliest. */
  title: z.string(),
  /** Conditions of a mute for what is in the row and what comes like it; null = no condition can say it. */
  match: z.array(condition).nullable(),
});
export type AlertFoldView = z.output<typeof alertFold>;

export const alertFolds = z.object({
  by: foldBy,
  /** Why it is folded so, in a sentence. */
  why: z.string(),
  /** How many alerts there are in all rows. */
  count: z.number().int(),
  states,
  /** The newest of them: an act up to here leaves alone what comes later. */
  newestId: id('alt').nullable(),
  /** What each way to fold would come to: rows, and alerts of which it knows nothing. */
  ways: z.array(z.object({ by: foldBy, rows: z.number().int(), without: z.number().int() })),
  items: z.array(alertFold),
  nextCursor: z.string().nullable(),
});
export type AlertFoldsView = z.output<typeof alertFolds>;

/** Without `by`, the way that leaves the fewest rows to read. */
export const foldsQuery = pageQuery.extend({ by: foldBy.optional() });

export const foldActBody = z.object({
  do: foldAct,
  /** The row; without it, all alerts of the list. */
  fold: id('fld').optional(),
  /** Nothing that is newer, so that nobody acts on what they have not seen. */
  untilId: id('alt').optional(),
  /** `next` of the answer before: a call takes so many, and says where to go on. */
  after: z.string().max(100).optional(),
});

export const foldActResult = z.object({
  done: z.number().int(),
  refused: z.number().int(),
  /** Why, of the first ten that were refused. */
  refusals: z.array(z.object({ alertId: id('alt'), code: z.string(), message: z.string() })),
  /** Where to go on; null = there are no more. */
  next: z.string().nullable(),
});

const tag = 'Alerts';

export const listGroupFolds = defineRoute({
  method: 'get',
  path: '/alert-groups/{id}/folds',
  permission: 'alerts.read',
  tag,
  summary: 'The alerts of a group or a storm in rows of what they have in common, those with most open alerts first',
  params: idParams('grp'),
  query: foldsQuery,
  response: alertFolds,
});

export const actOnGroup = defineRoute({
  method: 'post',
  path: '/alert-groups/{id}/act',
  permission: 'alerts.act',
  tag,
  summary: 'Do one thing with a row of a group, or with all of it: 100 alerts a call, one refusal stops no other',
  params: idParams('grp'),
  body: foldActBody,
  response: foldActResult,
});

export const listExplainedFolds = defineRoute({
  method: 'get',
  path: '/alerts/{id}/explained/folds',
  permission: 'alerts.read',
  tag,
  summary: 'The alerts that ask nobody because this one explains them, in rows of what they have in common',
  params: idParams('alt'),
  query: foldsQuery,
  response: alertFolds,
});

export const actOnExplained = defineRoute({
  method: 'post',
  path: '/alerts/{id}/explained/act',
  permission: 'alerts.act',
  tag,
  summary: 'Do one thing with a row of the alerts that this one explains, or with all: 100 alerts a call',
  params: idParams('alt'),
  body: foldActBody,
  response: foldActResult,
});
