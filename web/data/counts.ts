import { listIncidentsRoute } from '#declare/contract';
import { getAlertCounts } from '#detect/contract';
import { getMonitorCounts } from '#monitor/contract';
import { useRead } from './query.ts';

/** The figures in the sidebar; undefined until they are known. */
export interface Counts {
  incidents: number | undefined;
  alerts: number | undefined;
  monitors: number | undefined;
}

const limit = 200;

export function useCounts(): Counts {
  const incidents = useRead(listIncidentsRoute, { query: { open: 'true', limit } }, ['incidents']);
  const alerts = useRead(getAlertCounts, {}, ['alerts']);
  const monitors = useRead(getMonitorCounts, {}, ['monitors']);
  return {
    incidents: incidents.data?.items.length,
    alerts: alerts.data?.open,
    monitors: monitors.data?.total,
  };
}
