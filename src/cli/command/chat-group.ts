import {
  type ChatGroupKind,
  type ChatGroupView,
  readChatGroup,
  saveChatGroup,
  setChatGroupRoute,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { moment } from '../text.ts';

export type ChatGroupOptions = {
  readonly in: ChatGroupKind;
  readonly follow?: string;
  readonly stop?: boolean;
  readonly set?: boolean;
};

/** The group of a chat that follows a schedule; lets one follow, or none. Exit code 3 when something keeps it from it. */
export async function chatGroup(api: Api, io: Io, schedule: string, options: ChatGroupOptions): Promise<Outcome> {
  const book = await readBook(api, 'schedule', 'person');
  const params = { id: book.idOf('schedule', schedule) };
  if (options.stop === true) {
    await api.call(saveChatGroup, { params, body: { kind: options.in, groupId: null } });
    return { text: 'The group stays as it is from now on.', data: { group: null } };
  }
  if (options.follow !== undefined)
    await api.call(saveChatGroup, { params, body: { kind: options.in, groupId: options.follow } });
  const asksNow = options.follow !== undefined || options.set === true;
  const { group } = await api.call(asksNow ? setChatGroupRoute : readChatGroup, { params });
  if (group === null) return { text: 'No group of a chat follows it.', data: { group } };
  return {
    text: describe(group, io.now(), book.titleOf),
    data: { group },
    exitCode: group.problem === null && group.missingUserIds.length === 0 ? EXIT.ok : EXIT.attention,
  };
}

const NAMES: Readonly<Record<ChatGroupKind, string>> = {
  slack: 'Slack',
  mattermost: 'Mattermost',
  discord: 'Discord',
};

function describe(group: ChatGroupView, now: Date, nameOf: (id: string) => string): string {
  const { kind, handle, groupId, userIds, setAt, missingUserIds, kept, problem } = group;
  const name = handle === null ? groupId : `@${handle}`;
  const who =
    setAt === null ? 'not set yet' : `${userIds.map(nameOf).join(', ') || 'nobody'}, since ${moment(setAt, now)}`;
  return [
    `${name} in ${NAMES[kind]}: ${who}`,
    ...(problem === null ? [] : [`! ${name} could not be set: ${problem}`]),
    ...(kept === null ? [] : [`! ${kept}`]),
    ...(missingUserIds.length === 0
      ? []
      : [`! On call and not in it, unknown in ${NAMES[kind]}: ${missingUserIds.map(nameOf).join(', ')}`]),
  ].join('\n');
}
