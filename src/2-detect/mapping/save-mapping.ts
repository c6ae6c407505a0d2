import { audit } from '#access';
import { AppError, conflict, invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { selectAlertSource } from '../alert-source/store.ts';
import { storableJson } from '../signal/intake-body.ts';
import type { Mapping } from './contract.ts';
import { deleteMapping, upsertMapping } from './store.ts';
import { tryOn } from './try-on.ts';

const KEPT_SAMPLE_CHARACTERS = 64 * 1024;

/**
 * Saves a mapping that can read the payload given with it; null lets the source take our own JSON again. Refuses a
 * mapping without a payload, one that cannot read it, and a source of another kind.
 */
export async function saveMappingOf(
  ctx: Ctx,
  alertSourceId: string,
  { mapping, payload }: { mapping: Mapping | null; payload: string | undefined },
): Promise<void> {
  const source = await selectAlertSource(ctx, alertSourceId);
  if (!source) throw notFound('alert source', alertSourceId);
  if (source.kind !== 'generic')
    throw conflict(
      `A source of the kind ${source.kind} reads what it gets by itself; only generic sources have a mapping.`,
    );
  if (mapping === null) await deleteMapping(ctx, alertSourceId);
  else {
    if (payload === undefined)
      throw invalid('body.payload', 'give a payload as your tool sends it: a mapping is tried before it is saved');
    const trial = tryOn(mapping, payload);
    if (trial.outcome === 'refused')
      throw new AppError('invalid', `The mapping cannot read this payload: ${trial.message}`, {
        errors: [{ path: 'body.mapping', message: trial.message }],
      });
    await upsertMapping(ctx, {
      workspaceId: ctx.workspaceId,
      alertSourceId,
      mapping: storableJson(mapping).replaceAll('\\u0000', '\\ufffd'),
      sample: payload.slice(0, KEPT_SAMPLE_CHARACTERS).replaceAll('\0', '\ufffd').toWellFormed(),
      changedAt: ctx.now,
    });
  }
  await audit(ctx, {
    action: 'alert-source.map',
    subjectId: alertSourceId,
    detail: { mapped: mapping !== null, preset: mapping?.preset ?? null },
  });
  ctx.touch('settings');
}
