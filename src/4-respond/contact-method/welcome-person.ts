import type { Ctx } from '#platform/ctx.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import { normaliseAddress } from './address.ts';
import { insertMethod } from './store.ts';
import { addImmediateRules } from './verify-contact-method.ts';

/**
 * A new person's mail address becomes their first contact method. It counts as verified, with an immediate rule, when
 * somebody vouches for it: the operator of the machine, or a link that was opened in that mailbox.
 */
export async function welcomePerson(ctx: Ctx, userId: string, email: string, emailVerified: boolean): Promise<void> {
  const id = ctx.newId('cmt');
  const inserted = await insertMethod(ctx, {
    workspaceId: ctx.workspaceId,
    id,
    userId,
    kind: 'email',
    address: normaliseAddress('email', email),
    label: null,
    credentials: null,
    credentialsChangedAt: null,
    verifiedAt: emailVerified ? ctx.now : null,
    codeDigest: null,
    codeExpiresAt: null,
    testedAt: null,
    createdAt: ctx.now,
  });
  if (!inserted || !emailVerified) return;
  await addImmediateRules(ctx, { id, userId });
  await markCoverageStale(ctx);
}
