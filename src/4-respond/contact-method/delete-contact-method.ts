import { audit } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import { ownMethod } from './own-method.ts';
import { deleteMethod } from './store.ts';

/** Removes one's own contact method with its rules. */
export async function deleteContactMethod(ctx: Ctx, id: string): Promise<void> {
  const { kind } = await ownMethod(ctx, id);
  await deleteMethod(ctx, id);
  await audit(ctx, { action: 'contact-method.delete', subjectId: id, detail: { kind } });
  await markCoverageStale(ctx);
  ctx.touch('members');
}
