import type { NoticeChannelKind } from '../notice-channel/contract.ts';
import type { PlaceDraft } from './draft.ts';
import type { Exported } from './pagerduty-document.ts';
import { distinctPlaces, placeKey } from './places.ts';

type Service = Exported['services'][number];

const KINDS: readonly (readonly [RegExp, NoticeChannelKind])[] = [
  [/slack/i, 'slack'],
  [/teams/i, 'teams'],
  [/webhook/i, 'webhook'],
];

/** What every service of a policy tells over there: extensions, webhook subscriptions and connections to Slack. */
export function placesOfPolicy(policyId: string, found: Exported): PlaceDraft[] {
  const [first = [], ...others] = found.services
    .filter(({ escalation_policy, status }) => escalation_policy?.id === policyId && status !== 'disabled')
    .map((service) => placesOfService(service, found));
  return first.filter((place) => others.every((list) => list.some((one) => placeKey(one) === placeKey(place))));
}

/** What a service tells, and not every service with its policy. */
export function placesBeside(service: Service, found: Exported): PlaceDraft[] {
  const policyId = service.escalation_policy?.id;
  const shared = new Set((policyId ? placesOfPolicy(policyId, found) : []).map(placeKey));
  return placesOfService(service, found).filter((place) => !shared.has(placeKey(place)));
}

/** Connections for people who only want to know how it goes. */
export function stakeholderRemarks({ slack_connections }: Exported): string[] {
  return slack_connections
    .filter(({ notification_type }) => notification_type === 'stakeholder')
    .map(
      ({ channel_name, channel_id }) =>
        `The Slack channel “${channel_name || (channel_id ?? '')}” is for stakeholders and pages nobody over there; add it under Settings → Team channels to let it hear of alerts.`,
    );
}

function placesOfService(service: Service, found: Exported): PlaceDraft[] {
  const belongs = (id: string | null | undefined, type: string | null | undefined) =>
    type?.startsWith('account') === true ||
    (type?.startsWith('team') === true && (service.teams ?? []).some((team) => team.id === id)) ||
    (type?.startsWith('service') === true && id === service.id);
  return distinctPlaces([
    ...found.slack_connections
      .filter((one) => one.notification_type !== 'stakeholder' && belongs(one.source_id, one.source_type))
      .map(({ channel_id, channel_name, config }): PlaceDraft => ({
        kind: 'slack',
        address: channel_id ?? null,
        name: channel_name || null,
        some: Boolean(config?.urgency) || (config?.priorities ?? []).length > 0,
      })),
    ...found.webhook_subscriptions
      .filter(({ active, filter }) => active !== false && belongs(filter?.id, filter?.type))
      .map(({ description, delivery_method }): PlaceDraft => ({
        kind: 'webhook',
        address: delivery_method?.url ?? null,
        name: description || null,
      })),
    ...found.extensions.flatMap((extension): PlaceDraft[] => {
      const { name, endpoint_url, extension_schema, extension_objects, temporarily_disabled } = extension;
      const kind = KINDS.find(([schema]) => schema.test(extension_schema?.summary ?? ''))?.[1];
      const here = extension_objects?.some(({ id, type }) => belongs(id, type)) ?? false;
      if (kind === undefined || !here || temporarily_disabled) return [];
      return [{ kind, name: name || null, address: kind === 'slack' ? null : (endpoint_url ?? null) }];
    }),
  ]);
}
