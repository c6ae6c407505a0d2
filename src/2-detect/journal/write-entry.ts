import { actorUserId } from '#kernel/actor.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { AlertEntryKind } from './contract.ts';
import { insertEntries } from './store.ts';

export type NewAlertEntry = {
  readonly alertId: string;
  readonly kind: AlertEntryKind;
  /** A sentence without its subject: "Snoozed for 2 h 00 m." */
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>>;
};

/** Writes into the journal of an alert, in the act's own transaction and under the name of whoever acts. */
export async function writeEntry(ctx: Ctx, entry: NewAlertEntry): Promise<void> {
  await writeEntries(ctx, [entry]);
}

/** The same for many alerts at once. */
export async function writeEntries(ctx: Ctx, entries: readonly NewAlertEntry[]): Promise<void> {
  const { actor } = ctx;
  await insertEntries(
    ctx,
    entries.map(({ data, ...entry }) => ({
      ...entry,
      workspaceId: ctx.workspaceId,
      at: ctx.now,
      data: JSON.stringify(data ?? {}),
      actorUserId: actorUserId(actor),
      actorName: actor.kind === 'system' ? actor.name : null,
      channel: actor.channel,
    })),
  );
}
