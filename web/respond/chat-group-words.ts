import type { ChatGroupKind, ChatGroupView } from '#respond/contract';

type Words = {
  readonly name: string;
  /** What the chat calls such a group. */
  readonly noun: string;
  readonly label: string;
  readonly example: string;
  readonly hint: string;
  /** What becomes of those who are in it now. */
  readonly members: string;
  /** What somebody does who is on call and not in it. */
  readonly missing: string;
};

/** The chats whose groups can follow a schedule. Microsoft Teams is not among them: its webhooks change no tags. */
export const CHAT_GROUP_WORDS: Readonly<Record<ChatGroupKind, Words>> = {
  slack: {
    name: 'Slack',
    noun: 'user group',
    label: 'Id of the user group',
    example: 'S0615G0KT',
    hint: 'In Slack: Directories, User groups, the group, ⋮, Copy group ID. The app needs the scope usergroups:write.',
    members: 'From now on its members are whoever is on call, and nobody else: whoever is in it today is taken out.',
    missing: 'Whoever adds Slack to how they are paged is put in at once.',
  },
  mattermost: {
    name: 'Mattermost',
    noun: 'custom group',
    label: 'Mention of the custom group',
    example: '@oncall',
    hint: 'In Mattermost: the product menu, User groups, New group. It takes a Professional or Enterprise licence.',
    members: 'From now on its members are whoever is on call, and nobody else: whoever is in it today is taken out.',
    missing:
      'Mattermost does not know their mail address: whoever adds Mattermost to how they are paged is put in at once.',
  },
  discord: {
    name: 'Discord',
    noun: 'role',
    label: 'Id of the role',
    example: '1094411225567234',
    hint: 'Server settings, Roles, ⋯, Copy role ID. The bot needs Manage Roles, and a role of its own above this one.',
    members:
      'From now on it is given to whoever is on call, and taken from them afterwards. Who was given it by hand keeps it.',
    missing: 'Whoever adds Discord to how they are paged, and is in the server, is put in at once.',
  },
};

export const CHAT_GROUP_KINDS: readonly ChatGroupKind[] = ['slack', 'mattermost', 'discord'];

/** What people write to mention a group, or its id while the chat has not said it. */
export function nameOfGroup({ handle, groupId }: ChatGroupView): string {
  return handle === null ? groupId : `@${handle}`;
}
