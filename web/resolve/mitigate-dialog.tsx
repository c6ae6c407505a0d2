import type { IncidentView } from '#declare/contract';
import { readUpdateDraft } from '#communicate/contract';
import { mitigateIncidentRoute } from '#resolve/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { topicsOf } from '../declare/open-states.ts';
import { Loaded } from '../ui/loaded.tsx';
import { ActWithUpdate } from './act-with-update.tsx';

/** Service is restored for those affected; the cause may still be there. */
export function MitigateDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const draft = useRead(
    readUpdateDraft,
    { params: { id: incident.id }, query: { status: 'monitoring' } },
    topicsOf(incident.id),
  );
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
            mitigate.mutateAsync({ params: { id: incident.id }, body: body === undefined ? {} : { body } })
          }
        />
      )}
    </Loaded>
  );
}
