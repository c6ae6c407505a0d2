import { audit } from '#access';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { serviceCreated } from '../events.ts';
import { freeSlug, slugOf } from './service.ts';
import { insertService, selectServiceBySlug, selectSlugsLike } from './store.ts';

export type NewService = {
  readonly name: string;
  readonly slug?: string | undefined;
  readonly description?: string;
  readonly escalationPolicyId?: string | null;
};

/** Adds a service and tells later stages. Without a slug it gets a free one from its name; a given one must be free. */
export async function createService(ctx: Ctx, wanted: NewService): Promise<string> {
  const own = slugOf(wanted.name);
  const slug = wanted.slug ?? freeSlug(own, await selectSlugsLike(ctx, own));
  const id = ctx.newId('svc');
  const stored = await insertService(ctx, {
    workspaceId: ctx.workspaceId,
    id,
    name: wanted.name,
    slug,
    description: wanted.description ?? '',
    escalationPolicyId: wanted.escalationPolicyId ?? null,
    createdAt: ctx.now,
    archivedAt: null,
  });
  if (!stored) throw conflict(`A service with the slug "${slug}" exists already. Choose another one.`);
  await audit(ctx, { action: 'service.create', subjectId: id, detail: { name: wanted.name, slug } });
  await ctx.publish(serviceCreated, { serviceId: id, name: wanted.name });
  ctx.touch('monitors');
  return id;
}

/** The service that a name stands for: the one with its slug, made when there is none. */
export async function findOrCreateService(ctx: Ctx, name: string): Promise<string> {
  const existing = await selectServiceBySlug(ctx, slugOf(name));
  return existing?.id ?? createService(ctx, { name });
}
