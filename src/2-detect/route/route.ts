import { compile, type Subject, type Test } from './condition.ts';
import type { AlertRouteView, CatchAll } from './contract.ts';
import type { Condition } from './condition-contract.ts';
import { excludes, implies, isAlways, isNever } from './reach.ts';
import { sentenceOf } from './words.ts';

export type Route = AlertRouteView;

export type RoutingDocument = { readonly routes: readonly Route[]; readonly catchAll: CatchAll };

export const FIRST_DOCUMENT: RoutingDocument = { routes: [], catchAll: { policyId: null, clockSeconds: 3_600 } };

/** A document as it is read today: what it was not asked when it was saved is not wanted. */
export function completed({ routes, catchAll }: RoutingDocument): RoutingDocument {
  const outcomeOf = (outcome: Route['outcome']) => ({ ...outcome, group: outcome.group ?? null });
  return { routes: routes.map((route) => ({ ...route, outcome: outcomeOf(route.outcome) })), catchAll };
}

type CompiledRoute = { readonly route: Route; readonly tests: readonly Test[] };

/** Rules that are ready to be asked; those that are off are left out. */
export type CompiledRouting = { readonly routes: readonly CompiledRoute[]; readonly catchAll: CatchAll };

export function compileRouting({ routes, catchAll }: RoutingDocument): CompiledRouting {
  const enabled = routes.filter((route) => route.enabled);
  return { routes: enabled.map((route) => ({ route, tests: route.match.map(compile) })), catchAll };
}

/** The first rule that takes it, or null. */
export function routeFor({ routes }: CompiledRouting, subject: Subject): Route | null {
  return routes.find(({ tests }) => tests.every((test) => test(subject)))?.route ?? null;
}

export type RouteFault = { readonly index: number; readonly message: string };

/** Rules that could never match anything, each with the reason. Rules that are off are left alone. */
export function faultsOf(routes: readonly Pick<Route, 'name' | 'enabled' | 'match'>[]): RouteFault[] {
  return routes.flatMap((route, index) => {
    if (!route.enabled) return [];
    const clash = contradictionIn(route.match);
    if (clash !== null) return [{ index, message: `“${route.name}” can never match: ${clash}.` }];
    const above = routes.slice(0, index).find((one) => one.enabled && covers(one.match, route.match));
    if (!above) return [];
    const message = `“${route.name}” can never match: “${above.name}” above it takes everything that it asks for. Move it up, or narrow “${above.name}”.`;
    return [{ index, message }];
  });
}

/** Whether everything that fulfils the second list fulfils the first. */
function covers(wide: readonly Condition[], narrow: readonly Condition[]): boolean {
  return wide.every((one) => isAlways(one) || narrow.some((other) => implies(other, one)));
}

/** Why nothing can fulfil all of the conditions, or null. */
export function contradictionIn(match: readonly Condition[]): string | null {
  for (const [i, one] of match.entries()) {
    if (isNever(one)) return `nothing fulfils “${sentenceOf(one)}”`;
    const other = match.slice(i + 1).find((two) => excludes(one, two));
    if (other) return `“${sentenceOf(one)}” and “${sentenceOf(other)}” exclude each other`;
  }
  return null;
}
