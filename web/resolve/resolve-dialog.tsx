import { useState } from 'react';
import { readUpdateDraft } from '#communicate/contract';
import type { IncidentView } from '#declare/contract';
import { readResolution, resolveIncidentRoute } from '#resolve/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { topicsOf } from '../declare/open-states.ts';
import { Checkbox } from '../ui/choice.tsx';
import { Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ActWithUpdate } from './act-with-update.tsx';

/** Needs service restored, not a known cause. What is still impaired is said, and must be confirmed. */
export function ResolveDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const resolution = useRead(readResolution, { params: { id: incident.id } }, [
    ...topicsOf(incident.id),
    'monitors',
    'alerts',
  ]);
  const draft = useRead(
    readUpdateDraft,
    { params: { id: incident.id }, query: { status: 'resolved' } },
    topicsOf(incident.id),
  );
  const [confirmed, setConfirmed] = useState(false);
  const [silent, setSilent] = useState(false);
  const [reason, setReason] = useState('');
  const resolve = useAct(resolveIncidentRoute, {
    touches: [...topicsOf(incident.id), 'promises', 'status-pages', 'postmortems', 'alerts', 'pages'],
    onDone: () => {
      toast({ text: 'Resolved' });
      onClose();
    },
  });
  const both = {
    data: resolution.data && draft.data ? { now: resolution.data, wording: draft.data } : undefined,
    error: resolution.error ?? draft.error,
    refetch: () => (void resolution.refetch(), void draft.refetch()),
  };
  return (
    <Loaded read={both} rows={3}>
      {({ now, wording }) => (
        <ActWithUpdate
          title="Resolve"
          consequence={
            now.postsUpdate && !silent
              ? 'Posts the final update and returns the components to operational, in one act.'
              : 'Nothing is said in public.'
          }
          act="Resolve"
          keep={`resolve.${incident.id}`}
          wording={now.postsUpdate && !silent ? wording.body : undefined}
          subscribers={wording.subscriberCount}
          onClose={onClose}
          onAct={(body) =>
            resolve.mutateAsync({
              params: { id: incident.id },
              body: {
                ...(body === undefined ? {} : { body }),
                ...(confirmed ? { confirmImpaired: true } : {}),
                ...(silent && reason.trim() !== '' ? { skipPostReason: reason } : {}),
              },
            })
          }
          extra={
            <>
              {now.impaired.length === 0 ? null : (
                <Note tone="warn">
                  <ul className="mb-2">
                    {now.impaired.map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                  <Checkbox
                    label="Resolve all the same"
                    checked={confirmed}
                    onChange={(event) => setConfirmed(event.target.checked)}
                  />
                </Note>
              )}
              {now.postsUpdate ? (
                <Checkbox
                  label="Say nothing in public"
                  checked={silent}
                  onChange={(event) => setSilent(event.target.checked)}
                />
              ) : null}
              {silent ? (
                <Field label="Why are customers not told?" hint="Recorded in the timeline">
                  <Input value={reason} onChange={(event) => setReason(event.target.value)} />
                </Field>
              ) : null}
            </>
          }
        />
      )}
    </Loaded>
  );
}
