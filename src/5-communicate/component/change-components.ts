import { audit } from '#access';
import { readService } from '#monitor';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { findStatusPage, selectStatusPages, touchPages } from '../status-page/store.ts';
import { type ComponentRow, findComponent, insertComponent, updateComponent } from './store.ts';

export type NewComponent = {
  readonly statusPageId?: string | undefined;
  readonly serviceId?: string | undefined;
  readonly name: string;
  readonly description?: string | null | undefined;
};

/** Adds a line to a page (the first one unless named). Refuses a service that stands on it already. */
export async function createComponent(ctx: Ctx, wanted: NewComponent): Promise<ComponentRow> {
  const page = wanted.statusPageId ? await findStatusPage(ctx, wanted.statusPageId) : (await selectStatusPages(ctx))[0];
  if (!page) throw conflict('This workspace has no status page to put a component on.');
  if (wanted.serviceId) await readService(ctx, wanted.serviceId);
  const row = await insertComponent(ctx, {
    id: ctx.newId('cmp'),
    statusPageId: page.id,
    serviceId: wanted.serviceId ?? null,
    name: wanted.name,
    description: wanted.description ?? null,
  });
  if (!row) throw conflict(`The service ${wanted.serviceId ?? ''} stands on the page ${page.name} already.`);
  await audit(ctx, {
    action: 'component.create',
    subjectId: row.id,
    detail: { name: row.name, serviceId: row.serviceId },
  });
  await touchPages(ctx, [page.id]);
  return row;
}

export type ComponentEdit = {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly position?: number | undefined;
};

/** Renames, describes or moves a line. */
export async function changeComponent(ctx: Ctx, id: string, edit: ComponentEdit): Promise<ComponentRow> {
  const row = await updateComponent(ctx, id, {
    ...(edit.name === undefined ? {} : { name: edit.name }),
    ...(edit.description === undefined ? {} : { description: edit.description }),
    ...(edit.position === undefined ? {} : { position: edit.position }),
  });
  if (!row) throw notFound('component', id);
  await audit(ctx, { action: 'component.change', subjectId: id, detail: { ...edit } });
  await touchPages(ctx, [row.statusPageId]);
  return row;
}

/** Takes a line off its page; what was said of it stays said. */
export async function removeComponent(ctx: Ctx, id: string): Promise<void> {
  const before = await findComponent(ctx, id);
  const row = await updateComponent(ctx, id, { removedAt: ctx.now });
  if (!row) throw conflict(`The component ${before.name} has just been removed.`);
  await audit(ctx, { action: 'component.remove', subjectId: id, detail: { name: before.name } });
  await touchPages(ctx, [before.statusPageId]);
}
