import { audit } from '#access';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { openCredentials, sealCredentials } from './credentials.ts';
import { ownMethod } from './own-method.ts';
import { updateMethod } from './store.ts';

/** A new signing secret for one's own webhook; for a day messages carry the old signature too. */
export async function rotateSigningSecret(ctx: Ctx, id: string): Promise<{ signingSecret: string }> {
  const method = await ownMethod(ctx, id);
  if (method.kind !== 'webhook') throw invalid('params.id', 'is not a webhook, and only webhooks are signed');
  const signingSecret = newSecret('whs');
  const [newest] = openCredentials(ctx, method);
  await updateMethod(ctx, id, {
    credentials: sealCredentials(ctx, newest === undefined ? [signingSecret] : [signingSecret, newest]),
    credentialsChangedAt: ctx.now,
  });
  await audit(ctx, { action: 'contact-method.rotate-secret', subjectId: id });
  return { signingSecret };
}
