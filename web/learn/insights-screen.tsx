import { useState } from 'react';
import { promiseWords } from '#declare/contract';
import { type Insights, readInsightsRoute } from '#learn/contract';
import { useRead } from '../data/query.ts';
import { currentTime } from '../ui/clock.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatDuration, formatPercent } from '../ui/format.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Panel, Section } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { Stat, Stats } from '../ui/stat.tsx';
import { BarList } from './bar-list.tsx';
import { IncidentTimes } from './incident-times.tsx';

const DAY_MS = 86_400_000;
const windows = { '7': '7 days', '30': '30 days', '90': '90 days', '365': 'a year' } as const;
type Window = keyof typeof windows;

/** The start of the window, cut to the hour so that the same screen asks the same question. */
function windowStart(days: Window): string {
  const start = new Date(currentTime().getTime() - Number(days) * DAY_MS);
  start.setUTCMinutes(0, 0, 0);
  return start.toISOString();
}

/** Few figures, each the answer to a written question. */
export function InsightsScreen() {
  const [days, setDays] = useState<Window>('30');
  const read = useRead(
    readInsightsRoute,
    { query: { from: windowStart(days) } },
    ['incidents', 'alerts', 'promises', 'postmortems', 'action-items'],
    { keepPrevious: true },
  );
  return (
    <Page
      title="Insights"
      below="Drills, false alarms and what is only suspected are left out. There is no figure about a person."
      acts={
        <Segments
          label="Window"
          value={days}
          onChange={setDays}
          options={Object.entries(windows).map(([value, label]) => ({ value: value as Window, label }))}
        />
      }
    >
      <Loaded read={read}>{(insights) => <Answers insights={insights} />}</Loaded>
    </Page>
  );
}

function Answers({ insights }: { insights: Insights }) {
  if (insights.incidents === 0) {
    return (
      <EmptyState title="No incident in this window">
        {insights.alerts > 0
          ? `${insights.alerts} alerts came in and none was declared. Is something going unsaid?`
          : 'Times and kept promises appear here after the first one. A drill on a monitor shows the way without counting.'}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-8">
      <Overview insights={insights} />
      <Times insights={insights} />
      <div className="grid gap-8 md:grid-cols-2">
        <Section title="Did we keep our promises?">
          <BarList
            rows={insights.promises.map((row) => ({
              label: promiseWords(row.kind),
              parts: [
                { tone: 'ok', value: row.kept, word: 'kept' },
                { tone: 'bad', value: row.broken, word: 'broken' },
                { tone: 'unknown', value: row.pending, word: 'pending' },
              ],
            }))}
            empty="Nothing was promised."
          />
        </Section>
        <Section title="Who or what noticed first?">
          <BarList
            rows={insights.sources.map((row) => ({
              label: row.source,
              parts: [{ tone: 'accent', value: row.count, word: row.count === 1 ? 'incident' : 'incidents' }],
            }))}
            empty="Nothing yet."
          />
        </Section>
        <Section title="How severe, as declared and in the end?">
          <BarList
            rows={insights.severity.map((row) => ({
              label: row.severity,
              parts: [
                { tone: 'accent', value: row.final, word: 'in the end' },
                { tone: 'unknown', value: row.declared, word: 'as declared' },
              ],
            }))}
            beside
            empty="Nothing yet."
          />
        </Section>
        <Section title="How long were customers left without a word?">
          <BarList
            rows={[
              { label: 'over 30 minutes', value: insights.silence.over30m },
              { label: 'over 60 minutes', value: insights.silence.over60m },
              { label: 'over 90 minutes', value: insights.silence.over90m },
            ].map(({ label, value }) => ({
              label,
              parts: [{ tone: 'warn' as const, value, word: `of ${insights.silence.incidents}` }],
            }))}
            empty="No customer-facing incident has ended."
          />
        </Section>
      </div>
      <IncidentTimes insights={insights} />
    </div>
  );
}

function Overview({ insights }: { insights: Insights }) {
  const { silence, actionItems, postmortems } = insights;
  return (
    <Stats>
      <Stat label="Incidents" note={`${insights.alerts} alerts, ${insights.falseAlarms} false alarms`}>
        {insights.incidents}
      </Stat>
      <Stat label="Public updates on time" note="first and promised ones">
        {insights.cadenceKept === null ? 'n/a' : formatPercent(insights.cadenceKept, 0)}
      </Stat>
      <Stat label="Longest silence" note="without a public update">
        {silence.longestSeconds === null ? 'n/a' : formatDuration(silence.longestSeconds)}
      </Stat>
      <Stat label="Time with impact" note="stretches merged, reopenings included">
        {formatDuration(insights.impactSeconds)}
      </Stat>
      <Stat label="Undeclared for an hour" note="critical alerts nobody declared">
        {insights.undeclaredOverAnHour}
      </Stat>
      <Stat label="Action items open" note={`${actionItems.overdue} overdue, ${actionItems.done} done`}>
        {actionItems.open}
      </Stat>
      <Stat label="Postmortems on time" note={`${postmortems.due} fell due`}>
        {postmortems.due === 0 ? 'n/a' : `${postmortems.onTime} of ${postmortems.due}`}
      </Stat>
    </Stats>
  );
}

function Times({ insights }: { insights: Insights }) {
  return (
    <Section title="How long did it take?" aside="median, and nine of ten within">
      <Panel>
        <dl className="divide-y divide-line">
          {insights.times.map((row) => (
            <div key={row.key} className="grid gap-x-6 px-4 py-2.5 md:grid-cols-[14rem_12rem_minmax(0,1fr)]">
              <dt className="font-medium">{row.title}</dt>
              <dd className="num">
                {row.medianSeconds === null ? 'n/a' : formatDuration(row.medianSeconds)}
                {row.p90Seconds === null ? null : (
                  <span className="text-muted"> · {formatDuration(row.p90Seconds)}</span>
                )}
              </dd>
              <dd className="text-xs text-muted">
                {row.definition} {row.measured} measured
                {row.missing === 0 ? '' : `, ${row.missing} without a record`}
                {row.invalid === 0 ? '' : `, ${row.invalid} with times that run backwards`}.
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
    </Section>
  );
}
