import { type Day, getDays, type Monitor } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Panel } from '../ui/panel.tsx';
import { type UptimeDay, UptimeBars } from '../ui/uptime-bars.tsx';
import { formatDuration } from '../ui/format.ts';
import { uptimeWords } from './monitor-line.tsx';

/** The worst that happened on a day; a day with nothing measured is unknown. */
function stateOf(day: Day): UptimeDay['state'] {
  if (day.downSeconds > 0) return 'down';
  if (day.degradedSeconds > 0) return 'degraded';
  if (day.maintenanceSeconds > 0) return 'maintenance';
  return day.uptimePercent === null ? 'unknown' : 'up';
}

/** What a day was made of besides being up. */
function amountsOf(day: Day): string {
  const amounts: [string, number][] = [
    ['down', day.downSeconds],
    ['degraded', day.degradedSeconds],
    ['in maintenance', day.maintenanceSeconds],
    ['unknown', day.unknownSeconds],
    ['paused', day.pausedSeconds],
  ];
  return amounts
    .filter(([, seconds]) => seconds >= 1)
    .map(([word, seconds]) => `${formatDuration(seconds)} ${word}`)
    .join(', ');
}

export function MonitorDays({ monitor }: { monitor: Monitor }) {
  const days = useRead(getDays, { params: { id: monitor.id } }, ['monitors', `monitor:${monitor.id}`], {
    refetchInterval: 300_000,
  });
  return (
    <Panel className="p-4">
      <Loaded read={days} rows={1}>
        {({ items }) => {
          const measured = items.filter(({ uptimePercent }) => uptimePercent !== null);
          const counted = (day: Day) => day.upSeconds + day.degradedSeconds;
          const good = measured.reduce((sum, day) => sum + counted(day), 0);
          const all = measured.reduce((sum, day) => sum + counted(day) + day.downSeconds, 0);
          const percent = all === 0 ? null : (good / all) * 100;
          return (
            <UptimeBars
              days={items.map((day) => ({
                date: day.date,
                uptime: day.uptimePercent === null ? null : day.uptimePercent / 100,
                state: stateOf(day),
                note: amountsOf(day),
              }))}
              uptime={percent === null ? null : percent / 100}
              label={`Uptime of ${monitor.name} over 90 days: ${uptimeWords(percent)}`}
            />
          );
        }}
      </Loaded>
    </Panel>
  );
}
