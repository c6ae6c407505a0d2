import {
  changeAccessRole,
  createInvite,
  deactivateUser,
  email,
  listInvites,
  listUsers,
  previewDeactivation,
  reactivateUser,
  revokeInvite,
} from '#access/contract';
import type { AccessRole } from '#kernel/actor.ts';
import { ApiProblem } from '#client';
import type { Api } from '../api.ts';
import { everyOne, readBook } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';

export type InviteOptions = { readonly awaited?: boolean; readonly role?: AccessRole };
export type RemoveOptions = { readonly dryRun?: boolean };

/** Everybody in the workspace, with invites that are open. Exit code 3 when somebody with duties was never invited. */
export async function people(api: Api, io: Io): Promise<Outcome> {
  const [users, invites] = await Promise.all([readUsers(api), readInvites(api).catch(noneIfHidden)]);
  const isInvited = (address: string) => invites?.some((one) => isSame(one.email ?? '', address)) ?? true;
  const rows = users.map(({ name, email: address, role, active, awaited }) => [
    name,
    address,
    role,
    !active
      ? 'deactivated'
      : !awaited
        ? ''
        : isInvited(address)
          ? 'invited, not here yet'
          : '! awaited, and not invited',
  ]);
  const open = (invites ?? [])
    .filter(({ email: to }) => to === null || !users.some((one) => isSame(one.email, to)))
    .map(({ id, email: to, role, expiresAt }) => [
      to ?? 'whoever has the link',
      '',
      role,
      `invited until ${moment(expiresAt, io.now())}, ${id}`,
    ]);
  const uninvited = users.some((one) => one.active && one.awaited && !isInvited(one.email));
  return {
    text: columns([...rows, ...open]),
    data: { people: users, invites },
    exitCode: uninvited ? EXIT.attention : EXIT.ok,
  };
}

/** Invites addresses, or everybody whom an import named and who has no open invite; prints each one's link. */
export async function invitePeople(
  api: Api,
  addresses: readonly string[],
  { awaited = false, role }: InviteOptions,
): Promise<Outcome> {
  if (awaited === addresses.length > 0)
    throw new CommandError(
      'Say whom: allclear people invite ADDRESS…, or --awaited for all who are awaited.',
      EXIT.usage,
    );
  const wrong = addresses.find((one) => !email.safeParse(one).success);
  if (wrong !== undefined) throw new CommandError(`${wrong} is not a mail address.`, EXIT.usage);
  const wanted = awaited
    ? await readAwaited(api)
    : addresses.map((address) => ({ email: address, role: 'member' as const }));
  if (wanted.length === 0) return { text: 'Everybody who is awaited has an open invite.', data: [] };
  const made: { email: string; role: AccessRole; url: string }[] = [];
  const refused: string[] = [];
  // One who is here already does not keep the others from being invited.
  for (const one of wanted) {
    try {
      const { url } = await api.call(createInvite, { body: { email: one.email, role: role ?? one.role } });
      made.push({ email: one.email, role: role ?? one.role, url });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 409) throw error;
      refused.push(`! ${one.email}: ${error.message}`);
    }
  }
  const rows = made.map((one) => [one.email, one.role, one.url]);
  return {
    text: [...(rows.length > 0 ? [columns(rows)] : []), ...refused].join('\n'),
    data: made,
    ...(made.length > 0 ? { aside: `${count(made.length, 'link')}, shown only now; each holds for 7 days.` } : {}),
    exitCode: refused.length > 0 ? EXIT.failed : EXIT.ok,
  };
}

/** Withdraws open invites, by address or id. */
export async function withdrawInvites(api: Api, names: readonly string[]): Promise<Outcome> {
  const invites = await readInvites(api);
  const found = names.map((name) => {
    const same = invites.filter(({ id, email: to }) => id === name || isSame(to ?? '', name));
    if (same.length === 0) throw new CommandError(`There is no open invite ${name}.`);
    return same;
  });
  const ids = [...new Set(found.flat().map(({ id }) => id))];
  for (const id of ids) await api.call(revokeInvite, { params: { id } });
  return { text: names.map((name) => `The invite of ${name} is withdrawn.`).join('\n'), data: { ids } };
}

/** Changes what somebody may do. */
export async function setRole(api: Api, name: string, role: AccessRole): Promise<Outcome> {
  const id = (await readBook(api, 'person')).idOf('person', name);
  const after = await api.call(changeAccessRole, { params: { id }, body: { role } });
  return { text: `${after.name} is ${after.role} from now on.`, data: after };
}

/** Deactivates somebody, and says what that changes; with `dryRun` it only says it. Their history stays. */
export async function removePerson(api: Api, name: string, { dryRun = false }: RemoveOptions): Promise<Outcome> {
  const book = await readBook(api, 'person');
  const id = book.idOf('person', name);
  const { allowed, refusal, consequences } = await api.call(previewDeactivation, { params: { id } });
  if (!allowed) throw new CommandError(refusal ?? `${name} cannot be deactivated.`);
  if (dryRun) {
    const lines = [...consequences, 'Nothing is changed: this was a dry run.'];
    return { text: lines.join('\n'), data: { consequences }, exitCode: EXIT.attention };
  }
  const after = await api.call(deactivateUser, { params: { id } });
  return {
    text: [`${after.name} is deactivated: signed out, and never paged.`, ...consequences].join('\n'),
    data: { ...after, consequences },
  };
}

export async function restorePerson(api: Api, name: string): Promise<Outcome> {
  const id = (await readBook(api, 'person')).idOf('person', name);
  const after = await api.call(reactivateUser, { params: { id } });
  return { text: `${after.name} may sign in again; their API keys stay revoked.`, data: after };
}

async function readAwaited(api: Api) {
  const [users, invites] = await Promise.all([readUsers(api), readInvites(api)]);
  return users.filter(
    (one) => one.active && one.awaited && !invites.some(({ email: to }) => isSame(to ?? '', one.email)),
  );
}

const readUsers = (api: Api) => everyOne((query) => api.call(listUsers, { query }));
const readInvites = (api: Api) => everyOne((query) => api.call(listInvites, { query }));

/** Open invites are shown to admins. */
function noneIfHidden(error: unknown): null {
  if (error instanceof ApiProblem && error.status === 403) return null;
  throw error;
}

function isSame(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
