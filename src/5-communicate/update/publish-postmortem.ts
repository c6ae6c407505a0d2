import type { Ctx } from '#platform/ctx.ts';

export type PostmortemCopy = { readonly incidentId: string; readonly title: string; readonly body: string };

/** Puts the edited public copy of a postmortem on every page that showed the incident; again replaces the text. */
export async function publishPostmortem(
  _ctx: Ctx,
  _copy: PostmortemCopy,
): Promise<{ readonly urls: readonly string[] }> {
  throw new Error('not built yet');
}

/** Takes it back from every page. */
export async function withdrawPostmortem(_ctx: Ctx, _incidentId: string): Promise<void> {
  throw new Error('not built yet');
}
