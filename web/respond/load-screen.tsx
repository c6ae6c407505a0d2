import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { listTeams } from '#access/contract';
import {
  listSchedules,
  loadCsv,
  type PersonLoadView,
  readLoad,
  readSchedule,
  suggestSwapsRoute,
  type SwapSuggestionView,
} from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { api } from '../data/api.ts';
import { useRead } from '../data/query.ts';
import { useMay, useSession } from '../data/session.ts';
import { Person } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { useMinute } from '../ui/clock.ts';
import { downloadText } from '../ui/download-text.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { formatDuration } from '../ui/format.ts';
import { Select } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Panel, Row, Rows, Section } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { Table, Td, Th } from '../ui/table.tsx';
import { RelativeTime } from '../ui/time.tsx';
import type { Stretch } from './calendar/span.ts';
import { CoverDialog } from './cover-dialog.tsx';
import { fairnessWords, InterruptionBars, LoadBars } from './load-bars.tsx';
import { loadTopics } from './load-panel.tsx';
import { type LoadPeriod, loadPeriods, spanOf } from './load-period.ts';
import { OverrideDialog } from './override-dialog.tsx';

interface Chosen {
  period?: LoadPeriod;
  schedule?: string;
  team?: string;
}

function useQuery(chosen: Chosen) {
  const now = useMinute();
  const { period = 'days30', schedule, team } = chosen;
  return {
    ...spanOf(period, now),
    ...(schedule === undefined ? {} : { scheduleId: schedule }),
    ...(team === undefined ? {} : { teamId: team }),
  };
}

/** What on-call asked of each person in a period, for fairness and for pay; how fast they answered is not in it. */
export function LoadScreen() {
  const chosen: Chosen = useSearch({ from: '/shell/load' });
  const query = useQuery(chosen);
  const read = useRead(readLoad, { query }, loadTopics, { keepPrevious: true });
  return (
    <Page
      title="On-call load"
      below="Hours by the schedules, nights from 22 to 7 by each person’s clock, and the pages that reached them. A public holiday is a free day. Drills do not count."
      acts={<Choices chosen={chosen} query={query} />}
    >
      <Loaded read={read} rows={6}>
        {({ people, from, to }) =>
          people.length === 0 ? (
            <EmptyState title="Nobody was on call">
              Hours come from schedules. Make one, and its turns count from then on.
            </EmptyState>
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
              <Section
                title="Time on call"
                aside={
                  <>
                    <RelativeTime at={from} show="absolute" className="num" /> –{' '}
                    <RelativeTime at={to} show="absolute" className="num" />
                  </>
                }
              >
                <Panel className="px-4 py-3.5">
                  <LoadBars people={people} />
                  <p className="mt-3 flex flex-wrap gap-x-4 text-xs text-muted">
                    <Key tone="bg-accent">by day on working days</Key>
                    <Key tone="bg-unknown">nights and free days</Key>
                    <span>{fairnessWords(people)}</span>
                  </p>
                </Panel>
              </Section>
              <Section title="Interruptions" aside="outside business hours, by each person’s clock">
                <Panel className="px-4 py-3.5">
                  <InterruptionBars people={people} />
                  <p className="mt-3 flex flex-wrap gap-x-4 text-xs text-muted">
                    <Key tone="bg-warn">broken nights</Key>
                    <Key tone="bg-unknown">other interruptions</Key>
                  </p>
                </Panel>
              </Section>
              <Swaps query={query} />
              <Section title="In figures">
                <LoadTable people={people} />
              </Section>
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function Key({ tone, children }: { tone: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className={`h-2 w-4 rounded-full ${tone}`} aria-hidden="true" />
      {children}
    </span>
  );
}

type Query = ReturnType<typeof useQuery>;

function Choices({ chosen, query }: { chosen: Chosen; query: Query }) {
  const navigate = useNavigate();
  const schedules = useRead(listSchedules, { query: { limit: 200 } }, ['schedules']).data?.items ?? [];
  const teams = useRead(listTeams, { query: { limit: 200 } }, ['members']).data?.items ?? [];
  const choose = (change: { period?: LoadPeriod; schedule?: string; team?: string }) => {
    const { period, schedule, team } = { ...chosen, ...change };
    void navigate({
      to: '/load',
      search: { ...(period ? { period } : {}), ...(schedule ? { schedule } : {}), ...(team ? { team } : {}) },
      replace: true,
    });
  };
  return (
    <>
      <Segments
        label="Period"
        value={chosen.period ?? 'days30'}
        onChange={(period) => choose({ period })}
        options={loadPeriods}
      />
      <Field label={<span className="sr-only">By which schedule</span>}>
        <Select
          value={chosen.schedule ?? ''}
          onChange={(event) => choose({ schedule: event.target.value })}
          className="max-w-44"
        >
          <option value="">All schedules</option>
          {schedules.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {teams.length === 0 ? null : (
        <Field label={<span className="sr-only">Which team</span>}>
          <Select
            value={chosen.team ?? ''}
            onChange={(event) => choose({ team: event.target.value })}
            className="max-w-44"
          >
            <option value="">Everybody</option>
            {teams.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Button onClick={() => void download(query)}>CSV</Button>
    </>
  );
}

async function download(query: Query): Promise<void> {
  try {
    const { days } = await api.call(readLoad, { query: { ...query, days: 'true' } });
    downloadText('on-call-load.csv', 'text/csv', loadCsv(days));
  } catch (error) {
    toast({ tone: 'bad', text: sentenceOf(error) });
  }
}

const hours = (seconds: number) => (Math.round(seconds / 360) / 10).toFixed(1);
const times = (share: number | null) => (share === null ? '–' : `${share.toFixed(2)} ×`);

function LoadTable({ people }: { people: readonly PersonLoadView[] }) {
  return (
    <Table
      label="Load of each person"
      head={
        <>
          <Th>Person</Th>
          <Th numeric>Hours</Th>
          <Th numeric>Nights, h</Th>
          <Th numeric>Free days, h</Th>
          <Th numeric>Holidays, h</Th>
          <Th numeric>Of the average</Th>
          <Th numeric>Pages</Th>
          <Th numeric>Outside hours</Th>
          <Th numeric>Broken nights</Th>
        </>
      }
    >
      {people.map((person) => (
        <tr key={person.userId}>
          <Td className="max-w-56">
            <Person name={person.userName} className="max-w-full" />
          </Td>
          <Td numeric>{hours(person.totalSeconds)}</Td>
          <Td numeric>{hours(person.nightSeconds + person.freeNightSeconds)}</Td>
          <Td numeric>{hours(person.freeDaySeconds + person.freeNightSeconds)}</Td>
          <Td numeric>{hours(person.holidaySeconds)}</Td>
          <Td numeric>{times(person.timeShare)}</Td>
          <Td numeric>{person.pages}</Td>
          <Td numeric>{person.interruptions}</Td>
          <Td numeric>{person.interruptedNights}</Td>
        </tr>
      ))}
    </Table>
  );
}

function Swaps({ query }: { query: Query }) {
  const read = useRead(suggestSwapsRoute, { query }, loadTopics, { keepPrevious: true });
  return (
    <Section title="What would even it out" aside="an interruption counts as 2 h on call, a broken night as 6 h more">
      <Loaded read={read} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel className="px-4 py-3 text-muted">
              No shift of the next four weeks would even it out by more than a few hours.
            </Panel>
          ) : (
            <Rows>
              {items.map((swap) => (
                <Swap key={`${swap.scheduleId} ${swap.startsAt} ${swap.toUserId}`} swap={swap} />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </Section>
  );
}

function Swap({ swap }: { swap: SwapSuggestionView }) {
  const { user } = useSession();
  const mayCover = useMay('schedules.cover');
  const [asking, setAsking] = useState<'cover' | 'override'>();
  const mine = swap.fromUserId === user.id;
  const forMe = swap.toUserId === user.id;
  const stretch = { startMs: Date.parse(swap.startsAt), endMs: Date.parse(swap.endsAt) };
  const close = () => setAsking(undefined);
  return (
    <Row className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <span className="min-w-0">
        <bdi className="font-medium">{swap.toUserName}</bdi> could take{' '}
        <bdi className="font-medium">{swap.fromUserName}</bdi>’s shift in <bdi>{swap.scheduleName}</bdi>,{' '}
        <span className="num">
          <RelativeTime at={swap.startsAt} show="absolute" /> – <RelativeTime at={swap.endsAt} show="absolute" />
        </span>
        <span className="block text-xs text-muted">
          {swap.reason} It evens out {formatDuration(swap.evensOutSeconds)}.
        </span>
      </span>
      {mayCover && (mine || forMe) ? (
        <Button size="sm" onClick={() => setAsking(mine ? 'cover' : 'override')}>
          {mine ? 'Ask for cover' : 'Take it over'}
        </Button>
      ) : (
        <Link to="/schedules/$scheduleId" params={{ scheduleId: swap.scheduleId }} className={textLink}>
          To the schedule
        </Link>
      )}
      {asking === 'cover' ? (
        <CoverDialog
          schedule={{ id: swap.scheduleId, name: swap.scheduleName }}
          stretch={stretch}
          askedUserId={swap.toUserId}
          onClose={close}
        />
      ) : null}
      {asking === 'override' ? <TakeOver swap={swap} stretch={stretch} onClose={close} /> : null}
    </Row>
  );
}

/** The override that a suggestion comes to, on the clock of its schedule. */
function TakeOver({ swap, stretch, onClose }: { swap: SwapSuggestionView; stretch: Stretch; onClose: () => void }) {
  const read = useRead(readSchedule, { params: { id: swap.scheduleId } }, ['schedules']);
  return read.data === undefined ? null : (
    <OverrideDialog
      schedule={read.data}
      wish={{ kind: 'replace', replacedUserId: swap.fromUserId, stretch }}
      onClose={onClose}
      onMade={() => toast({ text: 'You are on call then' })}
    />
  );
}
