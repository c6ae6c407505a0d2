import { useState } from 'react';
import { type AlertSourceView, changeAlertSource } from '#detect/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Note } from '../ui/error-note.tsx';
import { ShadowPages } from './alert-shadow.tsx';

/** Whether a source is in shadow, the switch, and what would have been paged for it. */
export function SourceShadow({ source }: { source: AlertSourceView }) {
  const mayManage = useMay('alert-sources.manage');
  const [asking, setAsking] = useState(false);
  const { shadow, name } = source;
  const change = useAct(changeAlertSource, {
    touches: ['settings'],
    onDone: (after) => {
      setAsking(false);
      toast({ text: after.shadow ? `${name} is in shadow` : `${name} is live` });
    },
  });
  return (
    <>
      {shadow ? (
        <Note tone="warn">
          <p>In shadow: what it sends opens alerts and pages nobody.</p>
          {mayManage ? (
            <Button size="sm" variant="primary" className="mt-2" onClick={() => setAsking(true)}>
              Go live
            </Button>
          ) : null}
        </Note>
      ) : mayManage ? (
        <p className="flex flex-wrap items-center gap-3 text-sm text-muted">
          It is live: what it sends pages.
          <Button size="sm" onClick={() => setAsking(true)}>
            Put into shadow
          </Button>
        </p>
      ) : null}
      {shadow ? <ShadowPages about={{ alertSourceId: source.id }} /> : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={shadow ? `Let “${name}” go live?` : `Put “${name}” into shadow?`}
        consequence={
          shadow
            ? 'What it sends from now on pages people. Alerts that are open now stay quiet until they get graver or come anew.'
            : 'What it sends from now on pages nobody and declares nothing; you see who would have been paged. Pages that run go on.'
        }
        act={shadow ? 'Go live' : 'Put into shadow'}
        busy={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate({ params: { id: source.id }, body: { shadow: !shadow } })}
      />
    </>
  );
}
