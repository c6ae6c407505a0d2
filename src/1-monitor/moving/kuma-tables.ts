import { z } from 'zod';
import type { KUMA_TABLES } from './contract.ts';

/** A row of a table, or a thing of the backup: names are `upside_down` in one and `upsideDown` in the other. */
const row = z.record(z.string(), z.unknown());
const rows = z.array(row).catch([]);
const backup = z.object({ monitorList: z.array(row), notificationList: rows.default([]) });
export type Row = z.output<typeof row>;

export type KumaTables = { readonly [Table in keyof typeof KUMA_TABLES]?: readonly Row[] | undefined };

/** A value by its name in the database, whichever way it is spelt. */
export function at(of: Row, name: string): unknown {
  return of[name] ?? of[name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())] ?? null;
}
export const textAt = (of: Row, name: string): string => {
  const value = at(of, name);
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};
export const numberAt = (of: Row, name: string): number => {
  const value = Number(at(of, name) ?? 0);
  return Number.isFinite(value) ? value : 0;
};
export const isOn = (of: Row, name: string): boolean => ['1', 'true'].includes(textAt(of, name));

/** The tables that a backup of version 1 has, in the same words as those of a database; null when it is none. */
export function tablesOfBackup(document: unknown): KumaTables | null {
  const parsed = backup.safeParse(document);
  if (!parsed.success) return null;
  const { monitorList, notificationList } = parsed.data;
  const tags = monitorList.flatMap((monitor) =>
    rows
      .parse(monitor['tags'] ?? [])
      .map((tag) => ({ ...tag, monitor_id: monitor['id'], tag_id: textAt(tag, 'name') })),
  );
  return {
    monitor: monitorList,
    notification: notificationList,
    tag: tags.map(({ tag_id: name }) => ({ id: name, name })),
    monitor_tag: tags,
  };
}
