import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { listOnCallNow, type ScheduleOnCallView } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { useRead } from '../data/query.ts';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Row, Rows } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { OnCallPeople } from './on-call-people.tsx';

const MINUTE_MS = 60_000;

/** Every schedule with who is on call now, until when, and who is next. */
export function OnCallBySchedule({ empty }: { empty: ReactNode }) {
  // Hand-offs are no news on the stream: nothing is stored when one comes.
  const read = useRead(listOnCallNow, {}, ['schedules', 'members'], { refetchInterval: MINUTE_MS });
  return (
    <Loaded read={read} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          empty
        ) : (
          <Rows>
            {items.map((schedule) => (
              <ScheduleRow key={schedule.scheduleId} schedule={schedule} />
            ))}
          </Rows>
        )
      }
    </Loaded>
  );
}

function ScheduleRow({ schedule }: { schedule: ScheduleOnCallView }) {
  return (
    <Row className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
      <div className="grid min-w-0 gap-1">
        <Link
          to="/schedules/$scheduleId"
          params={{ scheduleId: schedule.scheduleId }}
          className={`${textLink} truncate text-sm`}
          dir="auto"
        >
          {schedule.name}
        </Link>
        <OnCallPeople {...schedule} />
      </div>
      <NextOnCall schedule={schedule} />
    </Row>
  );
}

/** Until when it is so, and who comes after; around a gap also who is next. */
export function NextOnCall({ schedule }: { schedule: ScheduleOnCallView }) {
  const { gap, next, until, following } = schedule;
  const ends = gap === null && until !== null && following !== null;
  return (
    <span className="min-w-0 text-xs text-muted">
      {ends ? (
        <>
          until <RelativeTime at={until} show="absolute" className="num" />, then{' '}
          {following.userIds.length === 0 ? (
            <span className="font-medium text-bad-text">nobody</span>
          ) : (
            <People userIds={following.userIds} />
          )}
          {next === null || next.at === until ? null : ' · '}
        </>
      ) : null}
      {ends && (next === null || next.at === until) ? null : next === null ? (
        'nobody else comes'
      ) : (
        <>
          next <People userIds={next.userIds} /> <RelativeTime at={next.at} />
        </>
      )}
    </span>
  );
}

function People({ userIds }: { userIds: readonly string[] }) {
  const nameOf = usePersonName();
  return userIds.map((id, index) => (
    <span key={id}>
      {index === 0 ? '' : ', '}
      <bdi>{nameOf(id)}</bdi>
    </span>
  ));
}
