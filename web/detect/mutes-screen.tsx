import { useState } from 'react';
import { endMuteRoute, listMutes, type MuteView, sentenceOf } from '#detect/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { sentenceOf as faultOf } from '../ui/error-note.tsx';
import { plural } from '../ui/format.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { MuteDialog } from './mute-dialog.tsx';
import { useNames } from './use-names.ts';

const filters = [
  { value: 'true', label: 'Active' },
  { value: 'false', label: 'Over' },
] as const;

/** What is kept quiet, by whom, why and until when. */
export function MutesScreen() {
  const [active, setActive] = useState<'true' | 'false'>('true');
  const [adding, setAdding] = useState(false);
  const mayAct = useMay('alerts.act');
  const mutes = useList(listMutes, { query: { active } }, ['settings', 'alerts']);
  const add = mayAct ? (
    <Button variant="primary" onClick={() => setAdding(true)}>
      Add a mute
    </Button>
  ) : null;
  const bare = active === 'true' && mutes.items?.length === 0;
  return (
    <Page
      title="Mutes"
      narrow
      below="Alerts that match a mute ask nobody until its end. Nothing is dropped: they stand under Alerts, Quiet."
      acts={
        <>
          <Segments label="Which" value={active} onChange={setActive} options={filters} />
          {bare ? null : add}
        </>
      }
    >
      <LoadedList
        list={mutes}
        empty={
          <EmptyState title={bare ? 'Nothing is muted' : 'No mute is over yet'} act={bare ? add : null}>
            Mute what is expected, such as alerts of a machine that is being moved.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((mute) => (
              <MuteRow key={mute.id} mute={mute} mayEnd={mayAct && mute.active} />
            ))}
          </Rows>
        )}
      </LoadedList>
      {adding ? (
        <MuteDialog match={[{ field: 'label', name: '', op: 'is', values: [] }]} onClose={() => setAdding(false)} />
      ) : null}
    </Page>
  );
}

function MuteRow({ mute, mayEnd }: { mute: MuteView; mayEnd: boolean }) {
  const personName = usePersonName();
  const nameOf = useNames();
  const end = useAct(endMuteRoute, {
    touches: ['settings', 'alerts', 'pages'],
    onDone: () => toast({ text: 'The mute is over; what is still open asks now' }),
  });
  const say = { onError: (error: unknown) => toast({ tone: 'bad', text: faultOf(error) }) };
  return (
    <Row className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p dir="auto" className="text-left font-semibold break-words">
          {mute.reason}
        </p>
        <p className="mt-0.5 break-words text-muted">
          {mute.match.map((one) => sentenceOf(one, nameOf)).join(', and ')}
        </p>
        <p className="mt-0.5 text-xs text-muted">
          by {personName(mute.createdBy)} · {mute.endedAt === null ? 'until ' : 'ended '}
          <RelativeTime at={mute.endedAt ?? mute.endsAt} />
          {mute.endedBy === null ? '' : ` by ${personName(mute.endedBy)}`}
          {mute.alertCount === 0 ? '' : ` · ${plural(mute.alertCount, 'open alert')} quiet`}
        </p>
      </div>
      {mayEnd ? (
        <Button size="sm" busy={end.isPending} onClick={() => end.mutate({ params: { id: mute.id } }, say)}>
          End it now
        </Button>
      ) : null}
    </Row>
  );
}
