import { readWorkspace } from '#access';
import { invalid, notFound } from '#kernel/errors.ts';
import type { RouteInput } from '#kernel/route.ts';
import type { Ctx } from '#platform/ctx.ts';
import { pagesAtOnce } from '../alert/alert.ts';
import { readAlert } from '../alert/read-alerts.ts';
import { compile, type Subject } from './condition.ts';
import type { Condition } from './condition-contract.ts';
import type { RouteOutcome, RouteTraceView, RouteTrialView, tryRouting } from './contract.ts';
import { readyNames } from './names.ts';
import { readPayload, type Tried } from './read-payload.ts';
import { readRoutingView, subjectOf } from './read-routing.ts';
import type { Route } from './route.ts';
import { lookSentence, outcomeSentences, sentenceOf } from './words.ts';
import { routeOf } from './save-routing.ts';

type Asked = RouteInput<typeof tryRouting>['body'];

/** What the rules would do with an alert that is there, or with what a payload becomes, rule by rule. */
export async function tryRoutes(ctx: Ctx, asked: Asked): Promise<RouteTrialView[]> {
  const inUse = await readRoutingView(ctx);
  const routes = asked.routes?.map((route) => routeOf(ctx, route)) ?? inUse.routes;
  const nameOf = await readyNames(ctx, ...routes);
  const { timeZone } = await readWorkspace(ctx);
  const at = asked.at === undefined ? ctx.now : new Date(asked.at);
  const { clockSeconds } = inUse.catchAll;
  return (await subjectsOf(ctx, asked)).map((tried) => {
    const { outcome, ...rest } = trial(tried, subjectOf(tried, at, timeZone), routes, nameOf);
    const decided = routes.find(({ id }) => id === rest.routeId)?.outcome;
    return { ...rest, outcome: [...outcome, ...laterAsked(tried, decided, clockSeconds)] };
  });
}

async function subjectsOf(ctx: Ctx, { alertId, payload, sourceId }: Asked): Promise<readonly Tried[]> {
  if (alertId !== undefined) return [await readAlert(ctx, alertId)];
  if (payload === undefined) throw invalid('body.payload', 'paste a payload, or name an alert (alertId)');
  const read = await readPayload(ctx, sourceId ?? null, payload);
  if (read === null) throw notFound('alert source', sourceId ?? '');
  return read;
}

function trial(
  tried: Tried,
  subject: Subject,
  routes: readonly Route[],
  nameOf: (id: string) => string,
): RouteTrialView {
  let decided: Route | null = null;
  const traces: RouteTraceView[] = [];
  for (const route of routes) {
    const conditions = route.match.map((one) => ({
      text: sentenceOf(one, nameOf),
      holds: compile(one)(subject),
      found: foundIn(one, subject, nameOf),
    }));
    const matches = conditions.every(({ holds }) => holds);
    const outcome = !route.enabled ? 'off' : !matches ? 'no-match' : decided === null ? 'decides' : 'passed';
    if (outcome === 'decides') decided = route;
    traces.push({ routeId: route.id, name: route.name, outcome, conditions });
  }
  const { title, severity, source, labels } = tried;
  return {
    title,
    severity,
    labels: { ...labels },
    origin: source,
    routeId: decided?.id ?? null,
    outcome: decided === null ? [withoutRoute(tried)] : sentences(decided, nameOf),
    routes: traces,
  };
}

function sentences({ name, outcome }: Route, nameOf: (id: string) => string): string[] {
  const all = outcomeSentences(outcome, nameOf);
  return all.length > 0 ? all : [`“${name}” changes nothing about it.`];
}

function withoutRoute({ serviceId }: Tried): string {
  return serviceId === null
    ? 'No route takes it and it has no service: the catch-all does.'
    : 'No route takes it: the escalation policy of its service owns it.';
}

/** What is said of one that pages nobody at once, unless its route says what it does. */
function laterAsked({ severity }: Tried, decided: RouteOutcome | undefined, clockSeconds: number): string[] {
  if (decided && (decided.urgency !== null || decided.suppress)) return [];
  const sentence = lookSentence(severity, pagesAtOnce(severity) ? null : clockSeconds);
  return sentence === null ? [] : [sentence];
}

/** What stood there instead, for somebody who wonders. */
function foundIn(condition: Condition, subject: Subject, nameOf: (id: string) => string): string {
  switch (condition.field) {
    case 'severity':
      return subject.severity;
    case 'origin':
      return subject.origin;
    case 'source':
      return subject.alertSourceId === null ? 'none' : nameOf(subject.alertSourceId);
    case 'service':
      return subject.serviceId === null ? 'none' : nameOf(subject.serviceId);
    case 'title':
      return subject.title;
    case 'label':
      return Object.hasOwn(subject.labels, condition.name) ? (subject.labels[condition.name] ?? '') : 'not there';
    case 'time': {
      const two = (part: number) => String(part).padStart(2, '0');
      const ofDay = subject.minute % 1_440;
      const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][Math.floor(subject.minute / 1_440)] ?? '';
      return `${day} ${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
    }
  }
}
