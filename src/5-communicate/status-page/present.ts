import type { Ctx } from '#platform/ctx.ts';
import type { ComponentView } from '../component/contract.ts';
import type { ComponentRow } from '../component/store.ts';
import type { PublicPage } from '../public/page.ts';
import type { StatusPageView } from './contract.ts';
import type { StatusPageRow } from './store.ts';

/** Where the public reads the page. */
export function pageUrl(ctx: Pick<Ctx, 'publicUrl'>, page: Pick<StatusPageRow, 'slug'>): string {
  return `${ctx.publicUrl}/s/${page.slug}`;
}

export function presentPage(row: StatusPageRow, page: PublicPage, subscriberCount: number): StatusPageView {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    url: page.url,
    timeZone: row.timeZone,
    published: row.published,
    takesReports: page.takesReports,
    reportSourceId: row.reportSourceId,
    headline: page.headline,
    componentCount: page.components.length,
    subscriberCount,
    updatedAt: page.updatedAt,
    createdAt: row.createdAt.toISOString(),
  };
}

/** A component with the status that the public sees, which knows about our own blindness. */
export function presentComponent(
  row: ComponentRow,
  shown: { status: ComponentView['status']; statusSince: string | null },
): ComponentView {
  return {
    id: row.id,
    statusPageId: row.statusPageId,
    serviceId: row.serviceId,
    name: row.name,
    description: row.description,
    status: shown.status,
    statusSince: shown.statusSince ?? row.statusSince.toISOString(),
    position: row.position,
    createdAt: row.createdAt.toISOString(),
  };
}
