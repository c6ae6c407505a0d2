import type { MonitorRow } from '#monitor/contract';
import { Rows } from '../ui/panel.tsx';
import { MonitorLine } from './monitor-line.tsx';

/** Which monitors are chosen; without `choose`, nobody here may act on many. */
export interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly choose?: (id: string, isChosen: boolean) => void;
}

export function MonitorRows({ items, choice }: { items: readonly MonitorRow[]; choice: Choice }) {
  const { chosen, choose } = choice;
  return (
    <Rows>
      {items.map((monitor) => (
        <MonitorLine
          key={monitor.id}
          monitor={monitor}
          chosen={chosen.has(monitor.id)}
          {...(choose === undefined ? {} : { onChoose: (isChosen: boolean) => choose(monitor.id, isChosen) })}
        />
      ))}
    </Rows>
  );
}
