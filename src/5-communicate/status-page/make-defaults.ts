import { readWorkspace } from '#access';
import { readMonitor } from '#monitor';
import { assert } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { publicNameOf, UNNAMED } from '../component/public-name.ts';
import { insertComponent, selectComponents, updateComponent } from '../component/store.ts';
import { insertStatusPage, selectStatusPages, touchPages } from './store.ts';

const DEFAULT_SLUG = 'public';
const MAX_TRIES = 50;

/** Every workspace starts with one published page: `public`, or `public-2` and so on where that is taken. */
export async function makeDefaultPage(ctx: Ctx): Promise<void> {
  const workspace = await readWorkspace(ctx);
  for (let number = 1; number <= MAX_TRIES; number++) {
    const slug = number === 1 ? DEFAULT_SLUG : `${DEFAULT_SLUG}-${number}`;
    const page = await insertStatusPage(ctx, { name: `${workspace.name} status`, slug, timeZone: workspace.timeZone });
    if (!page) continue;
    ctx.touch('status-pages');
    return;
  }
  const page = await insertStatusPage(ctx, {
    name: `${workspace.name} status`,
    slug: ctx.newId(DEFAULT_SLUG).replaceAll('_', '-'),
    timeZone: workspace.timeZone,
  });
  assert(page, 'no slug was free for a first status page');
  ctx.touch('status-pages');
}

/** A new service brings its line on the first page along, under a name fit for the public; an inner job does not. */
export async function makeComponentOf(
  ctx: Ctx,
  service: { serviceId: string; name: string; inside?: boolean },
): Promise<void> {
  if (service.inside) return;
  const [page] = await selectStatusPages(ctx);
  if (!page) return;
  await insertComponent(ctx, {
    id: ctx.newId('cmp'),
    statusPageId: page.id,
    serviceId: service.serviceId,
    name: publicNameOf(service.name),
    description: null,
  });
  await touchPages(ctx, [page.id]);
}

/** A monitor that a person gave a name lends it to the component that has none yet. */
export async function nameComponentAfter(ctx: Ctx, made: { monitorId: string; serviceId: string }): Promise<void> {
  const [component] = await selectComponents(ctx, { serviceIds: [made.serviceId] });
  if (component?.name !== UNNAMED) return;
  const name = publicNameOf((await readMonitor(ctx, made.monitorId)).name);
  if (name === UNNAMED) return;
  await updateComponent(ctx, component.id, { name });
  await touchPages(ctx, [component.statusPageId]);
}
