import { useState } from 'react';
import { Button } from './button.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Note } from './error-note.tsx';
import { Field } from './field.tsx';
import { Select } from './input.tsx';
import { RelativeTime } from './time.tsx';

const DAY = 86_400;

/** Replaces a key that senders hold, or the address that it stands in; the one before works on for a while. */
export function KeyRotation({
  noun,
  name,
  consequence,
  previousUntil,
  replace,
  revoke,
}: {
  noun: 'key' | 'address';
  /** Whose it is. */
  name: string;
  consequence: string;
  previousUntil: string | null;
  replace: { run: (graceSeconds: number, done: () => void) => void; busy: boolean; error: unknown };
  revoke: { run: () => void; busy: boolean };
}) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      {previousUntil === null ? null : (
        <Note tone="warn">
          The {noun} before works as well, until <RelativeTime at={previousUntil} show="absolute" />.
        </Note>
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => setAsking(true)}>
          Replace the {noun}
        </Button>
        {previousUntil === null ? null : (
          <Button size="sm" variant="ghost" busy={revoke.busy} onClick={revoke.run}>
            Revoke the {noun} before now
          </Button>
        )}
      </div>
      {isAsking ? <ReplaceDialog {...{ noun, name, consequence, replace }} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function ReplaceDialog({
  noun,
  name,
  consequence,
  replace,
  onClose,
}: Pick<Parameters<typeof KeyRotation>[0], 'noun' | 'name' | 'consequence' | 'replace'> & { onClose: () => void }) {
  const [grace, setGrace] = useState(String(DAY));
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Replace the ${noun} of “${name}”?`}
      consequence={consequence}
      act={`Replace the ${noun}`}
      danger={grace === '0'}
      busy={replace.busy}
      error={replace.error}
      onConfirm={() => replace.run(Number(grace), onClose)}
    >
      <Field label={`The ${noun} of now works on for`}>
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
