import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { line } from '#kernel/schema.ts';
import { isCheckable } from '../monitor/check-spec.ts';
import { createMonitorBody, editMonitorBody } from '../monitor/contract.ts';
import { createMonitor, refuseHere, sorted } from '../monitor/create-monitor.ts';
import { changedQuestion, editMonitor } from '../monitor/edit-monitor.ts';
import { openSecrets } from '../monitor/open-secrets.ts';
import { archiveMonitor, pauseMonitor, resumeMonitor } from '../monitor/pause-monitor.ts';
import { askingOf } from '../monitor/present-monitor.ts';
import type { Question } from '../monitor/question.ts';
import { readAsking } from '../monitor/read-asking.ts';
import type { MonitorRecord } from '../monitor/store.ts';
import { slugOf } from '../service/service.ts';
import { HOME } from '../vantage/streams.ts';
import type { Entry, Fields } from './entry.ts';
import { heartbeatFields, heartbeatState, ownFields, readHeartbeat } from './heartbeat-entry.ts';
import type { Here } from './here.ts';
import { pushedValueFields, pushedValueState, readPushedValue } from './pushed-value-entry.ts';
import { isPlainMap } from './read-yaml.ts';
import { below, MASKED, parseFields, type Parsed, type Scope, type Section, type Wanted } from './section.ts';

/** What files say of whatever is asked, in words of their own; everything else is said in those of the API. */
const askedFields = ownFields.extend({ locations: z.array(line(120)).min(1).max(20).default([HOME]) });

export const monitorSection: Section = {
  name: 'monitors',
  parse,
  things: (here) =>
    here.monitors.map((record) => ({
      id: record.id,
      name: record.name,
      slug: slugOf(record.name),
      over: false,
      state: (scope) => stateOf(record, scope),
      read: (entry, fields, scope) =>
        isKind(entry, fields, scope, record) ? readAs(entry, fields, scope, record) : null,
      remove: (ctx) => archiveMonitor(ctx, record.id),
    })),
  create: (entry, fields, scope) => readAs(entry, fields, scope, null),
};

function parse(value: Fields, key: string): Parsed {
  if (Object.hasOwn(value, 'serviceId'))
    return { ok: false, issues: [{ path: ['serviceId'], message: 'is written as service, with its key' }] };
  if (value['kind'] === 'heartbeat') return parseFields(heartbeatFields, { name: key, ...value }, value);
  if (value['kind'] === 'value') return parseFields(pushedValueFields, { name: key, ...value }, value);
  const { service, paused, locations, ...rest } = value;
  const said = parseFields(askedFields, below({ service, paused, locations }, new Set(Object.keys(value))));
  const asked = parseFields(createMonitorBody, { kind: 'http', name: key, ...rest }, rest);
  if (!said.ok || !asked.ok) return { ok: false, issues: [said, asked].flatMap((one) => (one.ok ? [] : one.issues)) };
  return { ok: true, fields: { ...asked.fields, ...said.fields } };
}

function isKind(entry: Entry, { kind }: Fields, { faults }: Scope, record: MonitorRecord): boolean {
  if (kind === record.kind) return true;
  faults.add(entry, ['kind'], `is ${record.kind} here, and a kind never changes; give the new monitor another key`);
  return false;
}

function readAs(entry: Entry, fields: Fields, scope: Scope, record: MonitorRecord | null): Wanted | null {
  const service = fields['service'];
  const label =
    typeof service === 'string'
      ? scope.refer(entry, ['service'], 'services', service)
      : // What no file says of an existing one stays.
        record && scope.labelOf(record.serviceId);
  if (typeof service === 'string' && label === null) return null;
  if (fields['kind'] === 'heartbeat') return readHeartbeat(entry, heartbeatFields.parse(fields), scope, record, label);
  if (fields['kind'] === 'value') return readPushedValue(pushedValueFields.parse(fields), record, label);
  return readAsked(entry, fields, scope, record, label);
}

/** From where it is asked, by the names of places. */
function placesOf(record: MonitorRecord, { places, locations }: Here): string[] {
  const ids = places.get(record.id) ?? [HOME];
  return ids.map((id) => locations.find((one) => one.id === id)?.name ?? id).toSorted();
}

function stateOf(record: MonitorRecord, scope: Pick<Scope, 'here' | 'labelOf'>): Fields {
  const service = scope.labelOf(record.serviceId);
  if (record.kind === 'heartbeat') return heartbeatState(record, service);
  if (record.kind === 'value') return pushedValueState(record, service);
  return shown({ ...record, url: record.url ?? '' }, service, record.state === 'paused', placesOf(record, scope.here));
}

type Shown = Parameters<typeof askingOf>[0] &
  Pick<MonitorRecord, 'name' | 'tags' | 'groupPath' | 'intervalMs'> & { readonly url: string };

/** A monitor in the words of a file: of its own kind's fields, all. */
function shown(monitor: Shown, service: string | null, paused: boolean, locations: readonly string[]): Fields {
  const { kind, name, tags, groupPath, url, intervalMs } = monitor;
  const whole: Fields = {
    kind,
    name,
    service,
    url,
    tags: [...tags],
    group: groupPath,
    paused,
    intervalSeconds: intervalMs / 1_000,
    locations: [...locations],
    ...askingOf(monitor),
  };
  const known = new Set([...Object.keys(askedFields.shape), ...fieldsOfKind(kind)]);
  return below(whole, known);
}

function fieldsOfKind(kind: string): string[] {
  const schema = createMonitorBody.options.find(({ shape }) => shape.kind.safeParse(kind).success);
  return schema === undefined ? [] : Object.keys(schema.shape);
}

function readAsked(
  entry: Entry,
  fields: Fields,
  scope: Scope,
  record: MonitorRecord | null,
  service: string | null,
): Wanted | null {
  const { ctx, faults, here } = scope;
  const { paused, locations: named } = askedFields.parse(below(fields, new Set(Object.keys(askedFields.shape))));
  const places = findPlaces(entry, named, scope);
  if (places === null) return null;
  const body = createMonitorBody.parse({ ...fields, locations: places.map(({ id }) => id) });
  if (faults.trying(entry, () => (refuseHere(body.kind ?? 'http', body.locations), true)) === null) return null;
  const change = editMonitorBody.parse(body);
  const locations = places.map(({ name }) => name).toSorted();
  const asks = (allowed: readonly string[] | null) =>
    faults.trying(entry, () => {
      if (record === null || !isCheckable(record)) {
        const { target, ...asking } = readAsking(body, allowed);
        return { url: target.url, ...asking };
      }
      return changedQuestion(ctx, record, change, allowed);
    });
  const told = (asking: { readonly url: string; readonly question: Question }) =>
    shown(
      {
        kind: body.kind ?? 'http',
        name: body.name ?? entry.key,
        tags: sorted(body.tags),
        groupPath: body.group,
        intervalMs: body.intervalSeconds * 1_000,
        timeoutMs: Math.round(body.timeoutSeconds * 1_000),
        confirmFailures: body.confirm.failures,
        confirmRecoveries: body.confirm.recoveries,
        confirmLocations: body.confirm.locations ?? null,
        ...asking,
      },
      service,
      paused,
      locations,
    );
  const asking = asks(null);
  if (asking === null) return null;
  const state = told(asking);
  const before = record === null ? {} : stateOf(record, scope);
  const reaches = ['url', 'options', 'locations'].some((name) => !isDeepStrictEqual(before[name], state[name]));
  // Whom an unchanged one reaches was looked at when it was made.
  if (reaches && places.some(({ id }) => id === HOME) && asks(here.allowedTargets) === null) return null;
  const missing = maskedIn(fields, []).filter((path) => valueAt(state, path) !== MASKED || record === null);
  for (const path of missing)
    faults.add(entry, path, 'has no value here that could be kept: write one, best as ${NAME}');
  if (missing.length > 0) return null;
  const stored = record === null ? {} : openSecrets(ctx.secrets, record.sealedSecrets);
  return {
    name: body.name ?? entry.key,
    state,
    secrets: [...new Set([...Object.keys(stored), ...Object.keys(asking.secrets)])]
      .filter((name) => stored[name] !== asking.secrets[name])
      .map((name) => fieldOfSecret(body.kind ?? 'http', name)),
    write: async ({ ctx: at, idOf }, roots) => {
      const serviceId = service === null ? null : idOf('services', service);
      if (record === null) {
        const id = await createMonitor(at, { ...body, ...(serviceId === null ? {} : { serviceId }) });
        if (paused) await pauseMonitor(at, id);
        return id;
      }
      const part = {
        ...below(change, roots),
        ...(roots.has('confirm') ? { confirm: { ...body.confirm, locations: body.confirm.locations ?? null } } : {}),
        ...(roots.has('service') && serviceId !== null ? { serviceId } : {}),
      };
      if (Object.keys(part).length > 0) await editMonitor(at, record.id, part);
      if (roots.has('paused')) await (paused ? pauseMonitor(at, record.id) : resumeMonitor(at, record.id));
      return record.id;
    },
  };
}

type Place = { readonly id: string; readonly name: string };

function findPlaces(entry: Entry, named: readonly string[], { here, faults }: Scope): Place[] | null {
  const found = named.map((text, index) => {
    if (text === HOME) return { id: HOME, name: HOME };
    const lower = text.toLowerCase();
    const place = here.locations.find(({ id, name }) => id === text || name.toLowerCase() === lower);
    if (place === undefined) faults.add(entry, ['locations', String(index)], `there is no location ${text}`);
    return place ?? null;
  });
  const places = found.filter((place) => place !== null);
  return places.length < found.length ? null : [...new Map(places.map((place) => [place.id, place])).values()];
}

function fieldOfSecret(kind: string, name: string): string {
  if (kind !== 'http') return `options.${name}`;
  return name.startsWith('option:') ? `options.${name.slice('option:'.length)}` : `headers.${name}`;
}

/** Where an entry says that a stored secret stays. */
function maskedIn(value: unknown, path: readonly string[]): string[][] {
  if (value === MASKED) return [[...path]];
  if (Array.isArray(value)) return value.flatMap((one, index) => maskedIn(one, [...path, String(index)]));
  return isPlainMap(value) ? Object.entries(value).flatMap(([name, one]) => maskedIn(one, [...path, name])) : [];
}

function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[Number(name)], rest);
  return isPlainMap(value) ? valueAt(value[name], rest) : undefined;
}
