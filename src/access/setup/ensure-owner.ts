import type { System } from '#platform/ctx.ts';

/** Unattended setup by `ALLCLEAR_OWNER_*`; idempotent, called at each start after the migrations. */
export async function ensureOwner(_system: System): Promise<void> {
  throw new Error('not built yet');
}
