import { Button } from './button.tsx';

/** The acts of a dialog with a form: leave it, or send it. `act` says what sending does. */
export function FormActs({ act, busy, onCancel }: { act: string; busy: boolean; onCancel: () => void }) {
  return (
    <>
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" variant="primary" busy={busy}>
        {act}
      </Button>
    </>
  );
}
