import { z } from 'zod';
import { type AlertRouteView, alertUrgency, type CatchAll, type RoutingView } from '#detect/contract';
import type { Book } from '../book.ts';
import { conditionText, parseCondition } from './condition.ts';
import { lengthText, secondsIn } from './file.ts';

const length = z.union([z.string(), z.number()]);

const routeInFile = z.strictObject({
  name: z.string(),
  enabled: z.boolean().optional(),
  /** Conditions in one line each; without any it takes every alert. */
  match: z.array(z.string()).optional(),
  service: z.string().optional(),
  policy: z.string().optional(),
  urgency: alertUrgency.optional(),
  suppress: z.boolean().optional(),
  hold: length.optional(),
  group: z.strictObject({ by: z.array(z.string()), window: length }).optional(),
  declare: z
    .strictObject({
      state: z.enum(['suspected', 'active']),
      severity: z.enum(['SEV1', 'SEV2', 'SEV3', 'SEV4']).optional(),
    })
    .optional(),
});
type RouteInFile = z.output<typeof routeInFile>;

/** The rules as a file: names in the place of ids, and nothing that is as usual. */
export const routingFile = z.strictObject({
  routes: z.array(routeInFile),
  catchAll: z.strictObject({ policy: z.string().optional(), clock: length }).optional(),
});
export type RoutingFile = z.output<typeof routingFile>;

type RouteDraft = Omit<AlertRouteView, 'id'> & { readonly id?: string };
type RoutingDraft = { readonly routes: RouteDraft[]; readonly catchAll: CatchAll };

/** What is in use, as a file. */
export function routingToFile({ routes, catchAll }: RoutingDraft, book: Book): RoutingFile {
  return {
    routes: routes.map((route) => routeToFile(route, book)),
    catchAll: {
      ...(catchAll.policyId === null ? {} : { policy: book.writtenOf(catchAll.policyId) }),
      clock: lengthText(catchAll.clockSeconds),
    },
  };
}

/** A file as what the server takes: a rule keeps the id of the one of the same name, and what the file leaves out of the catch-all stays. */
export function routingFromFile(file: RoutingFile, now: RoutingView, book: Book): RoutingDraft {
  const free = [...now.routes];
  const routes = file.routes.map((route) => {
    const at = free.findIndex(({ name }) => name === route.name.trim());
    const [same] = at < 0 ? [] : free.splice(at, 1);
    return { ...(same ? { id: same.id } : {}), ...routeFromFile(route, book) };
  });
  const catchAll =
    file.catchAll === undefined
      ? now.catchAll
      : {
          policyId: file.catchAll.policy === undefined ? null : book.idOf('policy', file.catchAll.policy),
          clockSeconds: secondsIn(file.catchAll.clock, 'catchAll.clock'),
        };
  return { routes, catchAll };
}

/** What saving the one in the place of the other would change, in lines that begin with `+`, `-` or `~`. */
export function routingChanges(before: RoutingFile, after: RoutingFile): string[] {
  const added: string[] = [];
  const changed: string[] = [];
  const free = [...before.routes];
  const kept: RouteInFile[] = [];
  for (const route of after.routes) {
    const at = free.findIndex(({ name }) => name === route.name);
    const [same] = at < 0 ? [] : free.splice(at, 1);
    if (!same) added.push(`+ ${route.name}`);
    else {
      kept.push(same);
      if (JSON.stringify(same) !== JSON.stringify(route)) changed.push(`~ ${route.name}`);
    }
  }
  const order = before.routes.filter((route) => kept.includes(route));
  const moved = order.some((route, i) => route !== kept[i]);
  return [
    ...free.map(({ name }) => `- ${name}`),
    ...added,
    ...changed,
    ...(moved ? ['~ the order of the rules'] : []),
    ...(JSON.stringify(before.catchAll) === JSON.stringify(after.catchAll) ? [] : ['~ what no rule takes']),
  ];
}

function routeToFile({ name, enabled, match, outcome }: RouteDraft, book: Book): RouteInFile {
  const { serviceId, policyId, urgency, suppress, holdSeconds, group, declare } = outcome;
  return {
    name,
    ...(enabled ? {} : { enabled }),
    ...(match.length === 0 ? {} : { match: match.map((one) => conditionText(one, book)) }),
    ...(serviceId === null ? {} : { service: book.writtenOf(serviceId) }),
    ...(policyId === null ? {} : { policy: book.writtenOf(policyId) }),
    ...(urgency === null ? {} : { urgency }),
    ...(suppress ? { suppress } : {}),
    ...(holdSeconds === null ? {} : { hold: lengthText(holdSeconds) }),
    ...(group === null ? {} : { group: { by: group.by, window: lengthText(group.windowSeconds) } }),
    ...(declare === null
      ? {}
      : {
          declare: { state: declare.state, ...(declare.severity === null ? {} : { severity: declare.severity }) },
        }),
  };
}

function routeFromFile(route: RouteInFile, book: Book): RouteDraft {
  const name = route.name.trim();
  const { service, policy, hold, group, declare } = route;
  return {
    name,
    enabled: route.enabled ?? true,
    match: (route.match ?? []).map((text) => parseCondition(text, book)),
    outcome: {
      serviceId: service === undefined ? null : book.idOf('service', service),
      policyId: policy === undefined ? null : book.idOf('policy', policy),
      urgency: route.urgency ?? null,
      suppress: route.suppress ?? false,
      holdSeconds: hold === undefined ? null : secondsIn(hold, `${name}, hold`),
      group:
        group === undefined ? null : { by: group.by, windowSeconds: secondsIn(group.window, `${name}, group.window`) },
      declare: declare === undefined ? null : { state: declare.state, severity: declare.severity ?? null },
    },
  };
}
