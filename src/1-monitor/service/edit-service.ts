import type { z } from 'zod';
import { audit } from '#access';
import { conflict, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { editServiceBody } from './contract.ts';
import { changeDependencies } from './change-dependencies.ts';
import { readService } from './read-services.ts';
import { requirePolicy } from './require-policy.ts';
import { selectServiceBySlug, updateService } from './store.ts';

/** Changes a service; refuses an archived one, a slug that another service has, and a policy that nobody has. */
export async function editService(
  ctx: Ctx,
  serviceId: string,
  change: z.output<typeof editServiceBody>,
): Promise<void> {
  const service = await readService(ctx, serviceId);
  if (service.archivedAt) throw notFound('service', serviceId);
  if (change.slug !== undefined && change.slug !== service.slug && (await selectServiceBySlug(ctx, change.slug))) {
    throw conflict(`A service with the slug "${change.slug}" exists already. Choose another one.`);
  }
  await requirePolicy(ctx, change.escalationPolicyId);
  const { name = service.name, slug = service.slug, description = service.description } = change;
  const { escalationPolicyId = service.escalationPolicyId } = change;
  await updateService(ctx, serviceId, { name, slug, description, escalationPolicyId });
  if (change.dependsOn !== undefined) await changeDependencies(ctx, serviceId, change.dependsOn);
  await audit(ctx, { action: 'service.edit', subjectId: serviceId, detail: change });
  ctx.touch('monitors');
}
