import { Link } from '@tanstack/react-router';
import type { AlertView } from '#detect/contract';
import { checkEvidence, standsForWords } from '../detect/alert-words.ts';
import { formatAbsolute, formatMs } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Panel } from '../ui/panel.tsx';
import { currentTime } from '../ui/clock.ts';

const phaseNames = { dnsMs: 'dns', tcpMs: 'tcp', tlsMs: 'tls', firstByteMs: 'first byte', transferMs: 'transfer' };

/** What the check saw, in the few lines that fit on a phone; the alert's own screen has all of it. */
export function PageEvidence({ alert }: { alert: AlertView }) {
  const evidence = checkEvidence(alert);
  const said = evidence?.bodyStart
    .replace(/<[^>]*>/g, ' ')
    .split('\n')
    .map((part) => part.trim())
    .find((part) => part !== '');
  const phases = Object.entries(phaseNames).flatMap(([key, name]) => {
    const value: unknown = evidence === undefined ? undefined : Reflect.get(evidence.phases, key);
    return typeof value === 'number' ? [`${name} ${formatMs(value)}`] : [];
  });
  const sent = evidence === undefined && alert.evidence !== null ? summaryOf(alert.evidence) : undefined;
  return (
    <Panel className="p-4">
      <p className="font-semibold first-letter:uppercase">
        {evidence?.summary ?? sent ?? (alert.drill ? 'A drill has no evidence' : 'Its sender attached nothing')}
      </p>
      <p className="text-muted">
        first seen {formatAbsolute(new Date(alert.firstSeenAt), currentTime())}
        {alert.count > 1 ? ` · ${alert.count} signals` : ''} ·{' '}
        <Link to="/alerts/$alertId" params={{ alertId: alert.id }} className={textLink}>
          all evidence
        </Link>
      </p>
      {alert.standsFor === null ? null : (
        <p className="text-muted">
          It asks for{' '}
          <Link to="/alerts/$alertId" params={{ alertId: alert.id }} hash="group" className={textLink}>
            {standsForWords(alert.standsFor)}
          </Link>{' '}
          so far.
        </p>
      )}
      {phases.length === 0 && said === undefined ? null : (
        <p className="mt-2 font-mono text-xs leading-5 break-words text-muted">
          {phases.join(' · ')}
          {said === undefined ? null : (
            <span dir="auto" className="block">
              {said.slice(0, 160)}
            </span>
          )}
        </p>
      )}
    </Panel>
  );
}

function summaryOf(evidence: Readonly<Record<string, unknown>>): string | undefined {
  const found = ['summary', 'message', 'description']
    .map((name) => evidence[name])
    .find((one) => typeof one === 'string');
  return typeof found === 'string' ? found : undefined;
}
