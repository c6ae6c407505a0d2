import { readUser } from '#access';
import { queueDelivery } from '#delivery';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import { openCredentials } from '../contact-method/credentials.ts';
import { findMethodsOf } from '../contact-method/store.ts';
import { readReachOf } from '../reach/read-reach.ts';

export type UserNotice = {
  readonly subject: string;
  readonly text: string;
  /** A path below the public URL, or an absolute URL. */
  readonly url: string;
  readonly incidentId?: string | null | undefined;
  /** Told once per person and key. */
  readonly uniqueKey: string;
  readonly urgency?: Urgency | undefined;
  /** Worthless after this instant; default one hour. */
  readonly notAfter?: Date | undefined;
};

const WORTH_SECONDS = 3_600;

/**
 * Tells one person something by the methods that their rules name first for the urgency (default low), or to the address
 * of their account when they have none; then the outbox shows it if mail is not configured.
 */
export async function notifyUser(ctx: Ctx, userId: string, notice: UserNotice): Promise<void> {
  const person = await readUser(ctx, userId);
  if (!person.active) return;
  const url = notice.url.startsWith('/') ? `${ctx.publicUrl}${notice.url}` : notice.url;
  for (const target of await targetsOf(ctx, userId, person.email, notice.urgency ?? 'low')) {
    await queueDelivery(ctx, {
      kind: target.kind,
      address: target.address,
      credentials: target.credentials,
      purpose: 'notice',
      uniqueKey: `notice:${notice.uniqueKey}:${userId}:${target.id}`,
      message: {
        subject: notice.subject,
        text: `${notice.text}\n\n${url}`,
        url,
        urgency: notice.urgency ?? 'low',
        payload: { event: 'notice', incidentId: notice.incidentId ?? null },
      },
      userId,
      incidentId: notice.incidentId ?? undefined,
      notAfter: notice.notAfter ?? addSeconds(ctx.now, WORTH_SECONDS),
    });
  }
}

async function targetsOf(ctx: Ctx, userId: string, email: string, urgency: Urgency) {
  const reach = await readReachOf(ctx, userId, urgency);
  const soonest = reach?.methods[0]?.delaySeconds;
  const first = reach?.methods.filter(({ delaySeconds }) => delaySeconds === soonest) ?? [];
  if (first.length === 0) return [{ id: 'account', kind: 'email' as const, address: email, credentials: [] }];
  const rows = await findMethodsOf(ctx, [userId]);
  return rows
    .filter(({ id }) => first.some(({ contactMethodId }) => contactMethodId === id))
    .map((row) => ({ id: row.id, kind: row.kind, address: row.address, credentials: openCredentials(ctx, row) }));
}
