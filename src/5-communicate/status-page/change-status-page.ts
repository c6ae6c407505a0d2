import { audit } from '#access';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { isSlugTaken, type StatusPageRow, updateStatusPage } from './store.ts';

export type StatusPageEdit = {
  readonly name?: string | undefined;
  readonly slug?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly published?: boolean | undefined;
};

/** Renames, moves, publishes or takes back a page. Refuses a slug that another page of the installation has. */
export async function changeStatusPage(ctx: Ctx, id: string, edit: StatusPageEdit): Promise<StatusPageRow> {
  if (edit.slug !== undefined && (await isSlugTaken(ctx, edit.slug, id))) {
    throw invalid('body.slug', `"${edit.slug}" is the address of another page here. Choose another one.`);
  }
  const row = await updateStatusPage(ctx, id, {
    ...(edit.name === undefined ? {} : { name: edit.name }),
    ...(edit.slug === undefined ? {} : { slug: edit.slug }),
    ...(edit.timeZone === undefined ? {} : { timeZone: edit.timeZone }),
    ...(edit.published === undefined ? {} : { published: edit.published }),
  });
  await audit(ctx, { action: 'status-page.change', subjectId: id, detail: { ...edit } });
  ctx.touch('status-pages');
  return row;
}
