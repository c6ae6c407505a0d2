import { type IncidentView, listIncidentPromises, type PromiseView, promiseWords } from '#declare/contract';
import { useRead } from '../data/query.ts';
import { Badge } from '../ui/badge.tsx';
import { currentTime } from '../ui/clock.ts';
import { formatDuration } from '../ui/format.ts';
import { Section } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Countdown, RelativeTime } from '../ui/time.tsx';

const PUBLIC = new Set(['first-update', 'next-update']);

/** What is owed: the public one counts down large, the others stand below, kept or visibly broken. */
export function PromisePanel({ incident }: { incident: IncidentView }) {
  const read = useRead(listIncidentPromises, { params: { id: incident.id } }, ['promises', `incident:${incident.id}`]);
  const all = read.data?.items ?? [];
  const promises = all.filter((promise) => !all.some((other) => replaces(other, promise)));
  const owed = promises.find(
    (promise) => PUBLIC.has(promise.kind) && promise.settledAt === null && promise.state !== 'waived',
  );
  return (
    <>
      {owed === undefined ? null : <Owed promise={owed} />}
      {promises.length === 0 ? null : (
        <Section title="Promises">
          <ul className="flex flex-col gap-1.5">
            {promises.map((promise) => (
              <li key={promise.id} className="flex items-center justify-between gap-3">
                <span className="first-letter:uppercase">{promiseWords(promise.kind)}</span>
                <Settled
                  promise={promise}
                  since={promise.kind === 'first-update' ? incident.detectedAt : promise.openedAt}
                />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Owed({ promise }: { promise: PromiseView }) {
  const late = Date.parse(promise.dueAt) < currentTime().getTime();
  return (
    <div className={`rounded-panel border px-4 py-3 ${late ? 'border-bad bg-bad-tint' : 'border-warn bg-warn-tint'}`}>
      <p className={`text-xs font-medium ${late ? 'text-bad-text' : 'text-warn-text'}`}>
        {promise.kind === 'first-update' ? 'First public update, due by ' : 'Next public update, promised for '}
        <RelativeTime at={promise.dueAt} show="absolute" />
      </p>
      <Countdown dueAt={promise.dueAt} className="num text-big" />
      <p className="text-xs text-muted">
        The communications lead is reminded, then the commander; silence breaks it visibly.
      </p>
    </div>
  );
}

/** Another severity promises the same anew; the one given up for it says nothing more. */
function replaces(other: PromiseView, promise: PromiseView): boolean {
  if (promise.state !== 'waived' || promise.settledAt === null || other.id === promise.id) return false;
  return other.kind === promise.kind && Date.parse(other.openedAt) >= Date.parse(promise.settledAt);
}

function Settled({ promise, since }: { promise: PromiseView; since: string }) {
  if (promise.state === 'pending') return <Countdown dueAt={promise.dueAt} lead="in" className="text-xs" />;
  const seconds = promise.settledAt === null ? null : (Date.parse(promise.settledAt) - Date.parse(since)) / 1_000;
  if (promise.state === 'kept')
    return <StateBadge state="kept" {...(seconds === null ? {} : { detail: `in ${formatDuration(seconds)}` })} />;
  if (promise.state === 'broken') {
    return (
      <Badge tone="bad" glyph="cross">
        {promise.settledAt === null
          ? 'Broken'
          : `Kept ${formatDuration((Date.parse(promise.settledAt) - Date.parse(promise.dueAt)) / 1_000)} late`}
      </Badge>
    );
  }
  return <StateBadge state={promise.state} />;
}
