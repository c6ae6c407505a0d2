import {
  acceptCover,
  askForCover,
  type CoverRequestView,
  declineCover,
  listCoverRequests,
  withdrawCover,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';
import { endOf, timeOf } from '../time.ts';

export type CoverOptions = {
  readonly from: string;
  readonly for?: string;
  readonly until?: string;
  readonly of?: string;
  readonly returnFrom?: string;
  readonly returnUntil?: string;
  readonly note?: string;
};

/** Requests for cover whose time is not over, the newest first. */
export async function cover(api: Api, io: Io, { schedule }: { readonly schedule?: string }): Promise<Outcome> {
  const book = await readBook(api, 'person', 'schedule');
  const of = schedule === undefined ? {} : { scheduleId: book.idOf('schedule', schedule) };
  const items = await everyOne((page) => api.call(listCoverRequests, { query: { ...page, ...of } }));
  const rows = items.map((request) => row(request, io.now(), book));
  return { text: rows.length === 0 ? 'Nobody asks for cover.' : columns(rows), data: items };
}

/** Asks one person, or whoever takes part in the schedule, to take one's place; with a span in return it is a swap. */
export async function requestCover(api: Api, io: Io, schedule: string, options: CoverOptions): Promise<Outcome> {
  const now = io.now();
  const startsAt = timeOf('from', options.from, now);
  const endsAt = endOf(options, startsAt, now, 'allclear cover ask Primary --from "sat 09:00" --for 1d');
  const inReturn = returnOf(options, now);
  const book = await readBook(api, 'person', 'schedule');
  const made = await api.call(askForCover, {
    params: { id: book.idOf('schedule', schedule) },
    body: {
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      ...(options.of === undefined ? {} : { askedUserId: book.idOf('person', options.of) }),
      ...(inReturn === null ? {} : { inReturn }),
      ...(options.note === undefined ? {} : { note: options.note }),
    },
  });
  const asked = made.askedUserId === null ? 'Everybody in the schedule' : book.titleOf(made.askedUserId);
  return { text: `${asked} is asked: ${made.id}`, data: made };
}

const ANSWERS = {
  accept: { route: acceptCover, words: 'is accepted; the schedule is changed.' },
  decline: { route: declineCover, words: 'is declined.' },
  withdraw: { route: withdrawCover, words: 'is withdrawn.' },
} as const;

/** Accepts or declines what one is asked, or withdraws what one has asked. */
export async function answerCover(api: Api, act: keyof typeof ANSWERS, id: string): Promise<Outcome> {
  const { route, words } = ANSWERS[act];
  const request = await api.call(route, { params: { id } });
  return { text: `${request.id} ${words}`, data: request };
}

function returnOf({ returnFrom, returnUntil }: CoverOptions, now: Date) {
  if (returnFrom === undefined && returnUntil === undefined) return null;
  if (returnFrom === undefined || returnUntil === undefined)
    throw new CommandError('What is offered in return needs --return-from and --return-until.', EXIT.usage);
  return {
    startsAt: timeOf('return-from', returnFrom, now).toISOString(),
    endsAt: timeOf('return-until', returnUntil, now).toISOString(),
  };
}

function row(request: CoverRequestView, now: Date, book: Book): string[] {
  const { id, state, scheduleId, askedBy, askedUserId, startsAt, endsAt, inReturn, note } = request;
  return [
    id,
    state,
    book.titleOf(scheduleId),
    `${book.titleOf(askedBy)} asks ${askedUserId === null ? 'everybody' : book.titleOf(askedUserId)}`,
    `${moment(startsAt, now)} to ${moment(endsAt, now)}`,
    [
      ...(inReturn === null ? [] : [`for ${moment(inReturn.startsAt, now)} to ${moment(inReturn.endsAt, now)}`]),
      ...(note === null ? [] : [note]),
    ].join(', '),
  ];
}
