import type { AlertFoldView, FoldBy } from '#detect/contract';
import { plural } from '../ui/format.ts';

/** What the rows of a folded list have in common, as a choice. */
export const foldLabels: Record<FoldBy, string> = {
  dependency: 'Dependency',
  host: 'Host',
  address: 'Address',
  time: 'Minute',
};

const none: Record<FoldBy, string> = {
  dependency: 'Without a service',
  host: 'No host known',
  address: 'No address known',
  time: 'No time known',
};

/** What stands in a row that has no name of its own. */
export function noNameWords(by: FoldBy): string {
  return none[by];
}

/** `380 open, 20 acknowledged`; only what there is. */
export function statesWords({ states }: Pick<AlertFoldView, 'states'>): string {
  return Object.entries(states)
    .flatMap(([state, count]) => (count === 0 ? [] : [`${count} ${state}`]))
    .join(', ');
}

/** What explains a row: `is down, and alerts of 8 services lean on it`. */
export function causeWords({
  isCause,
  services,
  states,
}: Pick<AlertFoldView, 'isCause' | 'services' | 'states'>): string | undefined {
  if (!isCause) return undefined;
  const is = states.open + states.acknowledged > 0 ? 'is' : 'was';
  return `${is} down; alerts of ${plural(services, 'service')} lean on it`;
}
