import { type Alert, pagesAtOnce } from '../alert/alert.ts';

/**
 * Whether an alert explains those of services that need its own: something said by itself that it is down, and somebody
 * is asked about it at once. What was muted, suppressed, made less urgent or is in maintenance explains nothing, nor does
 * what a person reported: nobody's word alone may silence a pager.
 */
export function isCause({ severity, drill, quiet, state, source, urgency }: Alert): boolean {
  return (
    state !== 'closed' &&
    pagesAtOnce(severity) &&
    !drill &&
    source !== 'person' &&
    (urgency ?? 'high') === 'high' &&
    (quiet === null || quiet === 'grouped' || quiet === 'upstream')
  );
}
