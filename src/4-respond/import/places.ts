import { addressOfPlace } from '../notice-channel/address.ts';
import type { NoticeChannelKind } from '../notice-channel/contract.ts';
import { oneLine } from './document.ts';
import { changed, lost, type Note, type PlaceDraft } from './draft.ts';

/** A team channel that is here. */
export type ChannelHere = {
  readonly id: string;
  readonly name: string;
  readonly kind: NoticeChannelKind;
  readonly address: string;
  readonly onlyPages: boolean;
};

/**
 * The team channel that a chat or webhook of the other tool is here: the one that leads to the same address, else the one
 * of the same kind and name. Of several the one that hears of pages only, for it is told once.
 */
export function channelOf(place: PlaceDraft, channels: readonly ChannelHere[]): ChannelHere | null {
  const ofKind = channels
    .filter(({ kind }) => kind === place.kind)
    .toSorted((one, other) => Number(other.onlyPages) - Number(one.onlyPages));
  const address = place.address === null ? null : comparable(place.kind, place.address);
  const name = place.name === null ? null : plain(place.name);
  const found =
    ofKind.find((one) => address !== null && one.address === address) ??
    ofKind.find((one) => name !== null && name !== '' && plain(one.name) === name);
  return found ?? null;
}

/** What a plan says of a place that a step tells: which team channel it is here, or what to do where there is none. */
export function placeNote(place: PlaceDraft, channel: ChannelHere | null, who: string): Note {
  const words = describePlace(place);
  if (channel === null)
    return lost(
      `${who} tells ${words}, and no team channel here leads there. Add it under Settings → Team channels and plan again, or name it in the step later.`,
    );
  const twice = channel.onlyPages
    ? ''
    : ' It hears of alerts by itself as well, unless you tick that it hears pages only.';
  const some = place.some ? ' It is told of every page here, and of some over there.' : '';
  return changed(
    `${who} tells ${words}; here that is the team channel “${channel.name}”, which wakes nobody.${some}${twice}`,
  );
}

/** What a plan says of a place that only some services of a policy tell, so that no step names it. */
export function serviceNote(place: PlaceDraft, channel: ChannelHere | null): Note {
  const how =
    channel === null
      ? 'add a team channel for this service under Settings → Team channels'
      : `let the team channel “${channel.name}” hear of this service (Settings → Team channels)`;
  return lost(
    `${capital(describePlace(place))} is told of it and not of every service with its policy, so that no step names it; ${how}.`,
  );
}

/** One text per place, for sets of them. */
export function placeKey({ kind, address, name }: PlaceDraft): string {
  return `${kind} ${address ?? ''} ${address === null ? (name ?? '') : ''}`;
}

/** Places by their keys, each once. */
export function distinctPlaces(places: readonly PlaceDraft[]): PlaceDraft[] {
  return [...new Map(places.map((place) => [placeKey(place), place])).values()];
}

const KIND_WORDS: Readonly<Record<NoticeChannelKind, string>> = {
  slack: 'Slack channel',
  teams: 'Microsoft Teams channel',
  mattermost: 'Mattermost channel',
  discord: 'Discord channel',
  telegram: 'Telegram chat',
  webhook: 'webhook',
  email: 'mailing list',
  ntfy: 'ntfy topic',
};

/** An address is often a secret as well: of a URL only its host is said. */
function describePlace({ kind, address, name }: PlaceDraft): string {
  const shown = address === null ? null : (URL.parse(address)?.host ?? oneLine(address));
  const names = [name ? `“${oneLine(name)}”` : null, shown === null ? null : name ? `(${shown})` : shown];
  const named = names.filter((part) => part !== null).join(' ');
  return named === '' ? `a ${KIND_WORDS[kind]} that the export does not name` : `the ${KIND_WORDS[kind]} ${named}`;
}

const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const plain = (name: string) => name.trim().replace(/^#/, '').toLowerCase();

function comparable(kind: NoticeChannelKind, address: string): string {
  try {
    return addressOfPlace(kind, address);
  } catch {
    // Nothing that could be a team channel here has it.
    return address;
  }
}
