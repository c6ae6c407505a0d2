import { Link } from '@tanstack/react-router';
import type { Monitor } from '#monitor/contract';
import { Button, buttonClass } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';

/** The end of both forms: the fault, Save and Cancel. */
export function FormEnd({
  monitor,
  form,
  children,
}: {
  monitor: Monitor;
  form: { problem: unknown; fields: string[]; busy: boolean };
  /** Further acts. */
  children?: React.ReactNode;
}) {
  return (
    <>
      <ErrorNote error={form.problem} shown={form.fields} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={form.busy}>
          Save
        </Button>
        <Link to="/monitors/$monitorId" params={{ monitorId: monitor.id }} className={buttonClass()}>
          Cancel
        </Link>
        {children}
      </div>
    </>
  );
}
