import Activity from 'lucide-react/icons/activity';
import ChartColumn from 'lucide-react/icons/chart-column';
import FileText from 'lucide-react/icons/file-text';
import Globe from 'lucide-react/icons/globe';
import ListChecks from 'lucide-react/icons/list-checks';
import PhoneCall from 'lucide-react/icons/phone-call';
import Siren from 'lucide-react/icons/siren';
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
      to: '/incidents',
      label: 'Incidents',
      key: 'i',
      icon: <Siren aria-hidden="true" />,
      onPhone: true,
      count: counts.incidents,
      urgent: true,
    },
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
      count: counts.monitors,
      plain: true,
      also: ['/slos'],
    },
    {
      to: '/on-call',
      label: 'On call',
      key: 'o',
      icon: <PhoneCall aria-hidden="true" />,
      onPhone: true,
      also: ['/schedules', '/pages', '/drills', '/load'],
    },
    { to: '/status-pages', label: 'Status pages', key: 'u', icon: <Globe aria-hidden="true" /> },
    { to: '/postmortems', label: 'Postmortems', key: 'p', icon: <FileText aria-hidden="true" /> },
    { to: '/action-items', label: 'Action items', key: 't', icon: <ListChecks aria-hidden="true" /> },
    { to: '/insights', label: 'Insights', key: 'h', icon: <ChartColumn aria-hidden="true" /> },
  ];
}

export const settingsPlace: Place = { to: '/settings', label: 'Settings', key: 's', icon: null };
