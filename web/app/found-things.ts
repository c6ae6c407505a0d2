import { useNavigate } from '@tanstack/react-router';
import { listIncidentsRoute } from '#declare/contract';
import { listMonitors } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import type { Command } from './commands.ts';

/** Monitors and incidents by name or reference, for the palette; nothing before two letters. */
export function useFoundThings(typed: string): readonly Command[] {
  const navigate = useNavigate();
  const search = typed.trim();
  const enabled = search.length >= 2;
  const monitors = useRead(listMonitors, { query: { search, limit: 8 } }, ['monitors'], {
    enabled,
    keepPrevious: true,
  });
  const incidents = useRead(listIncidentsRoute, { query: { limit: 50 } }, ['incidents'], { enabled });
  if (!enabled) return [];
  const named = (text: string) => text.toLocaleLowerCase().includes(search.toLocaleLowerCase());
  return [
    ...(incidents.data?.items ?? [])
      .filter(({ title, reference }) => named(`${reference} ${title}`))
      .slice(0, 8)
      .map(({ id, reference, title }): Command => ({
        id,
        title: `${reference} ${title}`,
        group: 'Incidents',
        run: () => void navigate({ to: '/incidents/$incidentId', params: { incidentId: id } }),
      })),
    ...(monitors.data?.items ?? []).map(({ id, name, url }): Command => ({
      id,
      title: name,
      group: 'Monitors',
      also: url ?? '',
      run: () => void navigate({ to: '/monitors/$monitorId', params: { monitorId: id } }),
    })),
  ];
}
