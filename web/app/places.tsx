import Activity from 'lucide-react/icons/activity';
import { useCounts } from '../data/counts.ts';
import type { Place } from './place.ts';

/** The sidebar, in the order of the pipeline. A new place adds one line here and its route in `routes.tsx`. */
export function usePlaces(): readonly Place[] {
  useCounts();
  return [{ to: '/', label: 'Now', key: 'n', icon: <Activity aria-hidden="true" />, onPhone: true }];
}
