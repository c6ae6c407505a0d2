import { formatDuration, secondsBetween } from '#kernel/duration.ts';
import {
  acknowledgePageRoute,
  escalatePageRoute,
  listPages,
  type PageCause,
  type PageNoticeView,
  type PageState,
  type PageView,
  withdrawPageRoute,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { everyOne, readBook } from '../book.ts';
import type { Io, Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';
import { findPage, findPageToAnswer, pagesIn, pagesOfIncident } from './find-page.ts';

export type PageListOptions = {
  readonly state?: PageState;
  readonly all?: boolean;
  readonly incident?: string;
  readonly alert?: string;
  readonly ids?: boolean;
};

const CAUSES: Record<PageCause, string> = {
  alert: 'alert',
  incident: 'incident',
  'role-vacancy': 'vacancy',
  'by-hand': 'by hand',
  drill: 'drill',
};

type NameOf = (id: string) => string;

/** Pages, the newest first; without an option those that are not over. `ids`: only their ids, a line each. */
export async function pageList(api: Api, io: Io, options: PageListOptions): Promise<Outcome> {
  const items = await read(api, options);
  if (options.ids === true) return { text: items.map(({ id }) => id).join('\n'), data: items.map(({ id }) => id) };
  const { titleOf } = await readBook(api, 'person');
  const rows = items.map((page) => [
    page.id,
    page.state === 'acknowledged' && page.acknowledgedBy !== null
      ? `acknowledged by ${titleOf(page.acknowledgedBy)}`
      : page.state,
    page.severity ?? (page.urgency === 'low' ? 'low' : ''),
    moment(page.createdAt, io.now()),
    CAUSES[page.cause],
    page.title,
  ]);
  return { text: rows.length === 0 ? 'There is no such page.' : columns(rows), data: items };
}

/** One page: what it is about, how it stands, and every message that it sent. */
export async function showPage(api: Api, io: Io, name: string | undefined): Promise<Outcome> {
  const page = await findPage(api, name);
  const { titleOf } = await readBook(api, 'person');
  return { text: describe(page, io.now(), titleOf, api.url), data: page };
}

/** Says that whoever the key belongs to is on it. */
export async function acknowledge(
  api: Api,
  name: string | undefined,
  { takeCommand = false }: { readonly takeCommand?: boolean },
): Promise<Outcome> {
  const { id, title } = await findPageToAnswer(api, name);
  const after = await api.call(acknowledgePageRoute, { params: { id }, body: { takeCommand } });
  const whole = after.state === 'acknowledged';
  const said = whole
    ? after.cause === 'drill'
      ? 'The drill is passed.'
      : 'You are on it; nobody else is paged.'
    : 'Noted; it goes on until everybody who is asked has acknowledged.';
  return { text: `${title}: ${said}`, data: after };
}

/** Begins the next step now. */
export async function escalate(api: Api, name: string | undefined): Promise<Outcome> {
  const { id, title } = await findPage(api, name);
  const after = await api.call(escalatePageRoute, { params: { id } });
  const asked = namesIn(after.notices.filter(({ step, cycle }) => step === after.step && cycle === after.cycle));
  const whom = asked === '' ? 'nobody can be reached in it' : `it asks ${asked}`;
  return { text: `${title}: step ${after.step} has begun; ${whom}.`, data: after };
}

/** Ends a page that somebody sent by hand. */
export async function withdraw(api: Api, name: string | undefined): Promise<Outcome> {
  const { id, title } = await findPage(api, name, ['open', 'held', 'acknowledged']);
  const after = await api.call(withdrawPageRoute, { params: { id } });
  return { text: `${title}: withdrawn; whoever was paged is told.`, data: after };
}

async function read(api: Api, { state, all, incident, alert }: PageListOptions): Promise<PageView[]> {
  const wanted = (page: PageView) =>
    state === undefined ? all === true || page.state !== 'stopped' : page.state === state;
  if (incident !== undefined) return (await pagesOfIncident(api, incident)).filter(wanted);
  if (alert !== undefined)
    return (await everyOne((page) => api.call(listPages, { query: { ...page, alertId: alert } }))).filter(wanted);
  // What is over has no end: of that, the newest.
  if (all === true || state === 'stopped')
    return (await api.call(listPages, { query: { limit: 200, ...(state === undefined ? {} : { state }) } })).items;
  return pagesIn(api, state === undefined ? ['open', 'held', 'acknowledged'] : [state]);
}

function describe(page: PageView, now: Date, nameOf: NameOf, url: string): string {
  const { id, title, severity, urgency, cause, note, drill, notices, posts } = page;
  const told = [
    ...notices.map((one) => ({ ...one, whom: one.userName })),
    ...posts.map((one) => ({ ...one, whom: `the channel ${one.name}` })),
  ].toSorted((a, b) => a.at.localeCompare(b.at));
  const rows = told.map(({ whom, kind, step, cycle, at, state, why }) => [
    cycle > 1 ? `step ${step}, round ${cycle}` : `step ${step}`,
    whom,
    kind,
    moment(at, now),
    why === null ? state : `${state}: ${why}`,
  ]);
  return [
    [severity ?? urgency, title, ...(drill ? ['(drill)'] : [])].join('  '),
    `${CAUSES[cause]}, ${standing(page, now, nameOf)}`,
    ...(note === null ? [] : [note]),
    ...answersOf(page, now),
    ...(page.reachedNobody ? ['! None of it could be sent to anybody.'] : []),
    ...(rows.length === 0 ? [] : [columns(rows, '  ')]),
    `${url}/pages/${id}`,
  ].join('\n');
}

function answersOf({ acknowledgement, answers }: PageView, now: Date): string[] {
  if (acknowledgement === 'one') return [];
  const given = answers.map(({ userName, at }) => `${userName} ${moment(at, now)}`).join(', ') || 'nobody yet';
  return [`Everybody who is asked has to acknowledge; so far: ${given}.`];
}

function standing(page: PageView, now: Date, nameOf: NameOf): string {
  const { state, step, nextStepAt, nextUserIds, acknowledgedAt, acknowledgementEndsAt } = page;
  const by = page.acknowledgedBy === null ? 'somebody' : nameOf(page.acknowledgedBy);
  switch (state) {
    case 'held':
      return `waits for business hours, goes out ${moment(page.startsAt, now)}`;
    case 'open': {
      const whom = nextUserIds.map(nameOf).join(', ') || 'nobody';
      const next = nextStepAt === null ? 'no further step comes' : `next ${whom}, ${moment(nextStepAt, now)}`;
      return `open, in step ${step}; ${next}`;
    }
    case 'acknowledged': {
      const since = acknowledgedAt === null ? '' : `, ${moment(acknowledgedAt, now)}`;
      const again = acknowledgementEndsAt === null ? '' : `; it pages again ${moment(acknowledgementEndsAt, now)}`;
      return `acknowledged by ${by}${since}${again}`;
    }
    case 'stopped':
      return `over after ${lengthOf(page)}: ${page.stopReason ?? 'it was stopped'}`;
    default:
      return state satisfies never;
  }
}

function lengthOf({ createdAt, stoppedAt }: PageView): string {
  return formatDuration(secondsBetween(new Date(createdAt), new Date(stoppedAt ?? createdAt)));
}

function namesIn(notices: readonly PageNoticeView[]): string {
  return [...new Set(notices.map(({ userName }) => userName))].join(', ');
}
