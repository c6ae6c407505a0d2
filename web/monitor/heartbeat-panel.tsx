import type { Monitor } from '#monitor/contract';
import { Note } from '../ui/error-note.tsx';
import { formatDuration, formatMs } from '../ui/format.ts';
import { Panel, Section } from '../ui/panel.tsx';
import { Duration, RelativeTime } from '../ui/time.tsx';
import { BeatCountdown } from './beat-clock.tsx';
import { beatSnippets } from './beat-snippets.ts';
import { SenderAddress } from './sender-address.tsx';

type Heartbeat = NonNullable<Monitor['heartbeat']>;

/** Where the job reports, and when it is next expected. */
export function HeartbeatPanel({ monitor, heartbeat }: { monitor: Monitor; heartbeat: Heartbeat }) {
  const { beatUrl, previousKeyUntil, lastBeatAt, runningSince, lastDurationMs } = heartbeat;
  return (
    <Section title="Heartbeat" aside={rhythmWords(heartbeat)}>
      <Panel className="grid gap-3 p-4">
        {lastBeatAt === null ? (
          <Note tone="accent">Not armed yet: nothing is expected before the first call.</Note>
        ) : monitor.state === 'paused' ? (
          <Note>Paused: calls are noted, and nothing is expected.</Note>
        ) : (
          <BeatCountdown clock={heartbeat} className="text-lg font-semibold first-letter:uppercase" />
        )}
        <p className="flex flex-wrap gap-x-6 gap-y-1 empty:hidden">
          {lastBeatAt === null ? null : (
            <span>
              <span className="text-muted">last call</span> <RelativeTime at={lastBeatAt} />
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
        <SenderAddress
          monitor={monitor}
          label="Address to call"
          address={beatUrl}
          previousUntil={previousKeyUntil}
          help="Call it when the job succeeded. Add /start when it begins, /fail when it failed, its exit code, or /log to keep a line; what is posted is kept. Runs that overlap are told apart by ?rid= and any word."
          howLabel="How the job calls it"
          snippetsOf={(address) => beatSnippets(address, heartbeat.cron)}
        />
      </Panel>
    </Section>
  );
}

/** `30 2 * * * in Europe/Berlin, at most 15 m late`. */
function rhythmWords({ cron, timeZone, periodSeconds, graceSeconds, maxRunSeconds }: Heartbeat): string {
  const times = cron === null ? `every ${formatDuration(periodSeconds)}` : `${cron} in ${timeZone}`;
  const run = maxRunSeconds === null ? '' : `, runs at most ${formatDuration(maxRunSeconds)}`;
  return `${times}, at most ${formatDuration(graceSeconds)} late${run}`;
}
