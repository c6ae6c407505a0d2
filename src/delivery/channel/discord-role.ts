import type { JsonAnswer } from './ask-json.ts';
import { refusedGroup, type SetGroup } from './chat-group.ts';
import { askerOf } from './discord.ts';
import { textAt } from './json-at.ts';

/** Discord's error codes, where they are about a role. */
const ADVICE: Readonly<Record<string, string>> = {
  '10004': 'the bot is in no server with this id.',
  '10011': 'this server has no role with this id.',
  '50001': 'the bot is in no server with this id: invite it there.',
  '50013':
    'the bot may not give this role. It needs the permission Manage Roles, and a role of its own that stands above this one.',
  '50028': 'this role cannot be given to anybody.',
};
/** The error codes that say: nobody in this server has this id. */
const NOBODY = new Set(['10007', '10013']);

/**
 * Gives a role of a server, known as `SERVER/ROLE`, to some people by their user ids, then takes it from whom we had
 * given it before. Discord tells an ordinary bot nobody else who has a role, so whoever was given it by hand keeps it.
 */
export const setDiscordRole: SetGroup<'discord'> = async (
  system,
  { credentials },
  { groupId, addresses, held, allowedTargets },
) => {
  const ask = askerOf(system, credentials.botToken, allowedTargets);
  const [server = '', role = ''] = groupId.split('/');
  const shown = await ask('GET', `guilds/${server}/roles/${role}`);
  if (!shown.outcome.ok) return refusal(shown);
  const unknown: string[] = [];
  const wanted = [...new Set(addresses)];
  for (const [method, userIds] of [
    ['PUT', wanted],
    ['DELETE', held.filter((userId) => !wanted.includes(userId))],
  ] as const)
    for (const userId of userIds) {
      const answer = await ask(method, `guilds/${server}/members/${userId}/roles/${role}`);
      if (answer.outcome.ok) continue;
      if (!NOBODY.has(textAt(answer.body, 'code'))) return refusal(answer);
      if (method === 'PUT') unknown.push(userId);
    }
  const handle = textAt(shown.body, 'name').replace(/^@/, '');
  return { ok: true, handle: handle === '' ? null : handle, unknown, isSet: true };
};

function refusal({ outcome, body }: JsonAnswer) {
  const code = textAt(body, 'code');
  const advice = ADVICE[code];
  return refusedGroup(outcome, advice === undefined ? undefined : `${code}: ${advice}`);
}
