import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Alert } from '../alert/alert.ts';
import { selectAlertSettings } from '../alert-setting/store.ts';
import { namesOf } from '../route/names.ts';
import { type Likeness, likenessKey, likenessOf, likenessWords } from './likeness.ts';
import { lockLikeness, lockUndecidedAlike, selectAlikeOf, selectAskedAlike, selectUndecidedAlike } from './store.ts';

const MOST_ALIKE = 500;

/** An alert as its like are looked for. */
export type Alike = {
  /** The incident among these that has an alert like it; null when none has, or not any more. */
  readonly incidentAmong: (
    incidentIds: readonly string[],
  ) => Promise<{ readonly incidentId: string; readonly why: string } | null>;
  /** Critical ones that nobody has decided about either, each with the reason why it is asked about with this one. */
  readonly undecided: () => Promise<readonly { readonly alert: Alert; readonly why: string }[]>;
  /** One of them about which somebody was asked already. */
  readonly asked: () => Promise<{ readonly alert: Alert; readonly why: string } | null>;
};

/**
 * What an alert is alike to, by the settings of the workspace. Whoever asks is alone with alerts like it until the
 * transaction ends, so that two never begin a suspicion each. Null when each alert stands for itself.
 */
export async function findAlike(ctx: Ctx, alert: Alert): Promise<Alike | null> {
  const { suspicionWindowSeconds, suspicionLabels } = await selectAlertSettings(ctx);
  if (suspicionWindowSeconds === null) return null;
  const likeness = likenessOf(alert, suspicionLabels);
  if (likeness === null) return null;
  await lockLikeness(ctx, likenessKey(likeness));
  const since = addSeconds(ctx.now, -suspicionWindowSeconds);
  const because = async (other: Alert) => `it is ${likenessWords(likeness, await nameOf(ctx, likeness), other.title)}`;
  return {
    async incidentAmong(incidentIds) {
      if (incidentIds.length === 0) return null;
      const other = await selectAlikeOf(ctx, likeness, alert, { incidentIds, since });
      if (other === null || other.incidentId === null) return null;
      return { incidentId: other.incidentId, why: await because(other) };
    },
    async undecided() {
      const why = await because(alert);
      return (await lockUndecidedAlike(ctx, likeness, alert, MOST_ALIKE)).map((one) => ({ alert: one, why }));
    },
    async asked() {
      const other = await selectAskedAlike(ctx, likeness, alert);
      return other === null ? null : { alert: other, why: await because(other) };
    },
  };
}

/** What would go along with a decision about an alert that waits for one, for somebody who only looks. */
export async function listUndecidedAlike(ctx: Ctx, alert: Alert): Promise<readonly Alert[]> {
  const { suspicionWindowSeconds, suspicionLabels } = await selectAlertSettings(ctx);
  const likeness = suspicionWindowSeconds === null ? null : likenessOf(alert, suspicionLabels);
  return likeness === null ? [] : await selectUndecidedAlike(ctx, likeness, alert, MOST_ALIKE);
}

async function nameOf(ctx: Ctx, likeness: Likeness): Promise<string> {
  const id = likeness.by === 'service' ? likeness.serviceId : likeness.sourceId;
  return (await namesOf(ctx, [id]))(id);
}
