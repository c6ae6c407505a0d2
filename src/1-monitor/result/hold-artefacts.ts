import type { Ctx } from '#platform/ctx.ts';
import { replaceHold } from './artefact-store.ts';

/**
 * Keeps a picture and a trace for as long as `holder` (an id of a later stage) says, whatever else its monitor leaves
 * behind. A holder holds one at a time; null = none any more. What is gone already stays gone.
 */
export async function holdArtefacts(ctx: Ctx, holder: string, artefactId: string | null): Promise<void> {
  await replaceHold(ctx, holder, artefactId);
}
