import ChevronRight from 'lucide-react/icons/chevron-right';
import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import { listMonitorGroups, listMonitors } from '#monitor/contract';
import { useList, useRead } from '../data/query.ts';
import { IconButton } from '../ui/button.tsx';
import { plural } from '../ui/format.ts';
import { Loaded, LoadedList } from '../ui/loaded.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { type GroupNode, groupTree } from './group-tree.ts';
import { type Choice, MonitorRows } from './monitor-rows.tsx';

/** Monitors by their groups, one inside the other; a group shows what stands in it when it is opened. */
export function GroupList({ choice }: { choice: Choice }) {
  const groups = useRead(listMonitorGroups, {}, ['monitors'], { refetchInterval: 30_000 });
  return (
    <Loaded read={groups} rows={4}>
      {({ items }) => (
        <div className="grid grid-cols-1 gap-2">
          {groupTree(items).map((node) => (
            <Group key={node.path} node={node} choice={choice} />
          ))}
          {items.some(({ group }) => group === null) ? <Members path="" choice={choice} /> : null}
        </div>
      )}
    </Loaded>
  );
}

function Group({ node, choice }: { node: GroupNode; choice: Choice }) {
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState(false);
  return (
    <section aria-label={node.path}>
      <div className="flex items-center gap-2 rounded-panel border border-line bg-surface pr-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 flex-1 items-center gap-3 px-3 py-2.5 text-left hover:text-accent-text"
        >
          <ChevronRight
            size={16}
            aria-hidden="true"
            className={open ? 'shrink-0 rotate-90 transition-transform' : 'shrink-0 transition-transform'}
          />
          <bdi className="min-w-0 flex-1 truncate font-semibold">{node.name}</bdi>
          <span className="shrink-0 text-xs text-muted">{plural(node.monitors, 'monitor')}</span>
          <StateBadge state={node.state} />
        </button>
        {choice.choose === undefined ? null : (
          <IconButton label={`Rename ${node.path}`} onClick={() => setRenaming(true)}>
            <Pencil size={14} aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {open ? (
        <div className="mt-2 ml-3 grid grid-cols-1 gap-2 border-l border-line pl-3">
          {node.groups.map((inner) => (
            <Group key={inner.path} node={inner} choice={choice} />
          ))}
          {node.holdsMonitors ? <Members path={node.path} choice={choice} /> : null}
        </div>
      ) : null}
      {renaming ? <GroupDialog path={node.path} onClose={() => setRenaming(false)} /> : null}
    </section>
  );
}

/** Those that stand in a group itself; an empty path means those in none. */
function Members({ path, choice }: { path: string; choice: Choice }) {
  const list = useList(listMonitors, { query: { inGroup: path, limit: 50 } }, ['monitors'], {
    refetchInterval: 30_000,
  });
  return (
    <LoadedList list={list} rows={2} empty={null}>
      {(items) => <MonitorRows items={items} choice={choice} />}
    </LoadedList>
  );
}
