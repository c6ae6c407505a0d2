import { invalid } from '#kernel/errors.ts';
import { normaliseAddress } from '../contact-method/address.ts';
import type { NoticeChannelKind } from './contract.ts';

/** The address of a place as its channel knows it; refuses one that it could not use. */
export function addressOfPlace(kind: NoticeChannelKind, address: string): string {
  const typed = address.trim();
  switch (kind) {
    case 'slack':
      if (!/^[CG][A-Z0-9]{5,30}$/.test(typed))
        throw invalid(
          'body.address',
          'expected the id of a channel such as C024BE7LH; it stands in its details in Slack',
        );
      return typed;
    case 'mattermost':
      if (!/^[a-z0-9]{26}$/.test(typed))
        throw invalid('body.address', 'expected the id of a channel, 26 small letters and digits');
      return `channel:${typed}`;
    case 'discord':
      if (!/^\d{17,20}$/.test(typed)) throw invalid('body.address', 'expected the id of a channel, 17 to 20 digits');
      return `channel:${typed}`;
    case 'telegram':
      if (!/^(-?\d{5,20}|@[A-Za-z0-9_]{5,32})$/.test(typed))
        throw invalid('body.address', 'expected the id of a chat such as -1001234567890, or the @name of a channel');
      return typed;
    case 'email':
    case 'teams':
    case 'webhook':
    case 'ntfy':
      return normaliseAddress(kind, typed);
  }
}
