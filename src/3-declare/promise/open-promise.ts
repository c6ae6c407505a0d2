import type { Ctx } from '#platform/ctx.ts';
import type { PromiseKind } from './contract.ts';
import { lookAt, promiseRule } from './look-at-promises.ts';
import { keep, nextLook, type PromiseRow, waive } from './promise.ts';
import { insertPromise, lockOwed, updatePromise } from './store.ts';

export type NewPromise = {
  readonly kind: PromiseKind;
  readonly incidentId?: string | undefined;
  readonly subjectId?: string | undefined;
  /** A role, or `owner` with `ownerUserId`. */
  readonly owedBy: string;
  readonly ownerUserId?: string | undefined;
  readonly dueAt: Date;
  readonly promptAt?: Date | undefined;
  readonly warnAt?: Date | undefined;
  /** Default: false. A drill's promises stay out of the figures. */
  readonly drill?: boolean | undefined;
};

/** Which promises are meant: all owed ones of the kind, of the incident or of the subject. */
export type PromiseSubject = { readonly kind: PromiseKind } & (
  | { readonly incidentId: string; readonly subjectId?: string | undefined }
  | { readonly incidentId?: undefined; readonly subjectId: string }
);

/**
 * Writes down that something is owed. It takes the place of one of the same kind, incident and subject that is still
 * owed. A due time that has passed already (the clock of the first update starts at detection) breaks it at once.
 */
export async function openPromise(ctx: Ctx, wanted: NewPromise): Promise<PromiseRow> {
  for (const before of await lockOwed(ctx, {
    kind: wanted.kind,
    incidentId: wanted.incidentId,
    subjectId: wanted.subjectId,
  })) {
    const same = before.incidentId === (wanted.incidentId ?? null) && before.subjectId === (wanted.subjectId ?? null);
    if (same) await updatePromise(ctx, waive(before, ctx.now));
  }
  const promise: PromiseRow = {
    id: ctx.newId('prm'),
    kind: wanted.kind,
    incidentId: wanted.incidentId ?? null,
    subjectId: wanted.subjectId ?? null,
    owedBy: wanted.owedBy,
    ownerUserId: wanted.ownerUserId ?? null,
    openedAt: ctx.now,
    promptAt: wanted.promptAt ?? null,
    warnAt: wanted.warnAt ?? null,
    dueAt: wanted.dueAt,
    told: null,
    state: 'pending',
    settledAt: null,
    drill: wanted.drill ?? false,
  };
  await insertPromise(ctx, promise);
  touchPromises(ctx, promise);
  const looked = await lookAt(ctx, promise);
  await wakeForLevels(ctx, looked);
  return looked;
}

/** One wake-up for each level to come; the sweep finds what they miss. */
async function wakeForLevels(ctx: Ctx, promise: PromiseRow) {
  const times = [promise.promptAt, promise.warnAt, promise.dueAt].filter((time) => time !== null && time > ctx.now);
  if (nextLook(promise) === null) return;
  for (const time of new Set(times.map((time) => time?.getTime() ?? 0))) await ctx.wake(promiseRule, new Date(time));
}

/** Settles what is owed: in time it is kept; too late it stays broken and says when it came. Returns what was settled. */
export async function keepPromise(ctx: Ctx, subject: PromiseSubject, at: Date): Promise<PromiseRow[]> {
  return await settle(ctx, subject, (promise) => keep(promise, at));
}

/** Gives up what is owed; what was broken before stays broken. Returns what was given up. */
export async function waivePromise(ctx: Ctx, subject: PromiseSubject): Promise<PromiseRow[]> {
  return await settle(ctx, subject, (promise) => waive(promise, ctx.now));
}

/** Gives up everything that is owed in an incident. */
export async function waiveAllOf(ctx: Ctx, incidentId: string): Promise<void> {
  for (const promise of await lockOwed(ctx, { incidentId })) await updatePromise(ctx, waive(promise, ctx.now));
  ctx.touch('promises');
}

async function settle(
  ctx: Ctx,
  { kind, incidentId, subjectId }: PromiseSubject,
  act: (promise: PromiseRow) => PromiseRow,
): Promise<PromiseRow[]> {
  const settled: PromiseRow[] = [];
  for (const before of await lockOwed(ctx, { kind, incidentId, subjectId })) {
    const after = act(before);
    await updatePromise(ctx, after);
    touchPromises(ctx, after);
    settled.push(after);
  }
  return settled;
}

function touchPromises(ctx: Ctx, promise: PromiseRow): void {
  ctx.touch('promises');
  if (promise.incidentId !== null) ctx.touch(`incident:${promise.incidentId}`);
}
