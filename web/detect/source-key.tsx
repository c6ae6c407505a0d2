import { useState } from 'react';
import { type AlertSourceView, revokePreviousAlertSourceKey, rotateAlertSourceKey } from '#detect/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import { Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

const DAY = 86_400;

/** The key of a source, and how it is replaced. */
export function SourceKey({ source }: { source: AlertSourceView }) {
  const mayManage = useMay('alert-sources.manage');
  const [rotating, setRotating] = useState(false);
  const revoke = useAct(revokePreviousAlertSourceKey, {
    touches: ['settings'],
    onDone: () => toast({ text: 'The key before is revoked' }),
  });
  return (
    <Section title="Key">
      <div className="grid gap-3">
        <CopyLine label={`Key of ${source.name}`} text={source.key} />
        {source.previousKeyUntil === null ? null : (
          <Note tone="warn">
            The key before works as well, until <RelativeTime at={source.previousKeyUntil} show="absolute" />.
          </Note>
        )}
        {mayManage ? (
          <div className="flex flex-wrap gap-2">
            <Button size="sm" onClick={() => setRotating(true)}>
              Replace the key
            </Button>
            {source.previousKeyUntil === null ? null : (
              <Button
                size="sm"
                variant="ghost"
                busy={revoke.isPending}
                onClick={() => revoke.mutate({ params: { id: source.id } })}
              >
                Revoke the key before now
              </Button>
            )}
          </div>
        ) : null}
      </div>
      {rotating ? <RotateDialog source={source} onClose={() => setRotating(false)} /> : null}
    </Section>
  );
}

function RotateDialog({ source, onClose }: { source: AlertSourceView; onClose: () => void }) {
  const [grace, setGrace] = useState(String(DAY));
  const rotate = useAct(rotateAlertSourceKey, {
    touches: ['settings'],
    onDone: () => {
      toast({ text: 'The source has a new key' });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Replace the key of “${source.name}”?`}
      consequence="Its senders need the new key, which stands here afterwards. A key that was replaced earlier stops working at once."
      act="Replace the key"
      danger={grace === '0'}
      busy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate({ params: { id: source.id }, body: { graceSeconds: Number(grace) } })}
    >
      <Field label="The key of now works on for">
        <Select value={grace} onChange={(event) => setGrace(event.target.value)}>
          <option value={String(DAY)}>a day</option>
          <option value={String(7 * DAY)}>a week</option>
          <option value={String(30 * DAY)}>30 days</option>
          <option value="0">no time: revoke it at once</option>
        </Select>
      </Field>
    </ConfirmDialog>
  );
}
