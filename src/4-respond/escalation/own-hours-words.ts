const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

type Hours = {
  readonly op: 'within' | 'outside';
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly timeZone: string | null;
};

/** `Mon–Fri 09:00–17:00`, `outside daily 22:00–06:00 (Europe/Berlin)`, `Sat, Sun all day`. */
export function ownHoursWords({ op, days, from, to, timeZone }: Hours): string {
  const time = from === to ? (from === '00:00' ? 'all day' : `${from} for 24 hours`) : `${from}–${to}`;
  const zone = timeZone === null ? '' : ` (${timeZone})`;
  return `${op === 'outside' ? 'outside ' : ''}${dayWords(days)} ${time}${zone}`;
}

/** `on Mon at 09:00` of a minute of the week, from Monday 00:00. */
export function minuteWords(minute: number): string {
  const [hours, minutes] = [Math.floor((minute % 1_440) / 60), minute % 60];
  return `on ${DAYS[Math.floor(minute / 1_440)] ?? ''} at ${[hours, minutes].map((part) => String(part).padStart(2, '0')).join(':')}`;
}

/** Days that follow one another, from the first to the last: `Mon–Wed, Fri`. */
function dayWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].toSorted((one, other) => one - other);
  if (sorted.length === 7) return 'daily';
  const name = (day: number | undefined) => DAYS[(day ?? 1) - 1] ?? '';
  const runs: number[][] = [];
  for (const day of sorted) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  return runs
    .map((run) => (run.length < 3 ? run.map(name).join(', ') : `${name(run[0])}–${name(run.at(-1))}`))
    .join(', ');
}
