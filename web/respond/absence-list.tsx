import X from 'lucide-react/icons/x';
import { useState } from 'react';
import {
  type AbsenceEffectView,
  type AbsenceView,
  deleteAbsence,
  listAbsences,
  readAbsenceEffects,
} from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useList, useRead } from '../data/query.ts';
import { useMay, useSession } from '../data/session.ts';
import { Person } from '../ui/avatar.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { useMinute } from '../ui/clock.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { plural } from '../ui/format.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Panel, Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { AbsenceDialog } from './absence-dialog.tsx';
import { CoverDialog } from './cover-dialog.tsx';

/** Who is away, now or later. */
export function AbsenceList() {
  const nameOf = usePersonName();
  const { user } = useSession();
  const mayManage = useMay('schedules.manage');
  const mayCover = useMay('schedules.cover');
  const [adding, setAdding] = useState(false);
  const list = useList(listAbsences, {}, ['schedules']);
  const remove = useAct(deleteAbsence, {
    touches: ['schedules'],
    onDone: () => toast({ text: 'The absence is taken back' }),
  });
  return (
    <Section
      title="Away"
      aside={
        mayCover ? (
          <Button size="sm" onClick={() => setAdding(true)}>
            Be away
          </Button>
        ) : undefined
      }
    >
      <ErrorNote error={remove.error} className="mb-2" />
      <LoadedList list={list} rows={2} empty={<Panel className="px-4 py-3 text-muted">Nobody is away.</Panel>}>
        {(items) => (
          <Rows>
            {items.map((absence) => {
              const { id, userId, startsAt, endsAt, reason } = absence;
              return (
                <Row key={id} className="flex items-start justify-between gap-3">
                  <div className="min-w-0">
                    <Person name={nameOf(userId)} className="max-w-full" />
                    <p className="text-xs text-muted">
                      <RelativeTime at={startsAt} show="absolute" /> to <RelativeTime at={endsAt} show="absolute" />
                      {reason === null ? null : <> · {reason}</>}
                    </p>
                    {mayCover && userId === user.id ? <Uncovered absence={absence} /> : null}
                  </div>
                  {mayManage || userId === user.id ? (
                    <IconButton
                      label={`Take back that ${nameOf(userId)} is away`}
                      size="sm"
                      onClick={() => remove.mutate({ params: { id } })}
                    >
                      <X size={14} aria-hidden="true" />
                    </IconButton>
                  ) : null}
                </Row>
              );
            })}
          </Rows>
        )}
      </LoadedList>
      {adding ? <AbsenceDialog onClose={() => setAdding(false)} /> : null}
    </Section>
  );
}

const shown = 3;

/** One's own shifts that nobody has while one is away, the next ones first, and whom to ask. */
function Uncovered({ absence: { userId, startsAt, endsAt } }: { absence: AbsenceView }) {
  const now = useMinute();
  const [asking, setAsking] = useState<AbsenceEffectView>();
  const read = useRead(readAbsenceEffects, { query: { userId, startsAt, endsAt } }, ['schedules']);
  const holes = (read.data?.effects ?? []).filter(
    ({ insteadIds, endsAt: end }) => insteadIds.length === 0 && Date.parse(end) > now.getTime(),
  );
  return (
    <>
      {holes.slice(0, shown).map((hole) => (
        <div key={`${hole.scheduleId} ${hole.startsAt}`} className="mt-2 grid justify-items-start gap-1.5 text-xs">
          <p>
            <span className="font-medium text-bad-text">Nobody</span> is on call by <bdi>{hole.scheduleName}</bdi>,{' '}
            <RelativeTime at={hole.startsAt} show="absolute" /> to <RelativeTime at={hole.endsAt} show="absolute" />
          </p>
          <Button size="sm" onClick={() => setAsking(hole)}>
            Ask for cover
          </Button>
        </div>
      ))}
      {holes.length > shown ? (
        <p className="mt-1.5 text-xs text-muted">And {plural(holes.length - shown, 'more shift')} without anybody.</p>
      ) : null}
      {asking === undefined ? null : (
        <CoverDialog
          schedule={{ id: asking.scheduleId, name: asking.scheduleName }}
          stretch={{ startMs: Math.max(Date.parse(asking.startsAt), now.getTime()), endMs: Date.parse(asking.endsAt) }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
