import { actorUserId } from '#kernel/actor.ts';
import { conflict, invalid } from '#kernel/errors.ts';
import type { RouteResult } from '#kernel/route.ts';
import type { z } from 'zod';
import type { Ctx } from '#platform/ctx.ts';
import { actOnMany } from '../alert/act-on-many.ts';
import type { AlertState, FoldAct } from '../alert/contract.ts';
import { lockAlerts } from '../alert/store.ts';
import type { actOnGroup, foldActBody } from './contract.ts';
import { inFold } from './read-folds.ts';
import { type ActPosition, selectToActOn, type Whose } from './store.ts';

const AT_ONCE = 100;
const MOST_TOLD = 10;

/** Those that an act has nothing to do with are left out, not refused. */
const STATES: Record<FoldAct['act'], readonly AlertState[]> = {
  acknowledge: ['open'],
  unacknowledge: ['acknowledged'],
  close: ['open', 'acknowledged'],
  dismiss: ['open', 'acknowledged'],
  snooze: ['open', 'acknowledged'],
  note: ['open', 'acknowledged'],
};

/**
 * Does one thing with alerts of a list, or of one row of it: the next hundred, in one transaction. The alert that asks for
 * the others comes last, so that it hands its page on at most once. What one of them refuses undoes nothing of the others.
 */
export async function actOnFold(
  ctx: Ctx,
  whose: Whose,
  wanted: z.output<typeof foldActBody>,
): Promise<RouteResult<typeof actOnGroup>> {
  const userId = actorUserId(ctx.actor);
  if (userId === null) throw conflict('Only a person can act on alerts.');
  const after = wanted.after === undefined ? null : positionOf(wanted.after);
  const states = STATES[wanted.do.act];
  const within = wanted.fold === undefined ? null : await inFold(ctx, whose, wanted.fold, 'body.fold');
  const untilId = wanted.untilId ?? null;
  const rows = await selectToActOn(ctx, whose, { within, states, untilId, after, limit: AT_ONCE + 1 });
  const batch = rows.slice(0, AT_ONCE);
  const last = batch.at(-1);
  const next = rows.length > AT_ONCE && last !== undefined ? `${last.asks ? 1 : 0}.${last.id}` : null;
  // Locked in the order of their ids, as everybody does; what changed meanwhile is left out.
  const locked = new Map(
    (
      await lockAlerts(
        ctx,
        batch.map(({ id }) => id),
      )
    ).map((alert) => [alert.id, alert.state]),
  );
  const ids = batch.flatMap(({ id }) => (states.includes(locked.get(id) ?? 'closed') ? [id] : []));
  if (ids.length === 0) return { done: 0, refused: 0, refusals: [], next };
  const outcomes = await actOnMany(ctx, ids, wanted.do, userId, 'as given');
  const refusals = outcomes.flatMap(({ ok, alertId, code, message }) =>
    ok ? [] : [{ alertId, code: code ?? 'conflict', message: message ?? 'It changed meanwhile.' }],
  );
  return {
    done: outcomes.length - refusals.length,
    refused: refusals.length,
    refusals: refusals.slice(0, MOST_TOLD),
    next,
  };
}

function positionOf(text: string): ActPosition {
  const [, asks, id] = /^([01])\.(alt_[A-Za-z0-9_-]{1,64})$/.exec(text) ?? [];
  if (id === undefined) throw invalid('body.after', 'is not the `next` of an act before');
  return { asks: asks === '1', id };
}
