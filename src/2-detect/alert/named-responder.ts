import type { Alert } from './alert.ts';

/** Whom the sender of an alert wants asked, as it names them. */
export type NamedResponder = {
  /** Null where it does not say. */
  readonly type: 'user' | 'team' | 'schedule' | 'escalation' | null;
  readonly names: readonly string[];
};

const TYPES = ['user', 'team', 'schedule', 'escalation'] as const;
const MOST = 50;

/** Whom the sender of an alert has named so far. */
export function respondersOf({ evidence }: Pick<Alert, 'evidence'>): NamedResponder[] {
  return readResponders(evidence?.['responders']);
}

/** Reads a list of responders, or one alone, as Opsgenie's API writes them; what names nobody is left out. */
export function readResponders(value: unknown): NamedResponder[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return all.slice(0, MOST).flatMap((one) => {
    const { type, name, username, id } = (one ?? {}) as Record<string, unknown>;
    const names = [id, username, name].flatMap((text) =>
      typeof text === 'string' && text.trim() !== '' ? [text.trim()] : [],
    );
    const said = TYPES.find((known) => known === (typeof type === 'string' ? type.toLowerCase() : null));
    return names.length === 0 ? [] : [{ type: said ?? null, names }];
  });
}
