import { formatDuration, HOUR_MS } from '#kernel/duration.ts';
import type { PersonLoadView } from './contract.ts';

/**
 * What interruptions weigh against time on call, so that both can be evened out by shifts: one outside business hours as much
 * as two quiet hours on call, and a broken night as much as six more.
 */
const INTERRUPTION_MS = 2 * HOUR_MS;
const BROKEN_NIGHT_MS = 6 * HOUR_MS;

type Counted = Pick<PersonLoadView, 'totalSeconds' | 'interruptions' | 'interruptedNights'>;

/** What on-call has asked of somebody, as time. */
export function burdenOf({ totalSeconds, interruptions, interruptedNights }: Counted): number {
  return totalSeconds * 1_000 + interruptions * INTERRUPTION_MS + interruptedNights * BROKEN_NIGHT_MS;
}

/** `Ann carried 210 h with 5 interruptions and 3 broken nights, Bob 80 h with no interruption.` */
export function reasonOf(from: Named, to: Named): string {
  return `${isolated(from.userName)} carried ${carried(from)}, ${isolated(to.userName)} ${carried(to)}.`;
}

type Named = Counted & Pick<PersonLoadView, 'userName'>;

function carried({ totalSeconds, interruptions, interruptedNights }: Counted): string {
  const hours = totalSeconds === 0 ? '0 h' : formatHours(totalSeconds);
  const broken = interruptedNights === 0 ? '' : ` and ${several(interruptedNights, 'broken night')}`;
  return `${hours} with ${interruptions === 0 ? 'no interruption' : several(interruptions, 'interruption')}${broken}`;
}

/** A name that is written from right to left leaves the figures after it in their order. */
function isolated(name: string): string {
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(name) ? `\u2068${name}\u2069` : name;
}

function formatHours(seconds: number): string {
  return seconds < 3_600 ? formatDuration(seconds) : `${Math.round(seconds / 3_600)} h`;
}

function several(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
