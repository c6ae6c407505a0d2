import { type AlertEntryView, listAlertJournal } from '#detect/contract';
import { usePersonName } from '../access/people.ts';
import { useList } from '../data/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Row, Rows } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** What became of an alert: every act, by whom and when, newest first. */
export function AlertJournal({ alertId }: { alertId: string }) {
  const entries = useList(listAlertJournal, { params: { id: alertId }, query: {} }, ['alerts', `alert:${alertId}`]);
  return (
    <LoadedList
      list={entries}
      rows={2}
      empty={
        <EmptyState title="Nobody has done anything yet">
          Every act stands here, with its time and its author.
        </EmptyState>
      }
    >
      {(items) => (
        <Rows>
          {items.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </Rows>
      )}
    </LoadedList>
  );
}

function Entry({ entry }: { entry: AlertEntryView }) {
  const nameOf = usePersonName();
  return (
    <Row>
      <p className="text-xs text-muted">
        <span className="font-semibold text-text">
          {entry.actorUserId === null ? 'Allclear' : nameOf(entry.actorUserId)}
        </span>{' '}
        · <RelativeTime at={entry.at} />
      </p>
      <p dir="auto" className="mt-0.5 text-left break-words whitespace-pre-line">
        {entry.text}
      </p>
    </Row>
  );
}
