import { type Monitor, type PolicyReplay, replayPolicy } from '#monitor/contract';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatDuration, plural } from '../ui/format.ts';

type Confirm = { failures: number; recoveries: number; locations: number | null };

/** Asks the stored checks what the typed confirmations would have said in the last month. */
export function ReplayLine({ monitor, confirm }: { monitor: Monitor; confirm: Confirm }) {
  const replay = useAct(replayPolicy);
  const ask = () => replay.mutate({ params: { id: monitor.id }, body: { confirm } });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 sm:col-span-full">
      <Button size="sm" busy={replay.isPending} onClick={ask}>
        Try on the last 30 days
      </Button>
      <p role="status" className="min-w-0 flex-1 basis-64 text-sm text-muted">
        {replay.data === undefined
          ? 'What would these confirmations have said of the checks that are stored?'
          : replayWords(replay.data)}
      </p>
      <ErrorNote error={replay.error} className="basis-full" />
    </div>
  );
}

/** `Down 3 times instead of 9, 41 s later on average (86,400 checks).` */
export function replayWords({ now, proposed, laterSeconds, checks }: PolicyReplay): string {
  const on = `on ${plural(checks, 'check')}`;
  if (now.downs === 0 && proposed.downs === 0) return `Never down, as now, ${on}.`;
  const times = plural(proposed.downs, 'time');
  const count = now.downs === proposed.downs ? `Down ${times}, as now` : `Down ${times} instead of ${now.downs}`;
  return `${count}${delayWords(laterSeconds)}, ${on}.`;
}

function delayWords(seconds: number | null): string {
  if (seconds === null) return '';
  if (Math.abs(seconds) < 0.5) return ', at the same moment';
  return `, ${formatDuration(Math.round(Math.abs(seconds)))} ${seconds > 0 ? 'later' : 'sooner'} on average`;
}
