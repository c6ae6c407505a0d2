import type { RouteArguments } from '#kernel/route.ts';
import type { listMonitors, Monitor, MonitorState } from '#monitor/contract';

type LocationId = Monitor['locations'][number]['id'];
type Query = NonNullable<RouteArguments<typeof listMonitors>['query']>;

/** In the order in which they ask for attention. */
export const states: readonly MonitorState[] = ['down', 'degraded', 'unknown', 'up', 'paused'];

/** What the address of the list says of what it shows: a filtered list can be kept and passed on. */
export type ListSearch = {
  view?: 'groups';
  state?: MonitorState;
  q?: string;
  tag?: string;
  service?: string;
  place?: string;
};

/** Undefined takes a part away. */
export type ListChange = { [Part in keyof ListSearch]: ListSearch[Part] | undefined };

/** What makes sense of it; anything else is nothing. */
export function listSearch(raw: Record<string, unknown>): ListSearch {
  const state = states.find((one) => one === raw['state']);
  return {
    ...(raw['view'] === 'groups' ? { view: raw['view'] } : {}),
    ...(state === undefined ? {} : { state }),
    ...text(raw, 'q', 120),
    ...text(raw, 'tag', 40),
    ...text(raw, 'service', 80),
    ...text(raw, 'place', 80),
  };
}

/** A number or a word that reads as one is text here. */
function text<Name extends 'q' | 'tag' | 'service' | 'place'>(
  raw: Record<string, unknown>,
  name: Name,
  most: number,
): { [Key in Name]?: string } {
  const value = raw[name];
  const words = typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, most) : '';
  return words === '' ? {} : ({ [name]: words } as { [Key in Name]?: string });
}

/** Whether it shows fewer than all. */
export function isFiltered(search: ListSearch): boolean {
  return Object.keys(search).some((part) => part !== 'view');
}

/** What the API is asked for, page by page. */
export function listQuery({ state, q, tag, service, place }: ListSearch): Query {
  return {
    limit: 100,
    ...(state === undefined ? {} : { state }),
    ...(q === undefined ? {} : { search: q }),
    ...(tag === undefined ? {} : { tag }),
    ...(service === undefined ? {} : { serviceId: service as Monitor['serviceId'] }),
    ...(place === undefined ? {} : { locationId: place as LocationId }),
  };
}
