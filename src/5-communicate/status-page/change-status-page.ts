import { audit } from '#access';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { closeReportForm, nameReportForm, openReportForm } from '#detect';
import { findStatusPage, isSlugTaken, type StatusPageRow, updateStatusPage } from './store.ts';

export type StatusPageEdit = {
  readonly name?: string | undefined;
  readonly slug?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly published?: boolean | undefined;
  readonly takesReports?: boolean | undefined;
};

/** Renames, moves, publishes or takes back a page, and switches its form for reports. Refuses a slug that another page of the installation has. */
export async function changeStatusPage(ctx: Ctx, id: string, edit: StatusPageEdit): Promise<StatusPageRow> {
  if (edit.slug !== undefined && (await isSlugTaken(ctx, edit.slug, id))) {
    throw invalid('body.slug', `"${edit.slug}" is the address of another page here. Choose another one.`);
  }
  const reportSourceId = await switchForm(ctx, await findStatusPage(ctx, id), edit);
  const row = await updateStatusPage(ctx, id, {
    ...(edit.name === undefined ? {} : { name: edit.name }),
    ...(edit.slug === undefined ? {} : { slug: edit.slug }),
    ...(edit.timeZone === undefined ? {} : { timeZone: edit.timeZone }),
    ...(edit.published === undefined ? {} : { published: edit.published }),
    reportSourceId,
  });
  await audit(ctx, { action: 'status-page.change', subjectId: id, detail: { ...edit } });
  ctx.touch('status-pages');
  return row;
}

/** The alert source of the form after the change: made when it is switched on, closed when it is switched off. */
async function switchForm(ctx: Ctx, before: StatusPageRow, edit: StatusPageEdit): Promise<string | null> {
  const { reportSourceId } = before;
  const name = edit.name ?? before.name;
  if (edit.takesReports === true && reportSourceId === null) return await openReportForm(ctx, name);
  if (reportSourceId === null) return null;
  if (edit.takesReports === false) {
    await closeReportForm(ctx, reportSourceId);
    return null;
  }
  if (name !== before.name) await nameReportForm(ctx, reportSourceId, name);
  return reportSourceId;
}
