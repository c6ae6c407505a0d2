import type { IncidentView } from '#declare/contract';
import { readUpdateDraft, type UpdateDraftView } from '#communicate/contract';
import { mitigateIncidentRoute, readResolution } from '#resolve/contract';
import { toast } from '../app/toasts.tsx';
import { withPromise } from '../communicate/next-promise.ts';
import { useAct, useRead } from '../data/query.ts';
import { topicsOf } from '../declare/open-states.ts';
import { currentTime } from '../ui/clock.ts';
import { Note } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ActWithUpdate } from './act-with-update.tsx';

/** Service is restored for those affected; the cause may still be there. */
export function MitigateDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const draft = useRead(
    readUpdateDraft,
    { params: { id: incident.id }, query: { status: 'monitoring' } },
    topicsOf(incident.id),
  );
  const standing = useRead(readResolution, { params: { id: incident.id } }, [
    ...topicsOf(incident.id),
    'monitors',
    'alerts',
  ]);
  const mitigate = useAct(mitigateIncidentRoute, {
    touches: [...topicsOf(incident.id), 'promises', 'status-pages'],
    onDone: () => {
      toast({ text: 'Mitigated' });
      onClose();
    },
  });
  const posts = incident.customerFacing && incident.kind === 'real';
  return (
    <Loaded read={draft} rows={3}>
      {(wording) => (
        <ActWithUpdate
          title="Mark mitigated"
          consequence={
            posts
              ? 'Says in public that service is restored and that you are watching, and promises the next update.'
              : 'Goes into the timeline. Nothing is said in public.'
          }
          act="Mark mitigated"
          keep={`mitigate.${incident.id}`}
          wording={posts ? wording.body : undefined}
          subscribers={wording.subscriberCount}
          onClose={onClose}
          onAct={(body) =>
            mitigate.mutateAsync({
              params: { id: incident.id },
              body: body === undefined ? {} : { body: promisingFromNow(body, wording) },
            })
          }
          extra={<Impaired lines={standing.data?.impaired ?? []} posts={posts} />}
        />
      )}
    </Loaded>
  );
}

/** A warning, never a refusal: a workaround may have helped people before any check says so. */
function Impaired({ lines, posts }: { lines: readonly string[]; posts: boolean }) {
  if (lines.length === 0) return null;
  return (
    <Note tone="warn">
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="mt-1">
        {posts ? 'The public would read that service is restored' : 'Mitigated means that service is restored'}: go on
        only if people can work again.
      </p>
    </Note>
  );
}

/** The text may have been written minutes ago; the time that it names is counted from the moment it is posted. */
function promisingFromNow(text: string, { nextUpdateInSeconds, statusPages }: UpdateDraftView): string {
  if (nextUpdateInSeconds === null) return text;
  const at = new Date(currentTime().getTime() + nextUpdateInSeconds * 1_000);
  return withPromise(text, at, statusPages[0]?.timeZone ?? 'UTC');
}
