import { useId } from 'react';
import { listMonitorGroups } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { Input } from '../ui/input.tsx';

/** A group's path, with those that there are offered while one types. */
export function GroupInput(props: React.ComponentProps<typeof Input>) {
  const list = useId();
  const groups = useRead(listMonitorGroups, {}, ['monitors']);
  const known = (groups.data?.items ?? []).flatMap(({ group }) => (group === null ? [] : [group]));
  return (
    <>
      <Input {...props} list={list} placeholder="Europe/Shop" />
      <datalist id={list}>
        {known.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
    </>
  );
}
