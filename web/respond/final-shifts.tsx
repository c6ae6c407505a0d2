import type { FinalScheduleView } from '#respond/contract';
import { useMinute } from '../ui/clock.ts';
import { Note } from '../ui/error-note.tsx';
import { formatAbsolute, formatDuration, plural } from '../ui/format.ts';
import { Row, Rows } from '../ui/panel.tsx';
import { OnCallPeople } from './on-call-people.tsx';

const most = 40;
const secondsOf = (span: { startsAt: string; endsAt: string }) =>
  (Date.parse(span.endsAt) - Date.parse(span.startsAt)) / 1_000;

/** The shifts as they come, on the schedule's own clock; gaps stand among them, and are summed up above. */
export function FinalShifts({ final }: { final: FinalScheduleView }) {
  const now = useMinute();
  const { shifts, gaps, timeZone } = final;
  const open = gaps.reduce((sum, gap) => sum + secondsOf(gap), 0);
  return (
    <div className="grid gap-3">
      {gaps.length === 0 ? null : (
        <Note tone="warn">
          {plural(gaps.length, 'gap')}, {formatDuration(open)} together. A policy’s step that asks only this schedule is
          passed over then.
        </Note>
      )}
      <Rows>
        {shifts.slice(0, most).map((shift) => (
          <Row key={shift.startsAt} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
            <OnCallPeople {...shift} />
            <span className="num text-xs text-muted">
              <time dateTime={shift.startsAt}>{formatAbsolute(new Date(shift.startsAt), now, timeZone)}</time> to{' '}
              <time dateTime={shift.endsAt}>{formatAbsolute(new Date(shift.endsAt), now, timeZone)}</time>
              {shift.overrideIds.length === 0 ? null : ' · overridden'}
            </span>
          </Row>
        ))}
      </Rows>
      <p className="text-xs text-muted">
        {shifts.length > most ? `The first ${most} of ${shifts.length} stretches. ` : null}
        Times in {timeZone.replaceAll('_', ' ')}.
      </p>
    </div>
  );
}
