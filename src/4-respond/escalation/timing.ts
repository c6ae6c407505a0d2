import { type BusinessHours, isWithinBusinessHours, nextBusinessStart } from '#access';

export type PageTiming = 'now' | 'business-hours' | 'none';

/** When a page with this timing goes out; null for `none`. */
export function startOf(timing: PageTiming, hours: BusinessHours, zone: string, now: Date): Date | null {
  switch (timing) {
    case 'now':
      return now;
    case 'none':
      return null;
    case 'business-hours':
      return isWithinBusinessHours(hours, zone, now) ? now : nextBusinessStart(hours, zone, now);
  }
}
