import { formatDuration, secondsBetween } from '#kernel/duration.ts';
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
  type FinalScheduleView,
  listSchedules,
  previewSchedule,
  type ScheduleView,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import { readDocument, writeYaml } from '../document/file.ts';
import { idWhereNeeded, isSame, matchAll } from '../document/match.ts';
import { scheduleFromFile, schedulesFile, scheduleToFile } from '../document/schedules.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';
import { instantOf, timeOf } from '../time.ts';

export type ApplySchedulesOptions = {
  readonly dryRun?: boolean;
  readonly prune?: boolean;
  readonly holdsFrom?: string;
};

export type PreviewOptions = { readonly from?: string; readonly to?: string; readonly holdsFrom?: string };

/** Schedules as YAML, with names in the place of ids; without a name all of them. */
export async function exportSchedules(api: Api, name: string | undefined): Promise<Outcome> {
  const [items, book] = await Promise.all([readSchedules(api), readBook(api, 'schedule', 'person')]);
  const only = name === undefined ? null : book.idOf('schedule', name);
  const file = {
    schedules: items
      .filter(({ id }) => only === null || id === only)
      .map((one) => ({ ...idWhereNeeded(one, items), ...scheduleToFile(one, book) })),
  };
  return {
    text: writeYaml('On-call schedules of Allclear. Apply with: allclear schedules apply FILE', file),
    data: file,
  };
}

/**
 * Makes schedules what a file says, each by its name or id, as new versions; those that it does not name stay, unless `prune`. With
 * `dryRun` it says what would change, changes nothing, and exits with 3 when something would.
 */
export async function applySchedules(api: Api, io: Io, file: string, options: ApplySchedulesOptions): Promise<Outcome> {
  const [document, items, book] = await Promise.all([
    readDocument(io, file, schedulesFile),
    readSchedules(api),
    readBook(api, 'person'),
  ]);
  const effectiveFrom = effectiveIn(options.holdsFrom, io);
  // All of the file is understood before the first schedule is written.
  const matched = matchAll('schedule', document.schedules, items);
  const plans = document.schedules.map((written, i) => planOf(scheduleFromFile(written, book), matched[i], book));
  const gone = options.prune === true ? items.filter((item) => !matched.includes(item)) : [];
  const changes = [
    ...gone.map(({ name }) => `- ${name}`),
    ...plans.flatMap(({ mark, draft }) => (mark === '=' ? [] : [`${mark} ${draft.name}`])),
  ];
  if (changes.length === 0) return { text: 'The schedules are what the file says.', data: { changes, applied: false } };
  if (options.dryRun === true)
    return {
      text: [...changes, 'Nothing is changed: this was a dry run.'].join('\n'),
      data: { changes, applied: false },
      exitCode: EXIT.attention,
    };
  for (const { mark, draft, same } of plans) {
    if (same === undefined) await api.call(createSchedule, { body: { ...draft, ...effectiveFrom } });
    else if (mark === '~')
      await api.call(changeSchedule, {
        params: { id: same.id },
        body: { ...draft, ...effectiveFrom, version: same.version },
      });
  }
  for (const { id } of gone) await api.call(deleteSchedule, { params: { id } });
  return { text: [...changes, 'What was before stays as it was.'].join('\n'), data: { changes, applied: true } };
}

/** What schedules in a file would come to, shift by shift; writes nothing. Exit code 3 when one of them has a gap. */
export async function previewSchedules(
  api: Api,
  io: Io,
  file: string,
  name: string | undefined,
  options: PreviewOptions,
): Promise<Outcome> {
  const [document, items, book] = await Promise.all([
    readDocument(io, file, schedulesFile),
    readSchedules(api),
    readBook(api, 'person'),
  ]);
  const wanted = document.schedules.filter((one) => name === undefined || isSame(one.name, name));
  if (wanted.length === 0)
    throw new CommandError(name === undefined ? `${file} names no schedule.` : `${file} names no schedule ${name}.`);
  const matched = matchAll('schedule', wanted, items);
  const drafts = wanted.map((one) => scheduleFromFile(one, book));
  const previews: (FinalScheduleView & { readonly name: string })[] = [];
  for (const [i, draft] of drafts.entries()) {
    const same = matched[i];
    const final = await api.call(previewSchedule, {
      body: {
        ...draft,
        ...effectiveIn(options.holdsFrom, io),
        ...instantOf('from', options.from, io.now()),
        ...instantOf('to', options.to, io.now()),
        ...(same === undefined ? {} : { scheduleId: same.id }),
      },
    });
    previews.push({ name: draft.name, ...final });
  }
  return {
    text: previews
      .map((one) => [`${one.name}, ${one.timeZone}`, shiftLines(one, book, io.now())].join('\n'))
      .join('\n\n'),
    data: previews,
    exitCode: previews.some(({ gaps }) => gaps.length > 0) ? EXIT.attention : EXIT.ok,
  };
}

/** Who is on call when, in lines; gaps are counted at the end. */
export function shiftLines(
  { shifts, gaps }: Pick<FinalScheduleView, 'shifts' | 'gaps'>,
  book: Book,
  now: Date,
): string {
  const rows = shifts.map(({ startsAt, endsAt, userIds, gap }) => [
    moment(startsAt, now),
    formatDuration(secondsBetween(new Date(startsAt), new Date(endsAt))),
    gap ? `nobody: ${gap.reason}` : userIds.map(book.titleOf).join(', '),
  ]);
  return [columns(rows, '  '), ...(gaps.length > 0 ? [`! ${count(gaps.length, 'gap')}`] : [])].join('\n');
}

/** From when a version holds; now when nothing is said. */
export function effectiveIn(text: string | undefined, io: Io): { effectiveFrom?: string } {
  return text === undefined ? {} : { effectiveFrom: timeOf('holds-from', text, io.now()).toISOString() };
}

function planOf(draft: ReturnType<typeof scheduleFromFile>, same: ScheduleView | undefined, book: Book) {
  const equal =
    same !== undefined && JSON.stringify(scheduleToFile(same, book)) === JSON.stringify(scheduleToFile(draft, book));
  return { draft, same, mark: same === undefined ? '+' : equal ? '=' : '~' } as const;
}

function readSchedules(api: Api): Promise<ScheduleView[]> {
  return everyOne((query) => api.call(listSchedules, { query }));
}
