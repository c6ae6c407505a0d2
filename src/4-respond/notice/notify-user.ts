import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';

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

/** Tells one person something by their immediate methods, or to the address of their account when they have none. */
export async function notifyUser(_ctx: Ctx, _userId: string, _notice: UserNotice): Promise<void> {
  throw new Error('not built yet');
}
