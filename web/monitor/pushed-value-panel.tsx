import { listSamples, type Monitor, shownValue, thresholdWords } from '#monitor/contract';
import { useRead } from '../data/query.ts';
import { Chart } from '../ui/chart.tsx';
import { Note } from '../ui/error-note.tsx';
import { formatDuration } from '../ui/format.ts';
import { Panel, Section } from '../ui/panel.tsx';
import { Duration, RelativeTime } from '../ui/time.tsx';
import { pushSnippets } from './push-snippets.ts';
import { SenderAddress } from './sender-address.tsx';

type PushedValue = NonNullable<Monitor['pushedValue']>;

/** The last value, those before it, and where they are sent. */
export function PushedValuePanel({ monitor, pushedValue }: { monitor: Monitor; pushedValue: PushedValue }) {
  const { lastValue, lastValueAt, brokenSince, dueAt, pushUrl, previousKeyUntil } = pushedValue;
  return (
    <Section title="Value" aside={expectationWords(pushedValue)}>
      <Panel className="grid gap-3 p-4">
        {lastValue === null || lastValueAt === null ? (
          <Note tone="accent">Nothing is expected before the first value.</Note>
        ) : (
          <>
            <p className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
              <span className="num text-lg font-semibold">{shownValue(lastValue)}</span>
              <span>
                <span className="text-muted">came</span> <RelativeTime at={lastValueAt} />
              </span>
              {brokenSince === null ? null : (
                <span>
                  <span className="text-muted">does not hold for</span> <Duration since={brokenSince} />
                </span>
              )}
            </p>
            {monitor.state === 'paused' ? (
              <Note>Paused: values are kept, and none is expected.</Note>
            ) : dueAt === null ? (
              <Note>No value came in time: what it is now is unknown.</Note>
            ) : null}
            <ValueChart monitor={monitor} pushedValue={pushedValue} />
          </>
        )}
        <SenderAddress
          monitor={monitor}
          label="Address for the value"
          address={pushUrl}
          previousUntil={previousKeyUntil}
          help={
            'Send a number by ?value=, or as the body: 12.5 or {"value": 12.5}. Whoever has the address can send values.'
          }
          howLabel="How it is sent"
          snippetsOf={pushSnippets}
        />
      </Panel>
    </Section>
  );
}

/** `at most 100, down after 10 m, a value every 1 m, at most 1 m late` */
function expectationWords({ test, value, forSeconds, periodSeconds, graceSeconds }: PushedValue): string {
  const holds = thresholdWords({ test, value, forSeconds: 0 });
  const after = forSeconds === 0 ? '' : `, down after ${formatDuration(forSeconds)}`;
  return `${holds}${after}, a value every ${formatDuration(periodSeconds)}, at most ${formatDuration(graceSeconds)} late`;
}

const secondsOf = (instant: string) => new Date(instant).getTime() / 1000;

function ValueChart({ monitor, pushedValue }: { monitor: Monitor; pushedValue: PushedValue }) {
  const read = useRead(listSamples, { params: { id: monitor.id }, query: { limit: 200 } }, [`monitor:${monitor.id}`]);
  const samples = (read.data?.items ?? []).toReversed();
  if (samples.length < 2) return null;
  const values = samples.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(high - low, Math.abs(high), Number.MIN_VALUE);
  // A threshold far away from every value would press the line flat.
  const near = pushedValue.value <= high + span * 3 && pushedValue.value >= low - span * 3;
  return (
    <Chart
      times={samples.map(({ at }) => secondsOf(at))}
      series={[{ label: 'value', tone: 'accent', values }]}
      threshold={
        near ? { value: pushedValue.value, label: thresholdWords({ ...pushedValue, forSeconds: 0 }) } : undefined
      }
      formatValue={shownValue}
      label={`The last ${samples.length} values of ${monitor.name}, from ${shownValue(low)} to ${shownValue(high)}`}
    />
  );
}
