import { deactivateUser, previewDeactivation } from '#access/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Note } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import type { Member } from './people.ts';

/** Says what would be left with a hole before anything is done. */
export function DeactivateDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const params = { id: member.id };
  const preview = useRead(previewDeactivation, { params }, ['members', 'policies']);
  const deactivate = useAct(deactivateUser, {
    touches: ['members', 'policies'],
    onDone: () => {
      toast({ text: `${member.name} is deactivated` });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Deactivate ${member.name}?`}
      consequence="They are signed out everywhere, their API keys stop, and no page reaches them. The history keeps their name. You can let them in again."
      act="Deactivate"
      danger
      disabled={preview.data?.allowed !== true}
      busy={deactivate.isPending}
      error={deactivate.error}
      onConfirm={() => deactivate.mutate({ params })}
    >
      <Loaded read={preview} rows={1}>
        {({ allowed, refusal, consequences }) => (
          <div className="grid gap-2">
            {allowed ? null : <Note tone="bad">{refusal}</Note>}
            {consequences.map((sentence) => (
              <Note key={sentence} tone="warn">
                {sentence}
              </Note>
            ))}
            {allowed && consequences.length === 0 ? <Note tone="ok">Nothing else is left with a hole.</Note> : null}
          </div>
        )}
      </Loaded>
    </ConfirmDialog>
  );
}
