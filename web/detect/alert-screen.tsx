import { Link, useParams } from '@tanstack/react-router';
import { type AlertView, attachedLinks, besidesLinks, readAlertRoute } from '#detect/contract';
import { usePersonName } from '../access/people.ts';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { useRead } from '../data/query.ts';
import { EvidenceView } from '../monitor/evidence-view.tsx';
import { buttonClass } from '../ui/button.tsx';
import { Note } from '../ui/error-note.tsx';
import { Badge } from '../ui/badge.tsx';
import { plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Page, Panel, Section } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Countdown, RelativeTime } from '../ui/time.tsx';
import { AlertActs } from './alert-acts.tsx';
import { AlertExplains, AlertGroup } from './alert-group.tsx';
import { AlertJournal } from './alert-journal.tsx';
import { AlertPages } from './alert-pages.tsx';
import { ShadowPages } from './alert-shadow.tsx';
import { AttachedLinks } from './attached-links.tsx';
import { AlertWhy } from './alert-why.tsx';
import { checkEvidence, closeWords, originWords, quietWords } from './alert-words.ts';
import { RecentChanges } from './recent-changes.tsx';
import { SignalList } from './signal-list.tsx';
import { ToldFields } from './told-fields.tsx';

export function AlertScreen() {
  const { alertId } = useParams({ from: '/shell/alerts/$alertId' });
  const alert = useRead(readAlertRoute, { params: { id: alertId } }, ['alerts', `alert:${alertId}`]);
  return (
    <LoadedScreen read={alert} title="Alert">
      {(data) => <AlertContent alert={data} />}
    </LoadedScreen>
  );
}

function AlertContent({ alert }: { alert: AlertView }) {
  const closed = closeWords(alert);
  const evidence = checkEvidence(alert);
  const group = alert.groupId === null ? null : <AlertGroup alert={alert} groupId={alert.groupId} />;
  // What stands for many others is about all of them first.
  const leads = alert.standsFor !== null;
  return (
    <Page
      title={alert.title}
      above={
        <>
          <StateBadge state={alert.severity} />
          <StateBadge state={alert.state} />
          {alert.drill ? <StateBadge state="drill" /> : null}
          {alert.quiet === null ? null : <Badge>{quietWords[alert.quiet]}</Badge>}
          <span>
            {originWords(alert)} · <RelativeTime at={alert.firstSeenAt} />
            {closed === undefined ? '' : ` · ${closed}`}
          </span>
        </>
      }
      below={evidence?.summary}
      acts={alert.state === 'closed' ? <AfterActs alert={alert} /> : <AlertActs alert={alert} all />}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 grid-cols-1 gap-6">
          <Undeclared alert={alert} />
          {leads ? group : null}
          <AlertExplains alert={alert} />
          <Section title="Evidence">
            <Panel className="grid gap-4 p-4">
              {evidence === undefined ? <ToldFields alert={alert} /> : null}
              {evidence === undefined ? <AttachedLinks alert={alert} /> : null}
              {evidence === undefined ? <SenderEvidence alert={alert} /> : <EvidenceView evidence={evidence} />}
            </Panel>
          </Section>
          <Section title="Why am I seeing this?">
            <AlertWhy alert={alert} />
          </Section>
          <RecentChanges
            serviceIds={alert.serviceId === null ? [] : [alert.serviceId]}
            began={alert.beganAt}
            until={alert.closedAt}
          />
          {leads ? null : group}
          {alert.quiet === 'shadow' ? (
            <ShadowPages about={{ alertId: alert.id }} />
          ) : (
            <Section title="Who was paged">
              <AlertPages alertId={alert.id} />
            </Section>
          )}
          <Section title="What became of it">
            <AlertJournal alertId={alert.id} />
          </Section>
          <Section title="Signals" aside={plural(alert.count, 'signal')}>
            <SignalList alertId={alert.id} />
          </Section>
        </div>
        <AlertFacts alert={alert} />
      </div>
    </Page>
  );
}

function AfterActs({ alert: { incidentId } }: { alert: AlertView }) {
  if (incidentId === null) return null;
  return (
    <Link to="/incidents/$incidentId" params={{ incidentId }} className={buttonClass()}>
      Open the incident
    </Link>
  );
}

/** A grave alert that nobody has declared or dismissed has clocks of its own. */
function Undeclared({ alert }: { alert: AlertView }) {
  if (
    alert.state === 'closed' ||
    alert.disposition !== null ||
    alert.incidentId !== null ||
    alert.suspectDueAt === null
  )
    return null;
  return (
    <Note tone="warn">
      Nobody has declared this yet. In <Countdown dueAt={alert.suspectDueAt} /> it becomes a suspected incident by
      itself and pages its owner.
    </Note>
  );
}

function SenderEvidence({ alert }: { alert: AlertView }) {
  const attached = besidesLinks(alert.evidence);
  if (attached === null) {
    if (attachedLinks(alert).length > 0) return null;
    return (
      <p className="text-muted">
        {alert.drill ? 'A drill has no evidence: nothing is really wrong.' : 'Its sender attached nothing.'}
      </p>
    );
  }
  const { details } = attached;
  const isText = typeof details === 'string';
  return (
    <pre
      tabIndex={0}
      aria-label="What the sender attached"
      className="overflow-x-auto font-mono text-xs leading-5 whitespace-pre-wrap"
    >
      {isText ? details : JSON.stringify(attached, null, 2)}
    </pre>
  );
}

function AlertFacts({ alert }: { alert: AlertView }) {
  const nameOf = usePersonName();
  const labels = Object.entries(alert.labels);
  return (
    <Panel className="p-4">
      <dl className="grid gap-3 text-muted [&_dd]:break-words [&_dd]:text-text [&_dt]:text-xs">
        <div>
          <dt>Began</dt>
          <dd>
            <RelativeTime at={alert.beganAt} />
          </dd>
        </div>
        <div>
          <dt>Last signal</dt>
          <dd>
            <RelativeTime at={alert.lastSeenAt} />
          </dd>
        </div>
        {alert.acknowledgedAt === null ? null : (
          <div>
            <dt>Acknowledged</dt>
            <dd>
              by {alert.acknowledgedBy === null ? 'its sender' : nameOf(alert.acknowledgedBy)},{' '}
              <RelativeTime at={alert.acknowledgedAt} />
            </dd>
          </div>
        )}
        {alert.snoozedUntil === null ? null : (
          <div>
            <dt>Snoozed until</dt>
            <dd>
              <RelativeTime at={alert.snoozedUntil} />
            </dd>
          </div>
        )}
        {alert.assigneeId === null ? null : (
          <div>
            <dt>Given to</dt>
            <dd>{nameOf(alert.assigneeId)}</dd>
          </div>
        )}
        {alert.closedAt === null ? null : (
          <div>
            <dt>Closed</dt>
            <dd>
              {alert.closedBy === null ? '' : `by ${nameOf(alert.closedBy)}, `}
              <RelativeTime at={alert.closedAt} />
            </dd>
          </div>
        )}
        {alert.monitorId === null ? null : (
          <div>
            <dt>Monitor</dt>
            <dd>
              <Link to="/monitors/$monitorId" params={{ monitorId: alert.monitorId }} className={textLink}>
                Show the monitor
              </Link>
            </dd>
          </div>
        )}
        <div>
          <dt>Signals with the same key are one alert</dt>
          <dd className="font-mono text-xs break-all">{alert.dedupKey}</dd>
        </div>
        {labels.length === 0 ? null : (
          <div>
            <dt>Labels</dt>
            {labels.map(([name, value]) => (
              <dd key={name} className="font-mono text-xs">
                {name}={value}
              </dd>
            ))}
          </div>
        )}
      </dl>
    </Panel>
  );
}
