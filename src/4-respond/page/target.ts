import type { Ctx } from '#platform/ctx.ts';
import { openCredentials } from '../contact-method/credentials.ts';
import type { People } from '../reach/people.ts';
import type { NoticeRow } from './store.ts';

/** The pseudo method that stands for the address of a person's account. */
export const ACCOUNT_METHOD = 'account';

/** Where a notice goes: one of the person's methods, or the address of their account as the last resort. */
export type Target = {
  readonly kind: NoticeRow['kind'];
  readonly address: string;
  readonly credentials: readonly string[];
};

/** Null when the person is not active any more or the method is gone. */
export function targetOf(
  ctx: Ctx,
  notice: Pick<NoticeRow, 'userId' | 'contactMethodId'>,
  people: People,
): Target | null {
  const person = people.members.get(notice.userId);
  if (!person?.active) return null;
  if (notice.contactMethodId === ACCOUNT_METHOD) return { kind: 'email', address: person.email, credentials: [] };
  const method = people.methods.find(({ id }) => id === notice.contactMethodId);
  return method ? { kind: method.kind, address: method.address, credentials: openCredentials(ctx, method) } : null;
}
