import type { SetGroup } from './chat-group.ts';
import { refusedGroup } from './chat-group.ts';
import type { JsonAnswer } from './ask-json.ts';
import { textAt } from './json-at.ts';
import { askerOf, mattermostUserId } from './mattermost.ts';

const PAGE = 200;
/** Nobody mentions a group of thousands to reach whoever is on call. */
const MOST_PAGES = 10;

/** The errors of Mattermost's groups (https://developers.mattermost.com/api-documentation/#/operations/AddGroupMembers), in words. */
const ADVICE: Readonly<Record<string, string>> = {
  'api.custom_groups.license_error': 'Mattermost has custom groups only with its Professional or Enterprise licence.',
  'api.license_error': 'Mattermost has custom groups only with its Professional or Enterprise licence.',
  'api.custom_groups.feature_disabled':
    'custom groups are switched off in Mattermost: System Console, Site Configuration, Users and Teams.',
  'app.group.crud_permission': 'only custom groups can be filled; this one comes from a directory.',
  'api.context.permissions.app_error':
    'the bot may not change the members of this group. In Mattermost, its role needs Manage members of custom groups.',
};

/**
 * Makes the people at some addresses (user names, or mail addresses) the members of a custom group, known by what is
 * written to mention it. Who is not in it is added before who should not be is taken out, so that it is never empty in
 * between; a try that broke off is made good by the next, since Mattermost says who is in it.
 */
export const setMattermostGroup: SetGroup<'mattermost'> = async (
  system,
  { credentials },
  { groupId: name, addresses, allowedTargets },
) => {
  const ask = askerOf(system, credentials, allowedTargets);
  const found = await ask(
    'GET',
    `groups?group_source=custom&filter_allow_reference=true&per_page=${PAGE}&q=${encodeURIComponent(name)}`,
  );
  if (!found.outcome.ok) return refusal(found);
  const group = objectsIn(found.body).find((one) => textAt(one, 'name') === name);
  if (!group)
    return { ok: false, permanent: true, why: `Mattermost has no custom group @${name} that can be mentioned.` };
  const path = `groups/${textAt(group, 'id')}/members`;
  const wanted = new Set<string>();
  const unknown: string[] = [];
  for (const address of addresses) {
    const person = await mattermostUserId(ask, address);
    if (typeof person === 'string') wanted.add(person);
    else if (isUnknown(person)) unknown.push(address);
    else return refusal(person);
  }
  const present = new Set<string>();
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const members = await ask('GET', `${path}?per_page=${PAGE}&page=${page}`);
    if (!members.outcome.ok) return refusal(members);
    const ids = objectsIn(members.body['members']).map((one) => textAt(one, 'id'));
    for (const id of ids) present.add(id);
    if (ids.length < PAGE) break;
  }
  for (const [method, ids] of [
    ['POST', [...wanted.difference(present)]],
    ['DELETE', [...present.difference(wanted)]],
  ] as const) {
    if (ids.length === 0) continue;
    const changed = await ask(method, path, { user_ids: ids });
    if (!changed.outcome.ok) return refusal(changed);
  }
  return { ok: true, handle: name, unknown, isSet: true };
};

/** Nobody has this user name or mail address. */
function isUnknown({ body }: JsonAnswer): boolean {
  return body['status_code'] === 404;
}

function refusal({ outcome, body }: JsonAnswer) {
  const error = textAt(body, 'id');
  const advice = ADVICE[error];
  return refusedGroup(outcome, advice === undefined ? undefined : `${error}: ${advice}`);
}

function objectsIn(list: unknown): Readonly<Record<string, unknown>>[] {
  const items: unknown[] = typeof list === 'object' && list !== null ? Object.values(list) : [];
  return items.filter((item) => typeof item === 'object' && item !== null) as Record<string, unknown>[];
}
