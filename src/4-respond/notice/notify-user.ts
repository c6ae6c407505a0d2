import type { User } from '#access';
import { type MessageAction, queueDelivery } from '#delivery';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import { openCredentials } from '../contact-method/credentials.ts';
import { quietly } from './quietly.ts';
import { type People, readPeople } from '../reach/people.ts';

export type UserNotice = {
  readonly subject: string;
  readonly text: string;
  /** A path below the public URL, or an absolute URL. */
  readonly url: string;
  /** An SMS has the URL as well, where there is room. */
  readonly urlInSms?: boolean | undefined;
  readonly incidentId?: string | null | undefined;
  /** Told once per person and key. */
  readonly uniqueKey: string;
  readonly urgency?: Urgency | undefined;
  /** Buttons below the notification, where a channel shows some. */
  readonly actions?: readonly MessageAction[] | undefined;
  /** Strings that nobody else may read in the outbox, such as a personal link. */
  readonly mask?: readonly string[] | undefined;
  /** Worthless after this instant; default one hour. */
  readonly notAfter?: Date | undefined;
};

const WORTH_SECONDS = 3_600;

/**
 * Tells one person something by the methods that their rules name first for the urgency (default low), or to the address
 * of their account when they have none; then the outbox shows it if mail is not configured.
 */
export async function notifyUser(ctx: Ctx, userId: string, notice: UserNotice): Promise<void> {
  const people = await readPeople(ctx);
  const person = people.members.get(userId);
  // Whoever was named by an import hears nothing before an admin invites them.
  if (!person?.active || person.awaited) return;
  const url = notice.url.startsWith('/') ? `${ctx.publicUrl}${notice.url}` : notice.url;
  for (const target of targetsOf(ctx, people, person, notice.urgency ?? 'low')) {
    await queueDelivery(ctx, {
      kind: quietly(target.kind),
      address: target.address,
      credentials: target.credentials,
      purpose: 'notice',
      uniqueKey: `notice:${notice.uniqueKey}:${userId}:${target.id}`,
      message: {
        subject: notice.subject,
        text: `${notice.text}\n\n${url}`,
        url,
        ...(notice.urlInSms === true ? { urlInSms: true } : {}),
        urgency: notice.urgency ?? 'low',
        ...(notice.actions ? { actions: notice.actions } : {}),
        ...(notice.mask ? { mask: notice.mask } : {}),
        payload: { event: 'notice', incidentId: notice.incidentId ?? null },
      },
      userId,
      incidentId: notice.incidentId ?? undefined,
      notAfter: notice.notAfter ?? addSeconds(ctx.now, WORTH_SECONDS),
    });
  }
}

function targetsOf(ctx: Ctx, people: People, person: User, urgency: Urgency) {
  const methods = people.reachOf(person.id, urgency)?.methods ?? [];
  const first = methods.filter(({ delaySeconds }) => delaySeconds === methods[0]?.delaySeconds);
  if (first.length === 0) return [{ id: 'account', kind: 'email' as const, address: person.email, credentials: [] }];
  return people.methods
    .filter(({ id }) => first.some(({ contactMethodId }) => contactMethodId === id))
    .map((row) => ({ id: row.id, kind: row.kind, address: row.address, credentials: openCredentials(ctx, row) }));
}
