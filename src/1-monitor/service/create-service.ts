import { audit } from '#access';
import { conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { serviceCreated } from '../events.ts';
import { changeDependencies } from './change-dependencies.ts';
import { requirePolicy } from './require-policy.ts';
import { freeSlug, slugOf } from './service.ts';
import { insertService, selectServiceBySlug, selectSlugsLike } from './store.ts';

export type NewService = {
  readonly name: string;
  readonly slug?: string | undefined;
  readonly description?: string;
  readonly escalationPolicyId?: string | null;
  readonly dependsOn?: readonly string[];
  /** Stands for a job that customers do not know of, so it gets no line on a status page by itself. */
  readonly inside?: boolean;
};

const MOST_TRIES = 20;

/** Adds a service and tells later stages. Without a slug it gets a free one from its name; a given one must be free. */
export async function createService(ctx: Ctx, wanted: NewService): Promise<string> {
  const { slug } = wanted;
  await requirePolicy(ctx, wanted.escalationPolicyId);
  if (slug !== undefined) {
    const id = await addService(ctx, { ...wanted, slug });
    if (id === null) throw conflict(`A service with the slug "${slug}" exists already. Choose another one.`);
    return id;
  }
  const own = slugOf(wanted.name);
  // Somebody else may take the free slug at this moment.
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const id = await addService(ctx, { ...wanted, slug: freeSlug(own, await selectSlugsLike(ctx, own)) });
    if (id !== null) return id;
  }
  throw conflict(`A service named "${wanted.name}" was made at the same moment. Try again.`);
}

/** The service that a name stands for: the one with its slug, made when there is none, once also when many ask at once. */
export async function findOrCreateService(
  ctx: Ctx,
  name: string,
  kind: Pick<NewService, 'inside'> = {},
): Promise<string> {
  const own = slugOf(name);
  const existing = await selectServiceBySlug(ctx, own);
  if (existing) return existing.id;
  const made = await addService(ctx, { ...kind, name, slug: freeSlug(own, await selectSlugsLike(ctx, own)) });
  return made ?? (await selectServiceBySlug(ctx, own))?.id ?? createService(ctx, { ...kind, name });
}

/** Null when the slug is taken. */
async function addService(ctx: Ctx, wanted: NewService & { readonly slug: string }): Promise<string | null> {
  const { name, slug } = wanted;
  const id = ctx.newId('svc');
  const stored = await insertService(ctx, {
    workspaceId: ctx.workspaceId,
    id,
    name,
    slug,
    description: wanted.description ?? '',
    escalationPolicyId: wanted.escalationPolicyId ?? null,
    createdAt: ctx.now,
    archivedAt: null,
  });
  if (!stored) return null;
  await audit(ctx, {
    action: 'service.create',
    subjectId: id,
    detail: { name, slug, dependsOn: wanted.dependsOn ?? [] },
  });
  if (wanted.dependsOn?.length) await changeDependencies(ctx, id, wanted.dependsOn);
  await ctx.publish(serviceCreated, { serviceId: id, name, inside: wanted.inside ?? false });
  ctx.touch('monitors');
  return id;
}
