import { readIncident } from '#declare';
import { pageOf, readCursor } from '#platform/page.ts';
import { bind, type RouteBinding } from '#platform/stage.ts';
import {
  listIncidentUpdates,
  listTemplates,
  postUpdateRoute,
  previewUpdate as previewRoute,
  readUpdateDraft,
} from './contract.ts';
import { draftUpdate } from './draft-update.ts';
import { postUpdate } from './post-update.ts';
import { presentDraft, presentUpdate } from './present.ts';
import { previewUpdate } from './preview-update.ts';
import { selectUpdatePage } from './store.ts';
import { WORDINGS } from './wording.ts';

const UPDATE_ID = /^upd_[A-Za-z0-9_-]{1,64}$/;

export const updateRoutes: readonly RouteBinding[] = [
  bind(postUpdateRoute, async (ctx, { params, body }) => presentUpdate(await postUpdate(ctx, params.id, body))),
  bind(listIncidentUpdates, async (ctx, { params, query }) => {
    await readIncident(ctx, params.id);
    const before = readCursor(query, UPDATE_ID);
    const rows = await selectUpdatePage(ctx, params.id, before, query.limit + 1);
    return pageOf(rows, query, (row) => row.id, presentUpdate);
  }),
  bind(readUpdateDraft, async (ctx, { params, query }) =>
    presentDraft(ctx, params.id, await draftUpdate(ctx, params.id, query.status)),
  ),
  bind(
    previewRoute,
    async (ctx, { params, body }, system) => {
      const { html, findings } = await previewUpdate(ctx, system, params.id, body);
      return { html, findings: [...findings] };
    },
    'bare',
  ),
  bind(listTemplates, async () => ({
    items: WORDINGS.map((wording) => ({ ...wording, severities: [...wording.severities] })),
    nextCursor: null,
  })),
];
