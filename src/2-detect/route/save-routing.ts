import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, conflict, type FieldError } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import { readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { detectPorts } from '../ports.ts';
import type { RoutingView, saveRouting } from './contract.ts';
import { readRoutingView } from './read-routing.ts';
import { faultsOf, type Route, type RoutingDocument } from './route.ts';
import { replaceRouting } from './store.ts';

export type RoutingDraft = RouteInput<typeof saveRouting>['body'];
type RouteDraft = RoutingDraft['routes'][number];

/**
 * Replaces the rules as a whole. Refuses rules that can never match, services and policies that are not there, values that
 * a comparison needs and does not have, and a version that is not the latest.
 */
export async function changeRouting(ctx: Ctx, draft: RoutingDraft): Promise<RoutingView> {
  const routes = draft.routes.map((route) => routeOf(ctx, route));
  const document: RoutingDocument = { routes, catchAll: draft.catchAll };
  await refuse(ctx, document);
  const changed = await replaceRouting(ctx, draft.version, document, actorUserId(ctx.actor));
  if (!changed)
    throw conflict('Somebody has changed the routes meanwhile. Read them again, and make your change anew.');
  await audit(ctx, {
    action: 'routes.change',
    subjectId: ctx.workspaceId,
    detail: { version: draft.version + 1, routes: routes.map(({ id, name, enabled }) => ({ id, name, enabled })) },
  });
  ctx.touch('settings');
  return await readRoutingView(ctx);
}

export function routeOf(ctx: Ctx, { id, ...route }: RouteDraft): Route {
  return { id: id ?? ctx.newId('rte'), ...route };
}

async function refuse(ctx: Ctx, document: RoutingDocument): Promise<void> {
  const errors = [
    ...valueFaults(document.routes),
    ...(await referenceFaults(ctx, document)),
    ...faultsOf(document.routes).map(({ index, message }) => ({ path: `body.routes.${index}`, message })),
  ];
  const [first] = errors;
  if (first) throw new AppError('invalid', first.message, { errors });
}

/** What a comparison compares with. */
function valueFaults(routes: readonly Route[]): FieldError[] {
  return routes.flatMap((route, i) =>
    route.match.flatMap((one, j) => {
      const needless = one.field === 'time' || one.op === 'exists' || one.op === 'absent' || one.values.length > 0;
      if (!needless)
        return [
          {
            path: `body.routes.${i}.match.${j}.values`,
            message: `“${route.name}” compares ${one.field} with nothing; name a value.`,
          },
        ];
      return [];
    }),
  );
}

async function referenceFaults(ctx: Ctx, { routes, catchAll }: RoutingDocument): Promise<FieldError[]> {
  const services = new Set((await readServices(ctx)).map(({ id }) => id));
  const policies = new Map<string, boolean>();
  const isPolicy = async (id: string) => {
    const known = policies.get(id) ?? (await detectPorts().escalationPolicyName(ctx, id)) !== null;
    policies.set(id, known);
    return known;
  };
  const errors: FieldError[] = [];
  for (const [i, { name, outcome }] of routes.entries()) {
    const at = `body.routes.${i}.outcome`;
    if (outcome.serviceId !== null && !services.has(outcome.serviceId))
      errors.push({ path: `${at}.serviceId`, message: `“${name}” names a service that is not there.` });
    if (outcome.policyId !== null && !(await isPolicy(outcome.policyId)))
      errors.push({ path: `${at}.policyId`, message: `“${name}” names an escalation policy that is not there.` });
  }
  if (catchAll.policyId !== null && !(await isPolicy(catchAll.policyId)))
    errors.push({
      path: 'body.catchAll.policyId',
      message: 'The catch-all names an escalation policy that is not there.',
    });
  return errors;
}
