import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Fragment, type ReactNode } from 'react';
import { type MonitorRow, shownValue, thresholdWords } from '#monitor/contract';
import { formatMs, formatPercent } from '../ui/format.ts';
import { Sparkline } from '../ui/sparkline.tsx';
import { lookOf, StateBadge } from '../ui/state-badge.tsx';
import { toneText } from '../ui/badge.tsx';
import { BeatCountdown } from './beat-clock.tsx';
import { shortKinds } from './short-kinds.ts';
import { Duration } from '../ui/time.tsx';

/** `99.912 %` of the API as `99.91 %`, never rounded up. */
export function uptimeWords(percent: number | null): string {
  return formatPercent(percent === null ? null : percent / 100);
}

/** The kind where it is no website, and the address where the name is not made of it; null when neither says anything. */
function questionOf({ kind, name, url }: MonitorRow): ReactNode {
  const address = url?.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/\/$/, '') ?? '';
  const words = [kind === 'http' ? '' : shortKinds[kind], name.includes(address) ? '' : address].filter(Boolean);
  return words.length === 0 ? null : <bdi>{words.join(' ')}</bdi>;
}

/** Thirty places, the newest at the right: a monitor of three checks must not look like a trend. */
function fullLength(values: readonly (number | null)[]): (number | null)[] {
  return [...Array.from({ length: Math.max(0, 30 - values.length) }, () => null), ...values];
}

/** One monitor in a list; the whole line leads to it. */
export function MonitorLine({
  monitor,
  chosen,
  onChoose,
}: {
  monitor: MonitorRow;
  chosen: boolean;
  /** Absent: nobody here may act on many. */
  onChoose?: (chosen: boolean) => void;
}) {
  const quiet = monitor.state === 'up' || monitor.state === 'paused';
  return (
    <li className="relative flex items-center gap-3 px-4 py-2.5 transition-colors hover:bg-sunken">
      {onChoose === undefined ? null : (
        <input
          type="checkbox"
          aria-label={`Choose ${monitor.name}`}
          checked={chosen}
          onChange={(event) => onChoose(event.target.checked)}
          className="relative z-10 size-4 shrink-0 accent-accent max-md:size-5"
        />
      )}
      <span className="shrink-0 md:w-24">
        <StateBadge state={monitor.state} />
      </span>
      <span className="min-w-0 flex-1">
        <Link
          to="/monitors/$monitorId"
          params={{ monitorId: monitor.id }}
          className="block truncate after:absolute after:inset-0"
        >
          <bdi>{monitor.name}</bdi>
        </Link>
        <MonitorNote monitor={monitor} />
      </span>
      <span className="flex gap-1.5 max-md:hidden">
        {marksOf(monitor).map((mark) => (
          <StateBadge key={mark} state={mark} />
        ))}
      </span>
      <Sparkline
        values={fullLength(monitor.sparkline)}
        label={`last checks of ${monitor.name}`}
        className={clsx('h-5 w-24 max-md:hidden', quiet ? 'text-muted' : toneText[lookOf(monitor.state).tone])}
      />
      <span className="num w-16 text-right text-xs text-muted max-md:hidden">{formatMs(monitor.latencyMs)}</span>
      <span className="w-20 text-right text-xs text-muted max-sm:hidden">
        <Duration since={monitor.since} />
      </span>
      <span className="num w-24 text-right text-xs whitespace-nowrap text-muted">
        {uptimeWords(monitor.uptime30d)} 30 d
      </span>
    </li>
  );
}

/** What else is to be known of its state; on a phone it stands under the name, which would have no room beside it. */
function marksOf({ maintenance, drill, flappingSince }: MonitorRow): ('maintenance' | 'drill' | 'flapping')[] {
  return [
    ...(maintenance === null ? [] : (['maintenance'] as const)),
    ...(drill === null ? [] : (['drill'] as const)),
    ...(flappingSince === null ? [] : (['flapping'] as const)),
  ];
}

/**
 * What its name does not say: its kind and address, the service, and what a heartbeat waits for or which value came last.
 */
function MonitorNote({ monitor }: { monitor: MonitorRow }) {
  const waits = monitor.heartbeat === null || monitor.state === 'paused' ? null : monitor.heartbeat;
  const pushed = monitor.pushedValue;
  const marks = marksOf(monitor);
  const facts = [
    questionOf(monitor),
    monitor.serviceName === monitor.name ? null : <bdi>{monitor.serviceName}</bdi>,
    waits === null ? null : waits.lastBeatAt === null ? 'waits for its first call' : <BeatCountdown clock={waits} />,
    pushed === null ? null : pushed.lastValue === null ? (
      'waits for its first value'
    ) : (
      <span className="num">
        {shownValue(pushed.lastValue)}, expected {thresholdWords({ ...pushed, forSeconds: 0 })}
      </span>
    ),
  ].filter((fact) => fact !== null);
  if (facts.length === 0 && monitor.tags.length === 0 && marks.length === 0) return null;
  return (
    <span className="block truncate text-xs text-muted">
      {marks.length === 0 ? null : (
        <span className="mr-1.5 inline-flex gap-1.5 align-middle md:hidden">
          {marks.map((mark) => (
            <StateBadge key={mark} state={mark} />
          ))}
        </span>
      )}
      {facts.map((fact, index) => (
        <Fragment key={index}>
          {index === 0 ? null : ' · '}
          {fact}
        </Fragment>
      ))}
      {monitor.tags.map((tag) => (
        <bdi key={tag} className="ml-1.5 rounded-sm bg-sunken px-1">
          {tag}
        </bdi>
      ))}
    </span>
  );
}
