import { listMembers } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { onceATransaction } from '#platform/once-a-transaction.ts';
import { ALERT_CLOCK } from '../alert/alert-clock.ts';
import type { Alert, AlertReason } from '../alert/alert.ts';
import { readStanding } from '../alert/standing-store.ts';
import { updateAlert } from '../alert/store.ts';
import { compile, type Subject, type Test } from '../route/condition.ts';
import { type MuteRow, selectActiveMutes } from './store.ts';

const ANY = ['open', 'acknowledged'] as const;

type CompiledMute = { readonly mute: MuteRow; readonly tests: readonly Test[] };
const mutesInUse = onceATransaction(async (ctx: Ctx) => (await selectActiveMutes(ctx)).map(compileMute));

/** What was looked up is out of date: this transaction made or ended a mute. */
export function forgetMutes(ctx: Ctx): void {
  readStanding.forget(ctx);
  mutesInUse.forget(ctx);
}

export function compileMute(mute: MuteRow): CompiledMute {
  return { mute, tests: mute.match.map(compile) };
}

/** The mute that keeps a subject quiet for longest, or null. */
export async function muteFor(ctx: Ctx, subject: () => Promise<Subject>): Promise<MuteRow | null> {
  if (!(await readStanding(ctx)).hasMutes) return null;
  const mutes = await mutesInUse(ctx);
  const asked = await subject();
  return mutes.find(({ tests }) => tests.every((test) => test(asked)))?.mute ?? null;
}

/** An alert asks nobody until the mute ends; nobody is asked to decide about it either. */
export async function muteAlert(ctx: Ctx, alert: Alert, mute: MuteRow): Promise<Alert> {
  const text = `Muted by ${await nameOf(ctx, mute.createdBy)} until ${mute.endsAt.toISOString().slice(0, 16).replace('T', ' ')} UTC: ${mute.reason}`;
  const before = (alert.reasons ?? []).filter(({ kind }) => kind !== 'mute');
  const reasons: AlertReason[] = [...before, { kind: 'mute', muteId: mute.id, text }];
  const muted = await updateAlert(ctx, alert.id, ANY, {
    quiet: 'muted',
    quietUntil: mute.endsAt,
    muteId: mute.id,
    promptDueAt: null,
    suspectDueAt: null,
    lookDueAt: null,
    reasons: JSON.stringify(reasons),
  });
  await ctx.wake(ALERT_CLOCK, mute.endsAt);
  return muted ?? alert;
}

async function nameOf(ctx: Ctx, userId: string | null): Promise<string> {
  return (await listMembers(ctx)).find(({ id }) => id === userId)?.name ?? 'somebody';
}
