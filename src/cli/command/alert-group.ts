import { actOnIncidentAlerts, listIncidentFolds } from '#declare/contract';
import {
  actOnExplained,
  actOnGroup,
  type AlertFoldsView,
  type AlertFoldView,
  type AlertView,
  type FoldAct,
  foldAct,
  type foldBy,
  listAlerts,
  listExplainedFolds,
  listGroupFolds,
} from '#detect/contract';
import type { RouteArguments, RouteResult } from '#kernel/route.ts';
import type { z } from 'zod';
import type { Api } from '../api.ts';
import { everyOne } from '../book.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment, nearest, shortened } from '../text.ts';
import { endOf } from '../time.ts';
import { findAlert } from './find-alert.ts';
import { findIncident } from './find.ts';

export const GROUP_ACTS = foldAct.options.map((option) => option.shape.act.value);

export type AlertGroupOptions = {
  readonly by?: z.output<typeof foldBy>;
  readonly row?: string;
  readonly all?: boolean;
  readonly ids?: boolean;
  readonly for?: string;
  readonly until?: string;
  readonly text?: string;
};

/** A list of alerts that belong together: of a group or a storm, of an incident, or what one alert explains. */
type Whole = { readonly groupId: string } | { readonly incidentId: string } | { readonly explainedBy: string };

const MOST = 50;
const LONGEST_TITLE = 60;

/** Alerts that ask as one, in rows of what they have in common; the alerts of a row; or one act for all of a row. */
export async function alertGroup(
  api: Api,
  io: Io,
  name: string,
  act: FoldAct['act'] | undefined,
  options: AlertGroupOptions,
): Promise<Outcome> {
  const whole = await findWhole(api, name);
  const first = await readFolds(api, whole, { by: options.by });
  if (act !== undefined) return await actOn(api, io, whole, first, act, options);
  if (options.row !== undefined)
    return await rowOf(api, io, whole, await findRow(api, whole, first, options.row), options);
  if (options.ids === true) return await idsOf(api, whole, {});
  const rows = first.items.map((row) => line(row, first.by, io.now()));
  const rest = first.nextCursor === null ? [] : ['… and further rows; --json has all of them.'];
  const data = { ...first, items: await everyRow(api, whole, first), nextCursor: null };
  return { text: [first.why, columns(rows), ...rest].filter(Boolean).join('\n'), data };
}

/** A group by its id, or by an alert of it; what an alert explains by that alert; an incident by its reference. */
async function findWhole(api: Api, name: string): Promise<Whole> {
  if (name.startsWith('grp_')) return { groupId: name };
  if (/^(inc[-_]|\d+$)/i.test(name)) return { incidentId: (await findIncident(api, name)).id };
  const { id, groupId, explains } = await findAlert(api, name);
  if (groupId !== null) return { groupId };
  if (explains !== null) return { explainedBy: id };
  throw new CommandError(
    `${id} asks for itself: it is in no group, and explains no other. See: allclear alert show ${id}`,
  );
}

function readFolds(
  api: Api,
  whole: Whole,
  { by, cursor }: { readonly by?: AlertFoldsView['by'] | undefined; readonly cursor?: string },
): Promise<AlertFoldsView> {
  const query = { limit: MOST, ...(by === undefined ? {} : { by }), ...(cursor === undefined ? {} : { cursor }) };
  if ('groupId' in whole) return api.call(listGroupFolds, { params: { id: whole.groupId }, query });
  if ('incidentId' in whole) return api.call(listIncidentFolds, { params: { id: whole.incidentId }, query });
  return api.call(listExplainedFolds, { params: { id: whole.explainedBy }, query });
}

async function everyRow(api: Api, whole: Whole, first: AlertFoldsView): Promise<AlertFoldView[]> {
  const rows = [...first.items];
  for (let cursor = first.nextCursor; cursor !== null;) {
    const list = await readFolds(api, whole, { by: first.by, cursor });
    rows.push(...list.items);
    cursor = list.nextCursor;
  }
  return rows;
}

/** A row by its id or by what stands in it; `none` is the one of which nothing is known. */
async function findRow(api: Api, whole: Whole, first: AlertFoldsView, name: string): Promise<AlertFoldView> {
  const rows = await everyRow(api, whole, first);
  const wanted = name.trim().toLowerCase();
  const named = rows.filter(
    (row) => row.id === name || row.name?.toLowerCase() === wanted || (wanted === 'none' && row.id.endsWith('_none')),
  );
  const [row] = named;
  if (row === undefined) {
    const near = nearest(name, rows, (one) => (one.name === null ? [] : [one.name]));
    const hint = near.length === 0 ? '' : ` Nearest: ${near.map((one) => one.name ?? one.id).join(', ')}.`;
    throw new CommandError(`There is no row ${name} in this list, folded by ${first.by}.${hint}`);
  }
  if (named.length > 1)
    throw new CommandError(`${name} names several rows: ${named.map(({ id }) => id).join(', ')}. Say which by its id.`);
  return row;
}

function line(row: AlertFoldView, by: AlertFoldsView['by'], now: Date): string[] {
  const { states, severities, count: all } = row;
  const of = (figures: Readonly<Record<string, number>>) =>
    Object.entries(figures)
      .flatMap(([word, number]) => (number === 0 ? [] : [`${number} ${word}`]))
      .join(', ');
  const name = row.at !== null ? moment(row.at, now) : (row.name ?? `no ${by === 'dependency' ? 'service' : by} known`);
  return [
    String(all),
    row.isCause ? `${name} (${count(row.services, 'service')} affected)` : name,
    of(states),
    of(severities),
    `last ${moment(row.lastAt, now)}`,
    row.id,
    shortened(row.title, LONGEST_TITLE),
  ];
}

async function rowOf(api: Api, io: Io, whole: Whole, row: AlertFoldView, { ids }: AlertGroupOptions): Promise<Outcome> {
  if (ids === true) return await idsOf(api, whole, { fold: row.id });
  const items = await alertsIn(api, whole, { fold: row.id });
  const rows = items
    .slice(0, MOST)
    .map((one) => [
      one.id,
      one.severity,
      one.quiet === null ? one.state : `${one.state}, ${one.quiet}`,
      moment(one.firstSeenAt, io.now()),
      one.title,
    ]);
  const rest = items.length > MOST ? [`… and ${items.length - MOST} more; --json and --ids have all of them.`] : [];
  return { text: [columns(rows), ...rest].join('\n'), data: items };
}

async function idsOf(api: Api, whole: Whole, row: { readonly fold?: string }): Promise<Outcome> {
  const ids = (await alertsIn(api, whole, row)).filter(({ state }) => state !== 'closed').map(({ id }) => id);
  return { text: ids.join('\n'), data: ids };
}

function alertsIn(api: Api, whole: Whole, row: { readonly fold?: string }): Promise<AlertView[]> {
  return everyOne((page) => api.call(listAlerts, { query: { ...page, ...whole, ...row } }));
}

function actOnce(
  api: Api,
  whole: Whole,
  body: RouteArguments<typeof actOnGroup>['body'],
): Promise<RouteResult<typeof actOnGroup>> {
  if ('groupId' in whole) return api.call(actOnGroup, { params: { id: whole.groupId }, body });
  if ('incidentId' in whole) return api.call(actOnIncidentAlerts, { params: { id: whole.incidentId }, body });
  return api.call(actOnExplained, { params: { id: whole.explainedBy }, body });
}

async function actOn(
  api: Api,
  io: Io,
  whole: Whole,
  first: AlertFoldsView,
  act: FoldAct['act'],
  options: AlertGroupOptions,
): Promise<Outcome> {
  if ((options.row === undefined) === (options.all !== true))
    throw new CommandError(`Say which row, or all of them: allclear alert group … ${act} --row db-1`, EXIT.usage);
  const row = options.row === undefined ? null : await findRow(api, whole, first, options.row);
  const does = actOf(io, act, options);
  const outcome = { done: 0, refused: 0, refusals: new Array<{ alertId: string; code: string; message: string }>() };
  for (let after: string | null = ''; after !== null;) {
    const body: RouteArguments<typeof actOnGroup>['body'] = {
      do: does,
      ...(row === null ? {} : { fold: row.id }),
      ...(first.newestId === null ? {} : { untilId: first.newestId }),
      ...(after === '' ? {} : { after }),
    };
    const answer = await actOnce(api, whole, body);
    outcome.done += answer.done;
    outcome.refused += answer.refused;
    outcome.refusals.push(...answer.refusals);
    after = answer.next;
  }
  const refused = outcome.refusals.slice(0, 10).map(({ alertId, message }) => [alertId, `refused: ${message}`]);
  const total = outcome.refused === 0 ? '' : `, refused for ${outcome.refused}`;
  return {
    text: [`Done for ${count(outcome.done, 'alert')}${total}.`, columns(refused)].filter(Boolean).join('\n'),
    data: outcome,
    exitCode: outcome.refused === 0 ? EXIT.ok : EXIT.failed,
  };
}

function actOf(io: Io, act: FoldAct['act'], options: AlertGroupOptions): FoldAct {
  switch (act) {
    case 'snooze': {
      const until = endOf(options, io.now(), io.now(), 'allclear alert group … snooze --row db-1 --for 2h');
      return { act, until: until.toISOString() };
    }
    case 'note':
      if (options.text === undefined)
        throw new CommandError('Say what to write: allclear alert group … note --row db-1 --text "…"', EXIT.usage);
      return { act, body: options.text };
    case 'dismiss':
      return { act, ...(options.text === undefined ? {} : { reason: options.text }) };
    case 'acknowledge':
    case 'unacknowledge':
    case 'close':
      return { act };
    default:
      return act satisfies never;
  }
}
