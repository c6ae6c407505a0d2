import type { Monitor } from '#monitor/contract';
import { Note } from '../ui/error-note.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** Says of a monitor that files manage it; nothing of others. */
export function ManagedNote({ monitor: { managedBy } }: { monitor: Pick<Monitor, 'managedBy'> }) {
  if (managedBy === null) return null;
  return (
    <Note tone="neutral">
      Managed by configuration files as <code className="font-mono text-xs">{managedBy.key}</code>
      {managedBy.set === 'default' ? null : (
        <>
          {' '}
          of the set <bdi>{managedBy.set}</bdi>
        </>
      )}
      , applied <RelativeTime at={managedBy.appliedAt} />. What is changed here is set back when they are applied again.
    </Note>
  );
}
