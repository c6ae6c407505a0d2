import type { PlaceDraft } from './draft.ts';
import type { GrafanaDocument, Policy } from './grafana-document.ts';
import { distinctPlaces, placeKey } from './places.ts';

type Route = Pick<GrafanaDocument['routes'][number], 'escalation_chain_id' | 'slack' | 'telegram' | 'msteams'>;

/** Where every route of a chain posts its alerts, which is as they come. */
export function placesOfChain(chainId: string, found: GrafanaDocument): PlaceDraft[] {
  const [first = [], ...others] = routesOf(chainId, found).map((route) => placesOfRoute(route, found));
  return first.filter((place) => others.every((list) => list.some((one) => placeKey(one) === placeKey(place))));
}

/** Where the default route of an integration posts, and not every route of its chain. */
export function placesBeside(route: Route, found: GrafanaDocument): PlaceDraft[] {
  const shared = new Set(
    (route.escalation_chain_id ? placesOfChain(route.escalation_chain_id, found) : []).map(placeKey),
  );
  return placesOfRoute(route, found).filter((place) => !shared.has(placeKey(place)));
}

/** What one line of a chain tells: a webhook, or everybody in the channels to which the alerts of its routes go. */
export function placesOfPolicy(policy: Policy, found: GrafanaDocument): PlaceDraft[] {
  switch (policy.type) {
    case 'trigger_webhook':
    case 'trigger_action': {
      const webhook = found.webhooks.find(({ id }) => id === policy.action_to_trigger);
      return webhook ? [{ kind: 'webhook', name: webhook.name, address: webhook.url ?? null }] : [];
    }
    case 'notify_whole_channel': {
      const routes = routesOf(policy.escalation_chain_id, found);
      return distinctPlaces(routes.flatMap((route) => placesOfRoute(route, found))).filter(
        ({ kind }) => kind === 'slack',
      );
    }
    default:
      return [];
  }
}

function routesOf(chainId: string, { integrations, routes }: GrafanaDocument): Route[] {
  const listed = new Set(routes.map(({ id }) => id));
  const defaults = integrations.flatMap(({ default_route: route }) =>
    route && !listed.has(route.id ?? '') ? [route] : [],
  );
  return [...defaults, ...routes].filter((route) => route.escalation_chain_id === chainId);
}

function placesOfRoute({ slack, telegram, msteams }: Route, { slack_channels }: GrafanaDocument): PlaceDraft[] {
  const places: PlaceDraft[] = [];
  if (slack?.channel_id && slack.enabled !== false) {
    const name = slack_channels.find(({ slack_id }) => slack_id === slack.channel_id)?.name ?? null;
    places.push({ kind: 'slack', name, address: slack.channel_id });
  }
  if (telegram?.id && telegram.enabled !== false) places.push({ kind: 'telegram', name: null, address: null });
  if (msteams?.id && msteams.enabled !== false) places.push({ kind: 'teams', name: null, address: null });
  return places;
}
