import type { AlertRouteView, Condition } from '#detect/contract';

/** A route that is being written; it gets its id when it is saved. */
export type RouteDraft = Omit<AlertRouteView, 'id'> & { id?: string };

export const EMPTY_ROUTE: RouteDraft = {
  name: '',
  enabled: true,
  match: [],
  outcome: {
    serviceId: null,
    urgency: null,
    policyId: null,
    suppress: false,
    holdSeconds: null,
    group: null,
    declare: null,
  },
};

export const FIELDS: Record<Condition['field'], string> = {
  severity: 'Severity',
  label: 'Label',
  title: 'Title',
  source: 'Alert source',
  origin: 'Comes from',
  service: 'Service',
  time: 'Time',
};

const TEXT_OPS = {
  is: 'is',
  'is-not': 'is not',
  contains: 'contains',
  'contains-not': 'does not contain',
  like: 'is like (* = anything)',
  exists: 'is there',
  absent: 'is not there',
};

/** The comparisons that a field knows, in words. */
export function opsOf(field: Condition['field']): Record<string, string> {
  switch (field) {
    case 'severity':
    case 'origin':
    case 'source':
      return { is: 'is', 'is-not': 'is not' };
    case 'service':
      return { is: 'is', 'is-not': 'is not', exists: 'is there', absent: 'is not there' };
    case 'title':
    case 'label':
      return TEXT_OPS;
    case 'time':
      return { within: 'is within', outside: 'is outside' };
  }
}

/** A condition of a field as it stands when it was just chosen. */
export function startOf(field: Condition['field']): Condition {
  switch (field) {
    case 'severity':
      return { field, op: 'is', values: ['critical'] };
    case 'origin':
      return { field, op: 'is', values: ['intake'] };
    case 'source':
    case 'service':
      return { field, op: 'is', values: [] };
    case 'title':
      return { field, op: 'contains', values: [] };
    case 'label':
      return { field, name: '', op: 'is', values: [] };
    case 'time':
      return { field, op: 'within', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };
  }
}

/** `db, web` as a list of values; what stands twice counts once. */
export function valuesIn(text: string): string[] {
  return [...new Set(text.split(',').map((one) => one.trim()))].filter((one) => one !== '');
}

/** The list with one of its members moved by a place; the ends stay where they are. */
export function moved<Item>(items: readonly Item[], index: number, by: -1 | 1): Item[] {
  const next = [...items];
  const [taken] = next.splice(index, 1);
  if (taken !== undefined) next.splice(Math.max(0, index + by), 0, taken);
  return next;
}
