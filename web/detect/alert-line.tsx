import { Link } from '@tanstack/react-router';
import type { AlertView } from '#detect/contract';
import { usePersonName } from '../access/people.ts';
import { Badge } from '../ui/badge.tsx';
import { plural } from '../ui/format.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { AlertActs } from './alert-acts.tsx';
import { textLink } from '../ui/link.ts';
import { checkEvidence, closeWords, originWords, quietWords, standsForWords } from './alert-words.ts';

/** One alert in a list: what is wrong, since when, and the acts at the right. */
export function AlertLine({
  alert,
  ticked,
  onTick,
}: {
  alert: AlertView;
  ticked?: boolean;
  /** Absent where nothing can be done with several at once. */
  onTick?: ((ticked: boolean) => void) | undefined;
}) {
  const nameOf = usePersonName();
  const evidence = checkEvidence(alert);
  const closed = closeWords(alert);
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 transition-colors hover:bg-sunken">
      {onTick === undefined ? null : (
        <label className="relative z-10 -m-2 self-start p-2 pt-2.5">
          <span className="sr-only">Choose {alert.title}</span>
          <input
            type="checkbox"
            checked={ticked === true}
            onChange={(event) => onTick(event.target.checked)}
            className="size-4 rounded-sm accent-accent"
          />
        </label>
      )}
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex items-start gap-2">
          <StateBadge state={alert.severity} />
          {alert.drill ? <StateBadge state="drill" /> : null}
          {alert.quiet === null ? null : <Badge>{quietWords[alert.quiet]}</Badge>}
          <Link
            to="/alerts/$alertId"
            params={{ alertId: alert.id }}
            className="line-clamp-2 min-w-0 font-semibold break-words after:absolute after:inset-0"
          >
            <bdi>{alert.title}</bdi>
          </Link>
        </p>
        <p className="mt-0.5 text-muted">
          {evidence === undefined ? null : <>{evidence.summary} · </>}
          {originWords(alert)} · <RelativeTime at={alert.firstSeenAt} />
          {alert.count > 1 ? ` · ${plural(alert.count, 'signal')}` : ''}
          {alert.standsFor === null ? null : (
            <>
              {' · '}
              <Link
                to="/alerts/$alertId"
                params={{ alertId: alert.id }}
                hash="group"
                className={`relative z-10 ${textLink}`}
              >
                stands for {standsForWords(alert.standsFor)}
              </Link>
            </>
          )}
          {alert.explains === null ? '' : ` · explains ${standsForWords(alert.explains)}`}
          {alert.state === 'acknowledged'
            ? ` · acknowledged by ${alert.acknowledgedBy === null ? 'its sender' : nameOf(alert.acknowledgedBy)}`
            : ''}
          {alert.snoozedUntil === null ? null : (
            <>
              {' · snoozed until '}
              <RelativeTime at={alert.snoozedUntil} show="absolute" />
            </>
          )}
          {closed === undefined ? '' : ` · ${closed}`}
        </p>
      </div>
      {alert.state === 'closed' ? null : (
        <div className="relative z-10 flex flex-wrap items-center gap-2 max-sm:w-full max-sm:*:flex-1">
          <AlertActs alert={alert} />
        </div>
      )}
    </li>
  );
}
