import { type GroupOutcome, refusedGroup, type SetGroup } from './chat-group.ts';
import { objectAt, textAt } from './json-at.ts';
import { askerOf, memberIdOf } from './slack.ts';

/** The errors of `usergroups.users.update` (https://docs.slack.dev/reference/methods/usergroups.users.update), in words. */
const ADVICE: Readonly<Record<string, string>> = {
  missing_scope: 'the Slack app lacks usergroups:write. Add it under OAuth & Permissions, and install the app again.',
  permission_denied:
    'Slack lets only some people change user groups. In Slack’s workspace settings, under Permissions, User groups, let everybody.',
  no_such_subteam: 'Slack has no such user group. Copy its id again.',
  subteam_not_found: 'Slack has no such user group. Copy its id again.',
  invalid_users: 'Slack does not take one of these people: guests and bots cannot be in a user group.',
  single_channel_guests_cannot_be_added: 'guests cannot be in a user group.',
  failed_for_some_users: 'somebody on call is not in the Slack workspace of this group.',
  plan_upgrade_required: 'Slack has user groups in its paid plans only.',
  paid_teams_only: 'Slack has user groups in its paid plans only.',
};

/**
 * Makes the people at some addresses (member ids, or mail addresses) the members of a user group, all at once: whoever
 * else was in it is not any more. Slack takes no empty list, so with nobody it is left as it is.
 */
export const setSlackGroup: SetGroup<'slack'> = async (
  system,
  { credentials },
  { groupId, addresses, allowedTargets },
) => {
  const ask = askerOf(system, credentials.botToken, allowedTargets);
  const members = new Set<string>();
  const unknown: string[] = [];
  for (const address of addresses) {
    const member = await memberIdOf(ask, address);
    if (typeof member === 'string') members.add(member);
    else if (textAt(member.body, 'error') === 'users_not_found') unknown.push(address);
    else return refusal(member);
  }
  if (members.size === 0) return { ok: true, handle: null, unknown, isSet: false };
  const answer = await ask('usergroups.users.update', { usergroup: groupId, users: [...members].join(',') });
  if (!answer.outcome.ok) return refusal(answer);
  const handle = textAt(objectAt(answer.body, 'usergroup'), 'handle');
  return { ok: true, handle: handle === '' ? null : handle, unknown, isSet: true };
};

function refusal({ outcome, body }: Awaited<ReturnType<ReturnType<typeof askerOf>>>): GroupOutcome {
  const error = textAt(body, 'error');
  const advice = ADVICE[error];
  return refusedGroup(outcome, advice === undefined ? undefined : `${error}: ${advice}`);
}
