import { type ChannelKind, channelKind } from '#delivery/contract';
import { formatDuration } from '#kernel/duration.ts';
import {
  changeNotificationRule,
  type ContactMethodView,
  createContactMethod,
  createNotificationRule,
  deleteContactMethod,
  deleteNotificationRule,
  listContactMethods,
  listNotificationRules,
  rotateSigningSecret,
  testContactMethod,
  type Urgency,
  verifyContactMethod,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { everyOne, readBook } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns } from '../text.ts';
import { lengthOf } from '../time.ts';

export type WhoseOptions = { readonly person?: string };
export type AddContactOptions = { readonly label?: string };
export type RuleOptions = { readonly urgency: Urgency; readonly after: readonly string[] };

/** The kinds that can be added from a terminal: a browser subscribes by itself. */
export const CONTACT_KINDS = channelKind.exclude(['webpush']).options;

/** How a person is reached; without a name, yourself. Exit code 3 when a page by one of them would not arrive. */
export async function contacts(api: Api, options: WhoseOptions): Promise<Outcome> {
  const items = await readContacts(api, await idOf(api, options));
  const rows = items.map(({ id, kind, address, label, verifiedAt, problem }) => [
    id,
    kind,
    label === null ? address : `${label} (${address})`,
    verifiedAt === null ? 'not verified' : 'verified',
    problem === null ? '' : `! ${problem}`,
  ]);
  return {
    text: rows.length === 0 ? 'There is no contact method; nothing can page.' : columns(rows),
    data: items,
    exitCode: items.length === 0 || items.some(({ problem }) => problem !== null) ? EXIT.attention : EXIT.ok,
  };
}

/** Adds a way to reach you; a code is sent there. The access token of an ntfy topic is read from the environment. */
export async function addContact(
  api: Api,
  io: Io,
  kind: Exclude<ChannelKind, 'webpush'>,
  address: string | undefined,
  options: AddContactOptions,
): Promise<Outcome> {
  if (address === undefined && kind !== 'telegram')
    throw new CommandError(`Say where: allclear contacts add ${kind} ADDRESS`, EXIT.usage);
  const accessToken = io.env['ALLCLEAR_CONTACT_TOKEN'];
  const made = await api.call(createContactMethod, {
    body: {
      kind,
      ...(address === undefined ? {} : { address }),
      ...(options.label === undefined ? {} : { label: options.label }),
      ...(accessToken === undefined || kind !== 'ntfy' ? {} : { accessToken }),
    },
  });
  const lines = [
    made.startUrl === null
      ? `A code is sent to ${made.address}. Enter it: allclear contacts verify ${made.id} CODE`
      : `Open ${made.startUrl} and press Start.`,
    ...(made.signingSecret === null ? [] : [`Its messages are signed with ${made.signingSecret}, shown only now.`]),
    ...(made.problem === null || made.verifiedAt === null ? [] : [`! ${made.problem}`]),
  ];
  return { text: lines.join('\n'), data: made };
}

/** Enters the code that arrived. */
export async function verifyContact(api: Api, name: string, code: string): Promise<Outcome> {
  const { id } = await findContact(api, name);
  const after = await api.call(verifyContactMethod, { params: { id }, body: { code } });
  return {
    text: `Pages use ${after.kind} to ${after.address} from now on.`,
    data: after,
    exitCode: after.problem === null ? EXIT.ok : EXIT.attention,
  };
}

/** Sends a test message now; to one that is not verified a new code. Exit code 1 when it did not arrive. */
export async function testContact(api: Api, name: string): Promise<Outcome> {
  const { id } = await findContact(api, name);
  const result = await api.call(testContactMethod, { params: { id } });
  return { text: result.message, data: result, exitCode: result.ok ? EXIT.ok : EXIT.failed };
}

export async function removeContact(api: Api, name: string): Promise<Outcome> {
  const { id, kind, address } = await findContact(api, name);
  await api.call(deleteContactMethod, { params: { id } });
  return { text: `${kind} to ${address} is removed, with its rules.`, data: { id } };
}

/** Makes a new signing secret for a webhook, and prints it alone. */
export async function rotateSecret(api: Api, name: string): Promise<Outcome> {
  const { id } = await findContact(api, name);
  const made = await api.call(rotateSigningSecret, { params: { id } });
  return { text: made.signingSecret, data: made, aside: 'For a day messages carry both signatures.' };
}

/** When and by what a person is told, by urgency; without a name, yourself. */
export async function rules(api: Api, options: WhoseOptions): Promise<Outcome> {
  const userId = await idOf(api, options);
  const [items, methods] = await Promise.all([
    everyOne((page) => api.call(listNotificationRules, { query: { ...page, ...userId } })),
    // Of others only admins may see the addresses; their rules have ids then.
    options.person === undefined ? readContacts(api, {}) : readContacts(api, userId).catch(() => []),
  ]);
  const sorted = items.toSorted((a, b) => a.urgency.localeCompare(b.urgency) || a.delaySeconds - b.delaySeconds);
  const rows = sorted.map(({ id, urgency, delaySeconds, contactMethodId }) => {
    const method = methods.find((one) => one.id === contactMethodId);
    return [
      id,
      urgency,
      whenOf(delaySeconds),
      method === undefined ? contactMethodId : `${method.kind} to ${method.address}`,
    ];
  });
  return { text: rows.length === 0 ? 'There is no rule; nothing is sent.' : columns(rows), data: sorted };
}

/**
 * Lets one of your contact methods tell of pages of an urgency at these times, and at no others: what is not wanted any more
 * is moved or removed.
 */
export async function setRule(api: Api, contact: string, { urgency, after }: RuleOptions): Promise<Outcome> {
  const { id, kind, address } = await findContact(api, contact);
  const wanted = new Set((after.length === 0 ? ['0s'] : after).map((one) => lengthOf('after', one)));
  const items = await everyOne((page) => api.call(listNotificationRules, { query: page }));
  const own = items.filter((rule) => rule.contactMethodId === id && rule.urgency === urgency);
  const rules = own.filter(({ delaySeconds }) => wanted.has(delaySeconds));
  const surplus = own.filter((rule) => !rules.includes(rule));
  for (const delaySeconds of wanted) {
    if (rules.some((rule) => rule.delaySeconds === delaySeconds)) continue;
    const moved = surplus.shift();
    rules.push(
      moved === undefined
        ? await api.call(createNotificationRule, { body: { contactMethodId: id, urgency, delaySeconds } })
        : await api.call(changeNotificationRule, { params: { id: moved.id }, body: { delaySeconds } }),
    );
  }
  for (const rule of surplus) await api.call(deleteNotificationRule, { params: { id: rule.id } });
  const sorted = rules.toSorted((a, b) => a.delaySeconds - b.delaySeconds);
  const rows = sorted.map((rule) => [rule.id, urgency, whenOf(rule.delaySeconds), `${kind} to ${address}`]);
  return { text: columns(rows), data: sorted };
}

export async function removeRules(api: Api, ids: readonly string[]): Promise<Outcome> {
  for (const id of ids) await api.call(deleteNotificationRule, { params: { id } });
  return { text: ids.map((id) => `${id} is removed.`).join('\n'), data: { ids } };
}

/** One of your own, by id, address, label or kind. */
async function findContact(api: Api, name: string): Promise<ContactMethodView> {
  const items = await readContacts(api, {});
  const wanted = name.trim().toLowerCase();
  const isNamed = ({ id, address, label, kind }: ContactMethodView) =>
    id === name || [address, label, kind].some((one) => one?.toLowerCase() === wanted);
  const [only, ...others] = items.filter(isNamed);
  if (others.length > 0 && only)
    throw new CommandError(
      `${name} names several: ${[only, ...others].map(({ id }) => id).join(', ')}. Say which by its id.`,
    );
  if (only) return only;
  const there = items.map(({ kind, address }) => `${kind} to ${address}`).join(', ');
  throw new CommandError(`You have no contact method ${name}.${there === '' ? '' : ` There are: ${there}.`}`);
}

async function idOf(api: Api, { person }: WhoseOptions): Promise<{ userId?: string }> {
  return person === undefined ? {} : { userId: (await readBook(api, 'person')).idOf('person', person) };
}

function readContacts(api: Api, whose: { userId?: string }): Promise<ContactMethodView[]> {
  return everyOne((page) => api.call(listContactMethods, { query: { ...page, ...whose } }));
}

function whenOf(delaySeconds: number): string {
  return delaySeconds === 0 ? 'at once' : `after ${formatDuration(delaySeconds)}`;
}
