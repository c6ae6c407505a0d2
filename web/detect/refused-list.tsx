import { listRefused } from '#detect/contract';
import { useList } from '../data/query.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** What a source sent lately that was answered with 400. */
export function RefusedList({ sourceId }: { sourceId: string }) {
  const refused = useList(listRefused, { params: { id: sourceId } }, ['settings', 'alerts'], {
    refetchInterval: 10_000,
  });
  return (
    <Section title="Refused lately">
      <LoadedList list={refused} rows={2} empty={<p className="text-muted">Nothing was refused.</p>}>
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row key={one.id}>
                <details>
                  <summary className="flex flex-wrap items-baseline gap-2">
                    <bdi className="min-w-0 flex-1 basis-48 break-words">{one.message}</bdi>
                    <RelativeTime at={one.receivedAt} className="text-xs text-muted" />
                  </summary>
                  <pre
                    tabIndex={0}
                    aria-label="The message as it came"
                    className="mt-2 max-h-64 overflow-auto rounded-control bg-sunken p-3 font-mono text-xs leading-5 break-all whitespace-pre-wrap"
                  >
                    {one.payload === '' ? '(an empty body)' : one.payload}
                  </pre>
                </details>
              </Row>
            ))}
          </Rows>
        )}
      </LoadedList>
    </Section>
  );
}
