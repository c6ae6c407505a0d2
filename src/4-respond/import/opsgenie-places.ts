import type { NoticeChannelKind } from '../notice-channel/contract.ts';
import type { PlaceDraft } from './draft.ts';
import type { Integration, OpsgenieDocument } from './opsgenie-document.ts';

const KINDS: readonly (readonly [RegExp, NoticeChannelKind])[] = [
  [/^slack/i, 'slack'],
  [/teams/i, 'teams'],
  [/^mattermost/i, 'mattermost'],
  [/^webhook$/i, 'webhook'],
];

type Speaking = { readonly teamId: string | null; readonly place: PlaceDraft };

/** What an escalation tells over there: the chats and webhooks of the team that owns it, and those of all teams. */
export function placesOfTeam(teamId: string | null, found: OpsgenieDocument): PlaceDraft[] {
  return speakingIn(found)
    .filter((one) => one.teamId === null || one.teamId === teamId)
    .map(({ place }) => place);
}

/** The names of chats and webhooks whose team owns no escalation, so that no policy tells them. */
export function unusedPlaces(found: OpsgenieDocument): string[] {
  const owners = new Set(found.escalations.map(({ ownerTeam }) => ownerTeam?.id ?? null));
  return speakingIn(found)
    .filter(({ teamId }) => (teamId === null ? found.escalations.length === 0 : !owners.has(teamId)))
    .map(({ place }) => place.name ?? place.kind);
}

function speakingIn({ integrations }: OpsgenieDocument): Speaking[] {
  return integrations.flatMap((integration) => {
    const kind = KINDS.find(([type]) => type.test(integration.type ?? ''))?.[1];
    if (kind === undefined || integration.enabled === false) return [];
    const filter = integration.alertFilter?.conditionMatchType ?? 'match-all';
    const place = { kind, ...whereOf(kind, integration), some: filter !== 'match-all' };
    return [{ teamId: integration.ownerTeam?.id ?? integration.teamId ?? null, place }];
  });
}

/** Chats are named by their channel, whatever the integration is called; the id of a Slack channel is one as well. */
function whereOf(kind: NoticeChannelKind, { name, channel, url, webhookUrl }: Integration) {
  if (kind === 'webhook' || kind === 'teams') return { address: webhookUrl ?? url ?? null, name };
  const isId = /^[CG][A-Z0-9]{8,30}$/.test(channel ?? '');
  return { address: isId ? (channel ?? null) : null, name: isId ? name : channel || name };
}
