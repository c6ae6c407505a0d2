import { notFound } from '#kernel/errors.ts';
import { bind } from '#platform/stage.ts';
import {
  approvePostmortemRoute,
  editPostmortemRoute,
  exportPostmortem,
  listPostmortemsRoute,
  publishPostmortemRoute,
  readIncidentPostmortem,
  readPostmortemRoute,
  reviewPostmortemRoute,
  startPostmortemRoute,
} from './contract.ts';
import { editPostmortem } from './edit-postmortem.ts';
import { exportPostmortemMarkdown } from './export-postmortem.ts';
import { listPostmortems } from './list-postmortems.ts';
import { presentPostmortem } from './present.ts';
import { approvePostmortem, publishPostmortem, reviewPostmortem } from './settle-postmortem.ts';
import { startPostmortem } from './start-postmortem.ts';
import { findPostmortem, findPostmortemOfIncident } from './store.ts';

export const routes = [
  bind(listPostmortemsRoute, async (ctx, { query }) => listPostmortems(ctx, query)),
  bind(readPostmortemRoute, async (ctx, { params }) => presentPostmortem(ctx, await findPostmortem(ctx, params.id))),
  bind(readIncidentPostmortem, async (ctx, { params }) => {
    const row = await findPostmortemOfIncident(ctx, params.id);
    if (!row) throw notFound('postmortem of the incident', params.id);
    return presentPostmortem(ctx, row);
  }),
  bind(startPostmortemRoute, async (ctx, { params }) => presentPostmortem(ctx, await startPostmortem(ctx, params.id))),
  bind(editPostmortemRoute, async (ctx, { params, body }) =>
    presentPostmortem(ctx, await editPostmortem(ctx, params.id, body)),
  ),
  bind(reviewPostmortemRoute, async (ctx, { params }) =>
    presentPostmortem(ctx, await reviewPostmortem(ctx, params.id)),
  ),
  bind(approvePostmortemRoute, async (ctx, { params }) =>
    presentPostmortem(ctx, await approvePostmortem(ctx, params.id)),
  ),
  bind(publishPostmortemRoute, async (ctx, { params, body }) =>
    presentPostmortem(ctx, await publishPostmortem(ctx, params.id, body ?? {})),
  ),
  bind(exportPostmortem, async (ctx, { params }) => ({ markdown: await exportPostmortemMarkdown(ctx, params.id) })),
];
