import Activity from 'lucide-react/icons/activity';
import Bell from 'lucide-react/icons/bell';
import Radio from 'lucide-react/icons/radio';
import { useCounts } from '../data/counts.ts';
import type { Place } from './place.ts';

/** The sidebar, in the order of the pipeline. A new place adds one entry here and its route in `routes.tsx`. */
export function usePlaces(): readonly Place[] {
  const counts = useCounts();
  return [
    { to: '/', label: 'Now', key: 'n', icon: <Activity aria-hidden="true" />, onPhone: true },
    {
      to: '/alerts',
      label: 'Alerts',
      key: 'a',
      icon: <Bell aria-hidden="true" />,
      onPhone: true,
      count: counts.alerts,
    },
    {
      to: '/monitors',
      label: 'Monitors',
      key: 'm',
      icon: <Radio aria-hidden="true" />,
      onPhone: true,
      count: counts.monitors,
    },
  ];
}

export const settingsPlace: Place = { to: '/settings', label: 'Settings', key: 's', icon: null };
