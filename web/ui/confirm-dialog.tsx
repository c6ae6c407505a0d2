import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorNote } from './error-note.tsx';

/** Asks once, with the consequence in words; the button says the act, never "OK". */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  consequence,
  act,
  onConfirm,
  busy,
  error,
  danger = false,
  disabled = false,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  consequence: ReactNode;
  act: string;
  onConfirm: () => void;
  busy?: boolean | undefined;
  error?: unknown;
  danger?: boolean;
  disabled?: boolean;
  children?: ReactNode;
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={consequence}
      size="sm"
      onSubmit={(event) => {
        event.preventDefault();
        onConfirm();
      }}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy} disabled={disabled}>
            {act}
          </Button>
        </>
      }
    >
      {children}
      <ErrorNote error={error} />
    </Dialog>
  );
}
