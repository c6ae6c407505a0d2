import {
  type DrillEvery,
  type DrillPlanView,
  type DrillView,
  endDrillRoute,
  listDrills,
  readDrillPlan,
  readDrillRoute,
  saveDrillPlan,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';
import { drillLines, exitOf } from './drill.ts';

export type DrillPlanOptions = {
  readonly every?: DrillEvery;
  readonly on?: string;
  readonly at?: string;
  readonly never?: boolean;
};

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const USUAL = { every: 'week', weekday: 2, atTime: '10:30' } as const;

/** Drills, the newest first, with how many answered. */
export async function drills(api: Api, io: Io): Promise<Outcome> {
  const { items } = await api.call(listDrills, { query: { limit: 50 } });
  const rows = items.map(({ id, startedAt, title, people }) => [
    id,
    moment(startedAt, io.now()),
    `${people.filter(({ state }) => state === 'answered').length} of ${count(people.length, 'person', 'people')} answered`,
    title,
  ]);
  return { text: rows.length === 0 ? 'There was no drill.' : columns(rows), data: items };
}

/** One drill, person by person; without a name the newest. Exit code 3 when somebody missed theirs. */
export async function showDrill(api: Api, name: string | undefined): Promise<Outcome> {
  const drill = await findDrill(api, name);
  return { text: [drill.title, drillLines(drill)].join('\n'), data: drill, exitCode: exitOf(drill.people) };
}

export async function endDrill(api: Api, name: string | undefined): Promise<Outcome> {
  const { id } = await findDrill(api, name);
  const after = await api.call(endDrillRoute, { params: { id } });
  return { text: [`${after.title}: ended.`, drillLines(after)].join('\n'), data: after };
}

/** When everybody on call is drilled by itself; with options, set. */
export async function drillPlan(api: Api, io: Io, options: DrillPlanOptions): Promise<Outcome> {
  const { every, on, at, never } = options;
  if (never === true) {
    const saved = await api.call(saveDrillPlan, { body: { plan: null } });
    return { text: 'Nobody is drilled by itself any more.', data: saved };
  }
  const before = await api.call(readDrillPlan, {});
  if (every === undefined && on === undefined && at === undefined)
    return { text: planWords(before.plan, io), data: before };
  const saved = await api.call(saveDrillPlan, {
    body: {
      plan: {
        every: every ?? before.plan?.every ?? USUAL.every,
        weekday: on === undefined ? (before.plan?.weekday ?? USUAL.weekday) : weekdayOf(on),
        atTime: at ?? before.plan?.atTime ?? USUAL.atTime,
      },
    },
  });
  return { text: planWords(saved.plan, io), data: saved };
}

/** By id or the end of it, among the newest. */
async function findDrill(api: Api, name: string | undefined): Promise<DrillView> {
  if (name !== undefined && /^drl_[0-9a-z]{20,}$/.test(name)) return api.call(readDrillRoute, { params: { id: name } });
  const { items } = await api.call(listDrills, { query: { limit: 200 } });
  const end = name?.toLowerCase().replace(/^drl_/, '');
  const found = end === undefined ? items.slice(0, 1) : items.filter(({ id }) => id.endsWith(end));
  const [only, ...others] = found;
  if (!only)
    throw new CommandError(
      name === undefined ? 'There was no drill.' : `There is no drill ${name}. See: allclear drill list.`,
    );
  if (others.length > 0)
    throw new CommandError(`${name} is the end of several: ${found.map(({ id }) => id).join(', ')}. Say which.`);
  return only;
}

function planWords(plan: DrillPlanView | null, io: Io): string {
  if (plan === null)
    return 'Nobody is drilled by itself. Plan it: allclear drill plan --every week --on tue --at 10:30';
  const day = WEEKDAYS[plan.weekday - 1] ?? '';
  const name = day.charAt(0).toUpperCase() + day.slice(1);
  const when = plan.every === 'week' ? `every ${name}` : `on the first ${name} of each month`;
  return `Everybody on call is drilled ${when} at ${plan.atTime}, ${plan.timeZone}; next ${moment(plan.nextAt, io.now())}.`;
}

function weekdayOf(text: string): number {
  const wanted = text.trim().toLowerCase();
  const at = wanted.length < 2 ? -1 : WEEKDAYS.findIndex((day) => day.startsWith(wanted));
  if (at < 0) throw new CommandError(`--on ${text} is no day of the week; expected one such as tue.`, EXIT.usage);
  return at + 1;
}
