import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FinalScheduleView, ScheduleOverrideView } from '#respond/contract';
import { usePersonName } from '../../access/people.ts';
import { browserTimeZone } from '../../access/time-zone-select.tsx';
import { useMay, useSession } from '../../data/session.ts';
import { Person } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { useMinute } from '../../ui/clock.ts';
import { Drawer } from '../../ui/dialog.tsx';
import { formatDuration, plural } from '../../ui/format.ts';
import { textLink } from '../../ui/link.ts';
import { gapWords } from '../schedule-words.ts';
import type { Bar, CalendarRow } from './rows.ts';
import type { Stretch } from './span.ts';
import { overrideWords, saidOf } from './bar-words.ts';
import { clockAt, stretchWords, zoneName } from './words.ts';
import { whyOf } from './why.ts';
import { dateAt } from './zone.ts';

export type DetailActs = {
  onOverride: (bar: Bar) => void;
  onFill: (stretch: Stretch) => void;
  onCover: (stretch: Stretch) => void;
  onTimes: (override: ScheduleOverrideView) => void;
  onTakeBack: (override: ScheduleOverrideView) => void;
  onDay: (date: string) => void;
};

/** What stands behind a bar: who, from when until when, and why; and what can be done about it. */
export function BarDetail({
  bars,
  row,
  final,
  overrides,
  zone,
  acts,
  consequences,
  onClose,
}: {
  bars: readonly Bar[];
  row: CalendarRow;
  final: FinalScheduleView;
  overrides: readonly ScheduleOverrideView[];
  zone: string;
  /** Left out where nothing can be done: a preview. */
  acts: DetailActs | undefined;
  /** What would happen to a page in a stretch in which nobody is on call. */
  consequences: (stretch: Stretch) => readonly string[];
  onClose: () => void;
}) {
  const nameOf = usePersonName();
  const [bar] = bars;
  const last = bars.at(-1);
  if (bar === undefined || last === undefined) return null;
  if (bars.length > 1)
    return (
      <Drawer
        open
        onOpenChange={onClose}
        title={plural(bars.length, 'turn')}
        description={`${row.title}, ${stretchWords({ startMs: bar.startMs, endMs: last.endMs }, zone)}`}
        footer={acts ? <Button onClick={() => acts.onDay(dateAt(bar.startMs, zone))}>Open this day</Button> : undefined}
      >
        <ul className="divide-y divide-line">
          {bars.map((one) => (
            <li key={one.key} className="flex gap-4 py-1.5">
              <span className="num w-24 shrink-0 text-muted">
                {clockAt(one.startMs, zone)}–{clockAt(one.endMs, zone)}
              </span>
              <span className={one.kind === 'gap' ? 'font-semibold text-bad-text' : ''}>{saidOf(one, nameOf)}</span>
            </li>
          ))}
        </ul>
      </Drawer>
    );
  return (
    <Drawer
      open
      onOpenChange={onClose}
      title={titleOf(bar, nameOf)}
      description={<When stretch={bar} zone={zone} />}
      footer={acts ? <Acts bar={bar} acts={acts} /> : undefined}
    >
      <div className="grid gap-4">
        {bar.userIds.length < 2 ? null : (
          <ul className="grid gap-1.5">
            {bar.userIds.map((id) => (
              <li key={id}>
                <Person name={nameOf(id)} />
              </li>
            ))}
          </ul>
        )}
        <WhyList bar={bar} row={row} final={final} overrides={overrides} zone={zone} />
        {bar.kind === 'gap' ? (
          <Point term="What would happen">
            {consequences(bar).map((text) => (
              <p key={text}>{text}</p>
            ))}
          </Point>
        ) : null}
      </div>
    </Drawer>
  );
}

function titleOf(bar: Bar, nameOf: (id: string) => string): string {
  if (bar.kind === 'gap') return 'Nobody on call';
  if (bar.kind === 'before') return 'Not begun yet';
  if (bar.kind === 'open') return 'A turn left open';
  if (bar.kind === 'override') return 'Override';
  return bar.userIds.map(nameOf).join(' + ');
}

/** The stretch on the schedule's clock, and on the reader's own where that differs. */
function When({ stretch, zone }: { stretch: Stretch; zone: string }) {
  const own = browserTimeZone();
  const here = stretchWords(stretch, own);
  const there = stretchWords(stretch, zone);
  return (
    <span className="num">
      {there} · {formatDuration((stretch.endMs - stretch.startMs) / 1_000)}
      <span className="block text-xs">
        {zoneName(zone)}
        {here === there ? null : `; on your clock ${here}`}
      </span>
    </span>
  );
}

function Point({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="text-xs font-semibold text-muted">{term}</h3>
      <div className="mt-0.5 grid gap-1 break-words">{children}</div>
    </div>
  );
}

function WhyList({
  bar,
  row,
  final,
  overrides,
  zone,
}: {
  bar: Bar;
  row: CalendarRow;
  final: FinalScheduleView;
  overrides: readonly ScheduleOverrideView[];
  zone: string;
}) {
  const nameOf = usePersonName();
  if (bar.kind === 'override' && bar.override !== null) return <OverrideFacts override={bar.override} />;
  if (row.kind === 'layer' || row.kind === 'shadow')
    return (
      <Point term="Why">
        <p>
          Planned by the layer <bdi className="font-medium">{row.title}</bdi>
          {row.kind === 'shadow'
            ? ', whose people look on: they are never paged by it, and fill no gap.'
            : ', before overrides and absences. The row Final says who is paged.'}
        </p>
      </Point>
    );
  const why = whyOf(bar.shifts, final, overrides);
  const gaps = new Set(bar.shifts.flatMap(({ gap }) => (gap === null ? [] : [gapWords(gap, nameOf)])));
  const shadows = [...new Set(bar.shifts.flatMap(({ shadowIds }) => shadowIds))];
  return (
    <>
      <Point term="Why">
        {[...gaps].map((words) => (
          <p key={words} className="first-letter:uppercase">
            {words}.
          </p>
        ))}
        {why.layers.map(({ name, version }) => (
          <p key={`${version} ${name}`}>
            A turn of the layer <bdi className="font-medium">{name}</bdi>, version {version}.
          </p>
        ))}
        {why.overrides.map((override) => (
          <p key={override.id}>
            An override: {overrideWords(override, nameOf)}
            {override.createdBy === null ? null : (
              <>
                , written by <bdi>{nameOf(override.createdBy)}</bdi>
              </>
            )}
            <span className="num block text-xs text-muted">
              {stretchWords({ startMs: Date.parse(override.startsAt), endMs: Date.parse(override.endsAt) }, zone)}
            </span>
          </p>
        ))}
        {why.awayIds.map((id) => (
          <p key={id}>
            <bdi>{nameOf(id)}</bdi> is planned, and away.
          </p>
        ))}
      </Point>
      {shadows.length === 0 ? null : (
        <Point term="Looking on, not paged">
          <bdi>{shadows.map(nameOf).join(', ')}</bdi>
        </Point>
      )}
    </>
  );
}

function OverrideFacts({ override }: { override: ScheduleOverrideView }) {
  const nameOf = usePersonName();
  const { kind, userId, replacedUserId, reason, createdBy } = override;
  const who = <bdi className="font-medium">{nameOf(userId)}</bdi>;
  return (
    <>
      <Point term="What">
        {kind === 'add' ? <p>{who} is on call too.</p> : null}
        {kind === 'remove' ? <p>{who} is not on call.</p> : null}
        {kind === 'replace' ? (
          <p>
            {who} is on call in the place of <bdi>{replacedUserId === null ? 'everybody' : nameOf(replacedUserId)}</bdi>
            .
          </p>
        ) : null}
      </Point>
      {reason === null ? null : (
        <Point term="Reason">
          <p dir="auto">{reason}</p>
        </Point>
      )}
      {createdBy === null ? null : (
        <Point term="Written by">
          <bdi>{nameOf(createdBy)}</bdi>
        </Point>
      )}
    </>
  );
}

function Acts({ bar, acts }: { bar: Bar; acts: DetailActs }) {
  const { user } = useSession();
  const mayManage = useMay('schedules.manage');
  const mayCover = useMay('schedules.cover');
  const now = useMinute().getTime();
  if (bar.endMs <= now) return <p className="mr-auto text-xs text-muted">It is over; the past never changes.</p>;
  const ahead = { startMs: Math.max(bar.startMs, now), endMs: bar.endMs };
  if (bar.override !== null) {
    const { override } = bar;
    const mayChange = mayManage || (mayCover && override.kind !== 'remove' && override.userId === user.id);
    if (!mayChange) return <p className="mr-auto text-xs text-muted">Only who is meant, or an admin, changes it.</p>;
    return (
      <>
        <Button onClick={() => acts.onTakeBack(override)}>{bar.startMs < now ? 'End now' : 'Take back'}</Button>
        <Button onClick={() => acts.onTimes(override)}>Change its times</Button>
      </>
    );
  }
  return (
    <>
      <Link to="/on-call" search={{ at: new Date(ahead.startMs).toISOString() }} className={`${textLink} mr-auto`}>
        Who is paged then?
      </Link>
      {mayCover && bar.kind !== 'gap' && bar.shifts.length > 0 && bar.userIds.includes(user.id) ? (
        <Button onClick={() => acts.onCover(ahead)}>Ask for cover</Button>
      ) : null}
      {mayCover && bar.kind === 'gap' ? (
        <Button variant="primary" onClick={() => acts.onFill(ahead)}>
          Fill this gap
        </Button>
      ) : null}
      {mayCover && (bar.kind === 'shift' || bar.kind === 'changed' || bar.kind === 'planned') ? (
        <Button onClick={() => acts.onOverride(bar)}>Override this</Button>
      ) : null}
    </>
  );
}
