import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { ContactMethodRow } from './store.ts';

/** How long the old signature is sent beside the new one. */
const ROTATION_MS = DAY_MS;

export function sealCredentials(ctx: Ctx, credentials: readonly string[]): string | null {
  return credentials.length === 0 ? null : ctx.secrets.seal(JSON.stringify(credentials));
}

/** The secrets that a message to the method is sent with now. */
export function openCredentials(
  ctx: Ctx,
  method: Pick<ContactMethodRow, 'credentials' | 'credentialsChangedAt'>,
): string[] {
  if (method.credentials === null) return [];
  const all = JSON.parse(ctx.secrets.open(method.credentials)) as string[];
  if (method.credentialsChangedAt === null) return all;
  return ctx.now.getTime() - method.credentialsChangedAt.getTime() < ROTATION_MS ? all : all.slice(0, 1);
}
