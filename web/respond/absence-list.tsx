import X from 'lucide-react/icons/x';
import { useState } from 'react';
import { deleteAbsence, listAbsences } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { useMay, useSession } from '../data/session.ts';
import { Person } from '../ui/avatar.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Panel, Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { AbsenceDialog } from './absence-dialog.tsx';

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
            {items.map(({ id, userId, startsAt, endsAt, reason }) => (
              <Row key={id} className="flex items-start justify-between gap-3">
                <div className="min-w-0">
                  <Person name={nameOf(userId)} className="max-w-full" />
                  <p className="text-xs text-muted">
                    <RelativeTime at={startsAt} show="absolute" /> to <RelativeTime at={endsAt} show="absolute" />
                    {reason === null ? null : <> · {reason}</>}
                  </p>
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
            ))}
          </Rows>
        )}
      </LoadedList>
      {adding ? <AbsenceDialog onClose={() => setAdding(false)} /> : null}
    </Section>
  );
}
