import { clockTime } from './clock-time.ts';
import type { Page } from './page.ts';

/** First of all that it is a drill, then what ends it; an SMS, a call and a lock screen show no more. */
export function drillSubject({ title }: Pick<Page, 'title'>): string {
  return `${title}, acknowledge to finish`;
}

export const DRILL_BRIEF: readonly string[] = ['Nothing is broken.'];

/** A drill's message; the link acts for its reader alone. */
export function drillLines(page: Page, acknowledgeUrl: string, timeZone: string, now: Date): string[] {
  const ends = page.nextStepAt === null ? '' : ` It ends by itself at ${clockTime(page.nextStepAt, timeZone, now)}.`;
  return [
    'This is a drill: nothing is broken. Acknowledge to finish it.',
    '',
    `Acknowledge: ${acknowledgeUrl}`,
    '(The link only shows the page; its button acknowledges.)',
    '',
    `It shows whether pages reach you, and how fast.${ends} Nobody else is asked.`,
  ];
}
