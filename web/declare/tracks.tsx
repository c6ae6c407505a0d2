import type { ReactNode } from 'react';
import {
  type IncidentView,
  listIncidentPromises,
  type PromiseKind,
  type PromiseView,
  promiseWords,
} from '#declare/contract';
import { readBoardRoute } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { useRead } from '../data/query.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Countdown } from '../ui/time.tsx';
import { isOpen } from './open-states.ts';

/** Fix, communicate, learn: three kinds of work at once, each with its owner and what is due next. An empty one shows as a fault. */
export function Tracks({ incident }: { incident: IncidentView }) {
  const promises = useRead(listIncidentPromises, { params: { id: incident.id } }, [
    'promises',
    `incident:${incident.id}`,
  ]);
  const board = useRead(readBoardRoute, { params: { id: incident.id } }, [`incident:${incident.id}`]);
  const next = (...kinds: PromiseKind[]) =>
    promises.data?.items.find(
      (promise) => kinds.includes(promise.kind) && promise.settledAt === null && promise.state !== 'waived',
    );
  const doing = board.data?.doing.at(-1)?.text;
  const { roles } = incident;
  return (
    <div className="grid border-y border-line md:grid-cols-3 md:divide-x md:divide-line max-md:divide-y max-md:divide-line">
      <Track name="Fix" role="Incident commander" userId={roles['incident-commander']} needed={isOpen(incident)}>
        {fixWords(incident, doing) ?? (
          <Due promise={next('role-vacancy', 'severity', 'acknowledge')} otherwise="Nothing on the board yet" />
        )}
      </Track>
      <Track
        name="Communicate"
        role="Communications lead"
        userId={roles['communications-lead'] ?? roles['incident-commander']}
        needed={isOpen(incident) && incident.customerFacing}
      >
        <Due
          promise={next('first-update', 'next-update')}
          otherwise={
            incident.customerFacing && incident.kind === 'real' ? 'Nothing is promised' : 'Nothing is owed in public'
          }
        />
      </Track>
      <Track
        name="Learn"
        role="Postmortem"
        userId={incident.postmortemOwnerId ?? undefined}
        needed={incident.state === 'resolved'}
      >
        <Due
          promise={next('postmortem')}
          otherwise={
            isOpen(incident)
              ? 'Its owner is named at stand-down'
              : incident.state === 'declined'
                ? 'False alarm: nothing is owed'
                : 'Nothing is owed'
          }
        />
      </Track>
    </div>
  );
}

function fixWords(incident: IncidentView, doing: string | undefined): ReactNode {
  if (incident.state === 'mitigated') return 'Service is restored; watching';
  if (!isOpen(incident)) return incident.state === 'declined' ? 'False alarm' : 'Resolved';
  return doing;
}

function Track({
  name,
  role,
  userId,
  needed,
  children,
}: {
  name: string;
  role: string;
  userId: string | undefined;
  needed: boolean;
  children: ReactNode;
}) {
  const nameOf = usePersonName();
  return (
    <section aria-label={name} className="min-w-0 px-4 py-2 md:px-5">
      <p className="flex items-center gap-1.5 text-xs text-muted">
        <span>
          {name} ·{' '}
          {userId === undefined && needed ? <span className="font-medium text-bad-text">no owner yet</span> : role}
        </span>
        {userId === undefined ? null : <Avatar name={nameOf(userId)} />}
      </p>
      <div dir="auto" className="truncate text-left">
        {children}
      </div>
    </section>
  );
}

function Due({ promise, otherwise }: { promise: PromiseView | undefined; otherwise: string }) {
  if (promise === undefined) return <span className="text-muted">{otherwise}</span>;
  return (
    <>
      <span className="inline-block first-letter:uppercase">{promiseWords(promise.kind)}</span>{' '}
      <Countdown dueAt={promise.dueAt} lead="in" />
    </>
  );
}
