import { type DeliveryDetail, readDeliveryRoute, retryDeliveryRoute } from '#delivery/contract';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { Drawer } from '../ui/dialog.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** One message in full, and another try where that makes sense. */
export function DeliveryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const delivery = useRead(readDeliveryRoute, { params: { id } }, ['deliveries']);
  const mayRetry = useMay('workspace.manage');
  const retry = useAct(retryDeliveryRoute, { touches: ['deliveries', 'settings'] });
  const again = delivery.data?.state === 'failed' || delivery.data?.state === 'held';
  return (
    <Drawer
      open
      onOpenChange={onClose}
      title={delivery.data?.subject ?? 'Message'}
      footer={
        again && mayRetry ? (
          <Button variant="primary" busy={retry.isPending} onClick={() => retry.mutate({ params: { id } })}>
            Try again now
          </Button>
        ) : undefined
      }
    >
      <Loaded read={delivery} rows={3}>
        {(one) => (
          <div className="grid gap-4">
            <p className="flex flex-wrap items-center gap-2 text-muted">
              <StateBadge state={one.state} /> {one.kind} to <bdi>{one.address}</bdi>
            </p>
            {one.why === null ? null : <Note tone={one.state === 'failed' ? 'bad' : 'neutral'}>{one.why}</Note>}
            <ErrorNote error={retry.error} />
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-muted [&_dd]:text-text">
              <dt>Made</dt>
              <dd>
                <RelativeTime at={one.createdAt} />
              </dd>
              <dt>Attempts</dt>
              <dd className="num">{one.attempts}</dd>
              {one.nextAttemptAt === null ? null : (
                <>
                  <dt>Next attempt</dt>
                  <dd>
                    <RelativeTime at={one.nextAttemptAt} />
                  </dd>
                </>
              )}
              {one.sentAt === null ? null : (
                <>
                  <dt>Sent</dt>
                  <dd>
                    <RelativeTime at={one.sentAt} />
                  </dd>
                </>
              )}
              {one.confirmedAt === null ? null : (
                <>
                  <dt>Arrived</dt>
                  <dd>
                    <RelativeTime at={one.confirmedAt} />
                  </dd>
                </>
              )}
              {one.providerId === null ? null : (
                <>
                  <dt>Receiver’s id</dt>
                  <dd className="font-mono text-xs break-all">{one.providerId}</dd>
                </>
              )}
            </dl>
            <Tries tries={one.tries} />
            <pre
              tabIndex={0}
              dir="auto"
              className="overflow-x-auto rounded-control bg-sunken p-3 font-mono text-sm wrap-anywhere whitespace-pre-wrap"
            >
              {one.text}
            </pre>
          </div>
        )}
      </Loaded>
    </Drawer>
  );
}

/** Each provider that an SMS or a call was handed to. */
function Tries({ tries }: { tries: DeliveryDetail['tries'] }) {
  if (tries.length === 0) return null;
  return (
    <ol aria-label="Providers" className="grid gap-2">
      {tries.map(({ provider, state, why, startedAt }) => (
        <li key={`${provider} ${startedAt}`}>
          {provider}: {state}, <RelativeTime at={startedAt} />
          {why === null ? null : <span className="block text-muted">{why}</span>}
        </li>
      ))}
    </ol>
  );
}
