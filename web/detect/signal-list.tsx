import { listSignals } from '#detect/contract';
import { useList } from '../data/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Row, Rows } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** The messages behind an alert, as they came. */
export function SignalList({ alertId }: { alertId: string }) {
  const signals = useList(listSignals, { params: { id: alertId }, query: { limit: 20 } }, [
    `alert:${alertId}`,
    'alerts',
  ]);
  return (
    <LoadedList list={signals} rows={2} empty={<EmptyState title="No signals are kept" />}>
      {(items) => (
        <Rows>
          {items.map((signal) => (
            <Row key={signal.id}>
              <details>
                <summary className="flex flex-wrap items-center gap-2">
                  <StateBadge state={signal.status === 'firing' ? signal.severity : 'resolved'} />
                  <bdi className="min-w-0 flex-1 truncate">{signal.title}</bdi>
                  {signal.repeats > 0 && <span className="text-xs text-muted">and {signal.repeats} more like it</span>}
                  <RelativeTime at={signal.receivedAt} className="text-xs text-muted" />
                </summary>
                <pre
                  tabIndex={0}
                  aria-label="The message as it came"
                  className="mt-2 max-h-64 overflow-auto rounded-control bg-sunken p-3 font-mono text-xs leading-5 break-all whitespace-pre-wrap"
                >
                  {signal.payload}
                </pre>
              </details>
            </Row>
          ))}
        </Rows>
      )}
    </LoadedList>
  );
}
