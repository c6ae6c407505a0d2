import {
  type AbsenceEffectView,
  createAbsence,
  deleteAbsence,
  listAbsences,
  readAbsenceEffects,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';
import { endOf, timeOf } from '../time.ts';

export type AbsenceOptions = {
  readonly of?: string;
  readonly from?: string;
  readonly for?: string;
  readonly until?: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
};

/** Who is away, now or later. */
export async function absences(api: Api, io: Io, { person }: { readonly person?: string }): Promise<Outcome> {
  const book = await readBook(api, 'person');
  const of = person === undefined ? {} : { userId: book.idOf('person', person) };
  const items = await everyOne((page) => api.call(listAbsences, { query: { ...page, ...of } }));
  const rows = items.map(({ id, userId, startsAt, endsAt, reason }) => [
    id,
    book.titleOf(userId),
    `from ${moment(startsAt, io.now())}`,
    `until ${moment(endsAt, io.now())}`,
    reason ?? '',
  ]);
  return { text: rows.length === 0 ? 'Nobody is away.' : columns(rows), data: items };
}

/**
 * Says that somebody cannot be on call, and who is on call instead. Exit code 3 when nobody is in some of it. With `dryRun`
 * it only says what it would mean.
 */
export async function addAbsence(api: Api, io: Io, options: AbsenceOptions): Promise<Outcome> {
  const now = io.now();
  const startsAt = options.from === undefined ? now : timeOf('from', options.from, now);
  const endsAt = endOf(options, startsAt, now, 'allclear absences add --from "mon 00:00" --until 2026-12-24');
  const book = await readBook(api, 'person');
  const span = {
    ...(options.of === undefined ? {} : { userId: book.idOf('person', options.of) }),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  };
  const { made, effects } = await tell();
  const first = made
    ? `${made.id}: ${book.titleOf(made.userId)} is away until ${moment(made.endsAt, now)}.`
    : 'Nothing is changed: this was a dry run.';
  const holes = effects.filter(({ insteadIds }) => insteadIds.length === 0).length;
  const lines =
    effects.length === 0
      ? ['No shift falls into it.']
      : [
          columns(
            effects.map((effect) => row(effect, now, book)),
            '  ',
          ),
        ];
  const hint = holes > 0 ? [`! ${count(holes, 'shift')} would have nobody. Ask for cover: allclear cover ask`] : [];
  return {
    text: [first, ...lines, ...hint].join('\n'),
    data: made ?? { effects },
    exitCode: holes > 0 ? EXIT.attention : EXIT.ok,
  };

  async function tell() {
    if (options.dryRun === true)
      return { made: null, effects: (await api.call(readAbsenceEffects, { query: span })).effects };
    const why = options.reason === undefined ? {} : { reason: options.reason };
    const absence = await api.call(createAbsence, { body: { ...span, ...why } });
    return { made: absence, effects: absence.effects };
  }
}

/** Takes absences back; one that has begun ends now. */
export async function removeAbsences(api: Api, ids: readonly string[]): Promise<Outcome> {
  for (const id of ids) await api.call(deleteAbsence, { params: { id } });
  return { text: ids.map((id) => `${id} is taken back.`).join('\n'), data: { ids } };
}

function row({ scheduleName, startsAt, endsAt, insteadIds }: AbsenceEffectView, now: Date, book: Book): string[] {
  return [
    scheduleName,
    `${moment(startsAt, now)} to ${moment(endsAt, now)}`,
    insteadIds.length === 0 ? 'nobody instead' : insteadIds.map(book.titleOf).join(', '),
  ];
}
