import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { selectAlertSource } from '../alert-source/store.ts';
import { detectPorts } from '../ports.ts';
import type { Route } from './route.ts';

/** Turns the ids of services, sources and escalation policies into names; what is gone is called so. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<(id: string) => string> {
  const names = new Map<string, string>();
  const wanted = [...new Set(ids)];
  const services = wanted.filter((id) => id.startsWith('svc_'));
  if (services.length > 0) for (const { id, name } of await readServices(ctx, services)) names.set(id, name);
  for (const id of wanted.filter((one) => one.startsWith('src_'))) {
    const source = await selectAlertSource(ctx, id);
    if (source) names.set(id, source.name);
  }
  for (const id of wanted.filter((one) => one.startsWith('epo_'))) {
    const name = await detectPorts().escalationPolicyName(ctx, id);
    if (name !== null) names.set(id, name);
  }
  return (id) => names.get(id) ?? (/^(svc|src|epo)_/.test(id) ? `${id}, which is gone` : id);
}

/** The names of everything that rules mention. */
export async function readyNames(
  ctx: Ctx,
  ...routes: readonly Pick<Route, 'match' | 'outcome'>[]
): Promise<(id: string) => string> {
  const ids = routes.flatMap(({ match, outcome }) => [
    ...match.flatMap((one) => (one.field === 'service' || one.field === 'source' ? one.values : [])),
    ...[outcome.serviceId, outcome.policyId].flatMap((id) => id ?? []),
  ]);
  return await namesOf(ctx, ids);
}
