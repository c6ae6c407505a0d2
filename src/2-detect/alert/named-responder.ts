import type { Alert } from './alert.ts';

/** Whom the sender of an alert wants asked, as it names them. */
export type NamedResponder = {
  /** Null where it does not say. */
  readonly type: 'user' | 'team' | 'schedule' | 'escalation' | null;
  readonly names: readonly string[];
};

const TYPES = ['user', 'team', 'schedule', 'escalation'] as const;
const MOST = 50;
const MOST_CHARACTERS = 200;
const KEPT = ['type', 'id', 'username', 'name'] as const;

/** Whom the sender of an alert has named so far. */
export function respondersOf({ evidence }: Pick<Alert, 'evidence'>): NamedResponder[] {
  return readResponders(evidence?.['responders']);
}

/** Reads a list of responders, or one alone, as Opsgenie's API writes them; what names nobody is left out. */
export function readResponders(value: unknown): NamedResponder[] {
  return listed(value)
    .slice(0, MOST)
    .flatMap((one) => {
      const { type, name, username, id } = (one ?? {}) as Record<string, unknown>;
      const names = [id, username, name].flatMap((text) =>
        typeof text === 'string' && text.trim() !== '' ? [text.trim()] : [],
      );
      const said = TYPES.find((known) => known === (typeof type === 'string' ? type.toLowerCase() : null));
      return names.length === 0 ? [] : [{ type: said ?? null, names }];
    });
}

/** What is kept of lists of responders: each once, and of each no more than says who it is. */
export function keptResponders(...lists: readonly unknown[]): Readonly<Record<string, string>>[] {
  const kept = new Map<string, Readonly<Record<string, string>>>();
  for (const one of lists.flatMap(listed)) {
    if (kept.size >= MOST) break;
    const said = (one ?? {}) as Record<string, unknown>;
    const texts = KEPT.flatMap((key) => {
      const text = said[key];
      return typeof text === 'string' && text.trim() !== ''
        ? [[key, text.trim().slice(0, MOST_CHARACTERS).toWellFormed()] as const]
        : [];
    });
    if (texts.every(([key]) => key === 'type')) continue;
    const key = JSON.stringify(texts).toLowerCase();
    if (!kept.has(key)) kept.set(key, Object.fromEntries(texts));
  }
  return [...kept.values()];
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
