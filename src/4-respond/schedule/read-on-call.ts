import type { Ctx } from '#platform/ctx.ts';
export type OnCall = {
  readonly scheduleId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly userIds: readonly string[];
  readonly next: { readonly userIds: readonly string[]; readonly at: Date } | null;
  readonly everybody: readonly string[];
};
export async function readOnCallOf(
  _ctx: Ctx,
  _scheduleIds: readonly string[],
  _at: Date,
): Promise<ReadonlyMap<string, OnCall>> {
  return new Map();
}
