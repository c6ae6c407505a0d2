import { Link } from '@tanstack/react-router';
import type { AlertView } from '#detect/contract';
import { textLink } from '../ui/link.ts';
import { Panel } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** Why it is here, who is asked, and if nobody, why not. */
export function AlertWhy({ alert }: { alert: AlertView }) {
  return (
    <Panel className="grid gap-1 p-4">
      {alert.reasons.map(({ kind, text, alertId }) => (
        <p key={`${kind} ${text}`} dir="auto" className="text-left break-words">
          {text}
          {alertId === undefined ? null : (
            <>
              {' '}
              <Link to="/alerts/$alertId" params={{ alertId }} className={textLink}>
                Show that alert
              </Link>
            </>
          )}
          {kind === 'incident' && alert.incidentId !== null ? (
            <>
              {' '}
              <Link to="/incidents/$incidentId" params={{ incidentId: alert.incidentId }} className={textLink}>
                Open the incident
              </Link>
            </>
          ) : null}
        </p>
      ))}
      {alert.quiet === 'held' && alert.quietUntil !== null && alert.state !== 'closed' ? (
        <p>
          It asks nobody until <RelativeTime at={alert.quietUntil} />.
        </p>
      ) : null}
      {alert.lookDueAt !== null && alert.state === 'open' ? (
        <p>
          If nobody looks at it, its owner is asked <RelativeTime at={alert.lookDueAt} />.
        </p>
      ) : null}
    </Panel>
  );
}
