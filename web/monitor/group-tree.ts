import type { MonitorState } from '#monitor/contract';
import { states } from './list-search.ts';

/** A group of monitors with those inside it. `path` names it among all, `name` among its neighbours. */
export interface GroupNode {
  readonly path: string;
  readonly name: string;
  /** In it and in everything inside it. */
  readonly monitors: number;
  readonly state: MonitorState;
  /** Whether monitors stand in it directly. */
  readonly holdsMonitors: boolean;
  readonly groups: readonly GroupNode[];
}

interface Listed {
  readonly group: string | null;
  readonly monitors: number;
  readonly state: MonitorState;
}

/** The groups as a tree: those that need attention first, then by name. What has no group is left out. */
export function groupTree(listed: readonly Listed[], above = ''): GroupNode[] {
  const inside = listed.filter(({ group }) => group !== null && `${group}/`.startsWith(above));
  const byName = Map.groupBy(inside, ({ group }) => (group ?? '').slice(above.length).split('/')[0] ?? '');
  byName.delete('');
  const nodes = [...byName].map(([name, own]): GroupNode => {
    const path = `${above}${name}`;
    return {
      path,
      name,
      monitors: own.reduce((sum, { monitors }) => sum + monitors, 0),
      state: states.find((state) => own.some((one) => one.state === state)) ?? 'unknown',
      holdsMonitors: own.some(({ group }) => group === path),
      groups: groupTree(own, `${path}/`),
    };
  });
  return nodes.toSorted((a, b) => states.indexOf(a.state) - states.indexOf(b.state) || a.name.localeCompare(b.name));
}
