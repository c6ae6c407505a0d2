import { type ReactNode, useState } from 'react';
import { type Monitor, revokePreviousMonitorKey, rotateMonitorKey } from '#monitor/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { CopyBlock, CopyLine } from '../ui/copy-button.tsx';
import { KeyRotation } from '../ui/key-rotation.tsx';
import { Segments } from '../ui/segments.tsx';
import type { Snippet } from './beat-snippets.ts';

/** Where a job or a value reports, how it is written down there, and how the address is replaced; null hides it. */
export function SenderAddress({
  monitor,
  label,
  address,
  previousUntil,
  help,
  howLabel,
  snippetsOf,
}: {
  monitor: Monitor;
  label: string;
  address: string | null;
  previousUntil: string | null;
  help: ReactNode;
  howLabel: string;
  snippetsOf: (address: string) => readonly Snippet[];
}) {
  if (address === null) return <p className="text-muted">Its address is shown to people who may change monitors.</p>;
  return (
    <div className="grid gap-3">
      <div className="grid gap-1">
        <CopyLine label={label} text={address} />
        <p className="text-xs text-muted">{help}</p>
      </div>
      <Snippets label={howLabel} snippets={snippetsOf(address)} />
      <Rotation monitor={monitor} previousUntil={previousUntil} />
    </div>
  );
}

function Snippets({ label, snippets }: { label: string; snippets: readonly Snippet[] }) {
  const [shown, setShown] = useState(snippets[0]?.value ?? '');
  const chosen = snippets.find(({ value }) => value === shown);
  return (
    <>
      <Segments label={label} value={shown} onChange={setShown} options={snippets} />
      {chosen === undefined ? null : <CopyBlock label={`For ${chosen.label}`} text={chosen.text} />}
    </>
  );
}

function Rotation({ monitor: { id, name }, previousUntil }: { monitor: Monitor; previousUntil: string | null }) {
  const touches = [`monitor:${id}`];
  const replace = useAct(rotateMonitorKey, {
    touches,
    onDone: () => toast({ text: 'The monitor has a new address' }),
  });
  const revoke = useAct(revokePreviousMonitorKey, {
    touches,
    onDone: () => toast({ text: 'The address before is revoked' }),
  });
  return (
    <KeyRotation
      noun="address"
      name={name}
      consequence="Whoever reports needs the new address, which stands here afterwards. An address that was replaced earlier stops working at once."
      previousUntil={previousUntil}
      replace={{
        run: (graceSeconds, onSuccess) => replace.mutate({ params: { id }, body: { graceSeconds } }, { onSuccess }),
        busy: replace.isPending,
        error: replace.error,
      }}
      revoke={{ run: () => revoke.mutate({ params: { id } }), busy: revoke.isPending }}
    />
  );
}
