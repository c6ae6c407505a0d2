import type { Monitor } from '#monitor/contract';
import { CopyLine } from '../ui/copy-button.tsx';
import { Note } from '../ui/error-note.tsx';
import { formatDuration, formatMs } from '../ui/format.ts';
import { Panel, Section } from '../ui/panel.tsx';
import { Countdown, Duration, RelativeTime } from '../ui/time.tsx';

/** Where the job reports, and when it is next expected. */
export function HeartbeatPanel({ heartbeat }: { heartbeat: NonNullable<Monitor['heartbeat']> }) {
  const { beatUrl, lastBeatAt, dueAt, runningSince, lastDurationMs } = heartbeat;
  return (
    <Section
      title="Heartbeat"
      aside={`every ${formatDuration(heartbeat.periodSeconds)}, at most ${formatDuration(heartbeat.graceSeconds)} late`}
    >
      <Panel className="grid gap-3 p-4">
        {lastBeatAt === null ? (
          <Note tone="accent">Not armed yet: nothing is expected before the first call.</Note>
        ) : null}
        <p className="flex flex-wrap gap-x-6 gap-y-1">
          {lastBeatAt === null ? null : (
            <span>
              <span className="text-muted">last call</span> <RelativeTime at={lastBeatAt} />
            </span>
          )}
          {dueAt === null ? null : (
            <span>
              <span className="text-muted">expected within</span> <Countdown dueAt={dueAt} warnSeconds={0} />
            </span>
          )}
          {runningSince === null ? null : (
            <span>
              <span className="text-muted">running for</span> <Duration since={runningSince} />
            </span>
          )}
          {lastDurationMs === null ? null : (
            <span>
              <span className="text-muted">last run took</span> {formatMs(lastDurationMs)}
            </span>
          )}
        </p>
        {beatUrl === null ? (
          <p className="text-muted">Its address is shown to people who may change monitors.</p>
        ) : (
          <div className="grid gap-1">
            <CopyLine label="Address to call" text={beatUrl} />
            <p className="text-xs text-muted">
              Call it when the job succeeded:{' '}
              <code className="font-mono break-all">&amp;&amp; curl -fsS {beatUrl}</code>. Add /start when it begins,
              /fail when it failed, or its exit code.
            </p>
          </div>
        )}
      </Panel>
    </Section>
  );
}
