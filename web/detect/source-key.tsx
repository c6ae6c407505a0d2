import { type AlertSourceView, revokePreviousAlertSourceKey, rotateAlertSourceKey } from '#detect/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { CopyLine } from '../ui/copy-button.tsx';
import { KeyRotation } from '../ui/key-rotation.tsx';
import { Section } from '../ui/panel.tsx';

/** The key of a source, and how it is replaced. */
export function SourceKey({ source }: { source: AlertSourceView }) {
  const mayManage = useMay('alert-sources.manage');
  return (
    <Section title="Key">
      <div className="grid gap-3">
        <CopyLine label={`Key of ${source.name}`} text={source.key} />
        {mayManage ? <Rotation source={source} /> : null}
      </div>
    </Section>
  );
}

function Rotation({ source: { id, name, previousKeyUntil } }: { source: AlertSourceView }) {
  const replace = useAct(rotateAlertSourceKey, {
    touches: ['settings'],
    onDone: () => toast({ text: 'The source has a new key' }),
  });
  const revoke = useAct(revokePreviousAlertSourceKey, {
    touches: ['settings'],
    onDone: () => toast({ text: 'The key before is revoked' }),
  });
  return (
    <KeyRotation
      noun="key"
      name={name}
      consequence="Its senders need the new key, which stands here afterwards. A key that was replaced earlier stops working at once."
      previousUntil={previousKeyUntil}
      replace={{
        run: (graceSeconds, onSuccess) => replace.mutate({ params: { id }, body: { graceSeconds } }, { onSuccess }),
        busy: replace.isPending,
        error: replace.error,
      }}
      revoke={{ run: () => revoke.mutate({ params: { id } }), busy: revoke.isPending }}
    />
  );
}
