import type { EscalationStepBody } from '#respond/contract';
import { CommandError } from '../io.ts';
import { daysText, parseHours } from './days.ts';

type StepHours = EscalationStepBody['onlyHours'];

/** `business`, `mon-fri 09:00-17:00`, `outside daily 22:00-06:00 Europe/Berlin`: when a step applies, as a file has it. */
export function stepHoursText(hours: NonNullable<StepHours>): string {
  if (typeof hours === 'string') return hours;
  const { op, days, from, to, timeZone } = hours;
  return [
    ...(op === 'outside' ? [op] : []),
    daysText(days),
    `${from}-${to}`,
    ...(timeZone === null ? [] : [timeZone]),
  ].join(' ');
}

export function stepHoursFrom(text: string | undefined, where: string): StepHours {
  if (text === undefined || text === 'business' || text === 'off') return text ?? null;
  const match = /^(outside\s+)?(\S+\s+[\d:]+\s*[-–]\s*[\d:]+)(?:\s+(\S+))?$/i.exec(text.trim());
  const hours = match?.[2] === undefined ? null : parseHours(match[2]);
  if (!match || hours === null)
    throw new CommandError(
      `${where}: expected business, off, or days and hours such as "mon-fri 09:00-17:00", "outside sat,sun 08:00-20:00" or "daily 22:00-06:00 Europe/Berlin".`,
    );
  return { op: match[1] === undefined ? 'within' : 'outside', ...hours, timeZone: match[3] ?? null };
}
