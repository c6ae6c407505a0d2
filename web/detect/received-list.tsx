import { Link } from '@tanstack/react-router';
import { listReceived, type ReceivedMessageView } from '#detect/contract';
import { useList } from '../data/query.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { textLink } from '../ui/link.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

const TONES: Readonly<Record<ReceivedMessageView['outcome'], Tone>> = {
  opened: 'accent',
  joined: 'neutral',
  resolved: 'ok',
  acknowledged: 'ok',
  noted: 'neutral',
  unmatched: 'warn',
  ignored: 'neutral',
  refused: 'bad',
};

/** The last messages of a source and what became of each. */
export function ReceivedList({ sourceId }: { sourceId: string }) {
  const received = useList(listReceived, { params: { id: sourceId } }, ['settings', 'alerts'], {
    refetchInterval: 10_000,
  });
  return (
    <Section title="Received lately">
      <LoadedList
        list={received}
        rows={3}
        empty={<p className="text-muted">Nothing has come yet. The last 25 messages stand here for 30 days.</p>}
      >
        {(items) => (
          <Rows>
            {items.map((one) => (
              <ReceivedRow key={one.id} message={one} />
            ))}
          </Rows>
        )}
      </LoadedList>
    </Section>
  );
}

function ReceivedRow({ message }: { message: ReceivedMessageView }) {
  const { outcome, text, receivedAt, payload, alertIds } = message;
  return (
    <Row>
      <details>
        <summary className="flex flex-wrap items-baseline gap-2">
          <Badge tone={TONES[outcome]}>{outcome}</Badge>
          <bdi className="min-w-0 flex-1 basis-48 break-words">{text}</bdi>
          <RelativeTime at={receivedAt} className="text-xs text-muted" />
        </summary>
        <div className="mt-2 grid gap-2">
          {alertIds.length === 0 ? null : (
            <p className="flex flex-wrap gap-x-3 text-xs">
              {alertIds.map((alertId, i) => (
                <Link key={alertId} to="/alerts/$alertId" params={{ alertId }} className={textLink}>
                  {alertIds.length === 1 ? 'The alert' : `Alert ${i + 1}`}
                </Link>
              ))}
            </p>
          )}
          <pre
            tabIndex={0}
            aria-label="The message as it came"
            className="max-h-64 overflow-auto rounded-control bg-sunken p-3 font-mono text-xs leading-5 break-all whitespace-pre-wrap"
          >
            {payload === '' ? '(an empty body)' : payload}
          </pre>
        </div>
      </details>
    </Row>
  );
}
