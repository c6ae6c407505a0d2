import { isWithinBusinessHours, nextBusinessStart, type OpenHours } from '#access';

export type PageTiming = 'now' | 'business-hours' | 'none';

/** When a page with this timing goes out; null for `none`. */
export function startOf(timing: PageTiming, hours: OpenHours, now: Date): Date | null {
  switch (timing) {
    case 'now':
      return now;
    case 'none':
      return null;
    case 'business-hours':
      return isWithinBusinessHours(hours, now) ? now : nextBusinessStart(hours, now);
  }
}

/** ` (closed: Christmas Day)`, or nothing. */
export function sayClosed(names: readonly string[]): string {
  return names.length === 0 ? '' : ` (closed: ${names.join(', ')})`;
}
