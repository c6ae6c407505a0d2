import { notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { readWholeTimeline } from '../timeline/append-entry.ts';
import { apply } from './apply.ts';
import type { Incident } from './incident.ts';

/** The incident as its events alone tell it; equals the stored projection, which tests and `doctor` rely on. */
export async function rebuildIncident(ctx: Ctx, incidentId: string): Promise<Incident> {
  const timeline = await readWholeTimeline(ctx, incidentId);
  const entries = timeline.map((entry) => ({ ...entry, workspaceId: ctx.workspaceId }));
  const rebuilt = entries.reduce<Incident | null>(apply, null);
  if (!rebuilt) throw notFound('incident', incidentId);
  return rebuilt;
}
