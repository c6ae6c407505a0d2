import { z } from 'zod';
import { instant } from '#kernel/schema.ts';
import { changeSeries, endSeries, planSeries, refuseRecurrence } from '../maintenance/change-series.ts';
import { changeMaintenance, endMaintenance, planMaintenance, refuseTimes } from '../maintenance/change-windows.ts';
import { createWindowBody } from '../maintenance/contract.ts';
import { createSeriesBody } from '../maintenance/series-contract.ts';
import type { MaintenanceSeries } from '../maintenance/series-store.ts';
import type { MaintenanceWindow } from '../maintenance/store.ts';
import { slugOf } from '../service/service.ts';
import type { Entry, Fields } from './entry.ts';
import { type Applying, below, differences, parseFields, type Scope, type Section, type Wanted } from './section.ts';

const named = z.string().trim().min(1, 'must not be empty').max(200);
const targets = { services: z.array(named).max(100).default([]), monitors: z.array(named).max(200).default([]) };
const ids = { serviceIds: true, monitorIds: true } as const;
/** A single window: in a file "now" would be another time at each apply, so its start is said. */
const single = createWindowBody.omit(ids).extend({ startsAt: instant, ...targets });
/** Whatever has a `repeat` comes again. */
const again = createSeriesBody
  .omit({ ...ids, timeZone: true })
  .extend({ timeZone: createSeriesBody.shape.timeZone.optional(), ...targets });

export const maintenanceSection: Section = {
  name: 'maintenance',
  parse: (value, key) => parseFields(Object.hasOwn(value, 'repeat') ? again : single, { title: key, ...value }, value),
  things: (here) => [
    ...here.windows
      .filter(({ seriesId }) => seriesId === null)
      .map((row) => ({
        id: row.id,
        name: row.title,
        slug: slugOf(row.title),
        over: row.endedAt !== null || row.endsAt <= here.now,
        state: (scope: Pick<Scope, 'labelOf'>) => windowState(row, scope),
        read: (entry: Entry, fields: Fields, scope: Scope) => readWindow(entry, fields, scope, row),
        remove: async (ctx: Applying['ctx']) => void (await endMaintenance(ctx, row.id)),
      })),
    ...here.series.map((row) => ({
      id: row.id,
      name: row.title,
      slug: slugOf(row.title),
      over: row.endedAt !== null,
      state: (scope: Pick<Scope, 'labelOf'>) => seriesState(row, scope),
      read: (entry: Entry, fields: Fields, scope: Scope) => readSeries(entry, fields, scope, row),
      remove: async (ctx: Applying['ctx']) => void (await endSeries(ctx, row.id)),
    })),
  ],
  create: (entry, fields, scope) =>
    Object.hasOwn(fields, 'repeat') ? readSeries(entry, fields, scope, null) : readWindow(entry, fields, scope, null),
};

type Of = { readonly serviceIds: readonly string[]; readonly monitorIds: readonly string[] };

const targetsOf = ({ serviceIds, monitorIds }: Of, { labelOf }: Pick<Scope, 'labelOf'>) => ({
  services: serviceIds.map(labelOf).toSorted(),
  monitors: monitorIds.map(labelOf).toSorted(),
});

function windowState(row: MaintenanceWindow, scope: Pick<Scope, 'labelOf'>): Fields {
  const { title, startsAt, endsAt } = row;
  return { title, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), ...targetsOf(row, scope) };
}

function seriesState(row: MaintenanceSeries, scope: Pick<Scope, 'labelOf'>): Fields {
  const { title, repeat, timeZone, durationSeconds, fromDate, untilDate } = row;
  return { title, repeat, timeZone, durationSeconds, fromDate, untilDate, ...targetsOf(row, scope) };
}

function readTargets(
  entry: Entry,
  wanted: { readonly services: readonly string[]; readonly monitors: readonly string[] },
  { refer, faults }: Scope,
) {
  const find = (section: 'services' | 'monitors') =>
    wanted[section].map((text, index) => refer(entry, [section, String(index)], section, text));
  const services = find('services');
  const monitors = find('monitors');
  if (services.length + monitors.length === 0) {
    faults.add(entry, ['services'], 'name at least one service or monitor');
    return null;
  }
  const all = (labels: readonly (string | null)[]) => [...new Set(labels.filter((one) => one !== null))].toSorted();
  if ([...services, ...monitors].includes(null)) return null;
  return { services: all(services), monitors: all(monitors) };
}

const idsOf = (
  of: { readonly services: readonly string[]; readonly monitors: readonly string[] },
  { idOf }: Applying,
) => ({
  serviceIds: of.services.map((label) => idOf('services', label)),
  monitorIds: of.monitors.map((label) => idOf('monitors', label)),
});

const isMoved = (roots: ReadonlySet<string>) => roots.has('services') || roots.has('monitors');

function readWindow(entry: Entry, given: Fields, scope: Scope, row: MaintenanceWindow | null): Wanted | null {
  const parsed = single.safeParse(given);
  if (!parsed.success) return otherSort(entry, scope);
  const { title } = parsed.data;
  const of = readTargets(entry, parsed.data, scope);
  if (of === null) return null;
  const startsAt = new Date(parsed.data.startsAt);
  const endsAt = new Date(parsed.data.endsAt);
  const state = { title, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), ...of };
  const isOver = row !== null && (row.endedAt !== null || row.endsAt <= scope.ctx.now);
  const changed = row === null || differences(windowState(row, scope), state).length > 0;
  if (changed && scope.faults.trying(entry, () => (refuseTimes(scope.ctx, startsAt, endsAt), true)) === null)
    return null;
  const starts = row !== null && row.startsAt <= scope.ctx.now && row.startsAt.getTime() !== startsAt.getTime();
  if (starts && !isOver) {
    scope.faults.add(entry, ['startsAt'], 'has begun already; only its end can still be moved');
    return null;
  }
  return {
    name: title,
    state,
    secrets: [],
    write: async (applying, roots) => {
      const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
      // One that is over stays in the books; the file means the next one.
      if (row === null || isOver)
        return (await planMaintenance(applying.ctx, { title, ...times, ...idsOf(of, applying) })).id;
      const change = { ...below({ title, ...times }, roots), ...(isMoved(roots) ? idsOf(of, applying) : {}) };
      await changeMaintenance(applying.ctx, row.id, change);
      return row.id;
    },
  };
}

function readSeries(entry: Entry, given: Fields, scope: Scope, row: MaintenanceSeries | null): Wanted | null {
  const parsed = again.safeParse(given);
  if (!parsed.success) return otherSort(entry, scope);
  const { title, repeat, durationSeconds, untilDate } = parsed.data;
  const of = readTargets(entry, parsed.data, scope);
  if (of === null) return null;
  const timeZone = parsed.data.timeZone ?? scope.here.timeZone;
  const fromDate = parsed.data.fromDate ?? row?.fromDate ?? today(scope.ctx.now, timeZone);
  const recurrence = { repeat, timeZone, durationSeconds, fromDate, untilDate };
  const state = { title, ...recurrence, ...of };
  const changed = row === null || differences(seriesState(row, scope), state).length > 0;
  if (changed && scope.faults.trying(entry, () => (refuseRecurrence(scope.ctx, recurrence), true)) === null)
    return null;
  return {
    name: title,
    state,
    secrets: [],
    write: async (applying, roots) => {
      if (row === null || row.endedAt !== null)
        return (await planSeries(applying.ctx, { title, ...recurrence, ...idsOf(of, applying) })).id;
      const change = { ...below({ title, ...recurrence }, roots), ...(isMoved(roots) ? idsOf(of, applying) : {}) };
      await changeSeries(applying.ctx, row.id, change);
      return row.id;
    },
  };
}

function otherSort(entry: Entry, { faults }: Scope): null {
  faults.add(
    entry,
    ['repeat'],
    'what is single here does not begin to repeat, nor the other way round; give it another key',
  );
  return null;
}

function today(now: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
