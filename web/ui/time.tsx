import { clsx } from 'clsx';
import { useMinute, useNow } from './clock.ts';
import {
  formatAbsolute,
  formatClock,
  formatDuration,
  formatExact,
  formatRelative,
  formatRunning,
  formatToTheSecond,
  formatUtc,
} from './format.ts';

type Instant = Date | string;
const toDate = (at: Instant) => (typeof at === 'string' ? new Date(at) : at);

/** A moment: `4 m ago · 14:02`. Hover gives zone and UTC. `show` drops one half where the other stands nearby. */
export function RelativeTime({
  at,
  show = 'both',
  className,
}: {
  at: Instant;
  show?: 'both' | 'relative' | 'absolute' | 'seconds';
  className?: string;
}) {
  const now = useMinute();
  const instant = toDate(at);
  const parts = [
    show === 'absolute' || show === 'seconds' ? '' : formatRelative(instant, now),
    show === 'relative' ? '' : show === 'seconds' ? formatToTheSecond(instant, now) : formatAbsolute(instant, now),
  ].filter((part) => part !== '');
  return (
    <time
      dateTime={instant.toISOString()}
      title={`${formatExact(instant)} · ${formatUtc(instant)}`}
      className={clsx('whitespace-nowrap', className)}
    >
      {parts.join(' · ')}
    </time>
  );
}

/** A length in seconds, or the length since an instant, running: `1 h 04 m`. */
export function Duration({ seconds, since, className }: { seconds?: number; since?: Instant; className?: string }) {
  if (since !== undefined) return <RunningDuration since={since} className={className} />;
  return <span className={clsx('num whitespace-nowrap', className)}>{formatDuration(seconds ?? 0)}</span>;
}

function RunningDuration({ since, className }: { since: Instant; className?: string | undefined }) {
  const now = useNow();
  const seconds = (now.getTime() - toDate(since).getTime()) / 1000;
  return (
    <time
      dateTime={toDate(since).toISOString()}
      title={`since ${formatExact(toDate(since))}`}
      className={clsx('whitespace-nowrap', className)}
    >
      {formatRunning(seconds)}
    </time>
  );
}

/**
 * Time left until something is due: `6:12`, then `0:41 late`. Calm, then amber inside `warnSeconds`, then red; the words
 * change with the colour. Not announced each second: screen readers read it when they come to it.
 */
export function Countdown({
  dueAt,
  warnSeconds = 300,
  lead,
  className,
}: {
  dueAt: Instant;
  warnSeconds?: number;
  /** Words before it, such as `in`, so that `14:15` is not read as a time of day; they go once it is late. */
  lead?: string;
  className?: string;
}) {
  const now = useNow();
  const due = toDate(dueAt);
  const left = (due.getTime() - now.getTime()) / 1000;
  const late = left < 0;
  return (
    <time
      dateTime={due.toISOString()}
      title={`due ${formatExact(due)} · ${formatUtc(due)}`}
      className={clsx(
        'font-semibold whitespace-nowrap',
        late ? 'text-bad-text' : left <= warnSeconds ? 'text-warn-text' : 'text-text',
        className,
      )}
    >
      {lead === undefined || late ? null : <span className="text-xs font-normal text-muted">{lead} </span>}
      {formatClock(left)}
      {late ? ' late' : ''}
    </time>
  );
}
