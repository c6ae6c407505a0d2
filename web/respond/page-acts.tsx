import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { readIncidentRoute } from '#declare/contract';
import { acknowledgePageRoute, escalatePageRoute, type PageView, withdrawPageRoute } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { askToDeclare } from '../app/declare-slot.ts';
import { useKey } from '../app/keys.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay, useSession } from '../data/session.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorNote, sentenceOf } from '../ui/error-note.tsx';
import { Countdown } from '../ui/time.tsx';
import { WhyMe } from './page-why.tsx';

/** At the bottom of a phone, within reach of the thumb: acknowledge, take command, and the rarer acts. */
export function PageActs({ page }: { page: PageView }) {
  const may = useMay('pages.act');
  const { user } = useSession();
  const asking = page.state === 'open' || page.state === 'held';
  // A drill measures one person; nobody else can answer it.
  const isTheirs = page.cause !== 'drill' || page.notices.some(({ userId }) => userId === user.id);
  return (
    <div className="flex flex-col gap-3 max-lg:sticky max-lg:bottom-0 max-lg:-mx-4 max-lg:mt-auto max-lg:border-t max-lg:border-line max-lg:bg-bg max-lg:px-4 max-lg:pt-3 max-lg:pb-4 max-md:bottom-[calc(56px+env(safe-area-inset-bottom))]">
      {asking ? <WhatFollows page={page} /> : null}
      {asking && may && isTheirs ? <Acknowledge page={page} /> : null}
      {page.state === 'acknowledged' && page.acknowledgedBy === user.id ? <AfterAcknowledging page={page} /> : null}
      <Rarer page={page} asking={asking && may && page.cause !== 'drill'} />
    </div>
  );
}

function WhatFollows({ page }: { page: PageView }) {
  const { user } = useSession();
  const nameOf = usePersonName();
  if (page.state === 'held') return null;
  if (page.cause === 'drill')
    return <p className="text-center text-muted">Nobody else is asked. It ends by itself after 15 minutes.</p>;
  if (page.nextStepAt === null) {
    return <p className="text-center text-muted">Nobody else will be paged. It stays open until somebody answers.</p>;
  }
  const names = page.nextUserIds.map((id) => (id === user.id ? 'you again' : nameOf(id)));
  return (
    <p className="text-center text-muted">
      Goes to {names.length === 0 ? 'nobody' : names.join(', ')} in{' '}
      <Countdown dueAt={page.nextStepAt} className="num" />
    </p>
  );
}

const touches = ['pages', 'drills', 'alerts', 'incidents', 'promises'];

function Acknowledge({ page }: { page: PageView }) {
  const navigate = useNavigate();
  const acknowledge = useAct(acknowledgePageRoute, {
    touches: [...touches, `page:${page.id}`],
    onDone: (result, { body }) => {
      toast({
        text:
          page.cause === 'drill' ? 'Pages reach you. The drill is over.' : 'You are on it. Nobody else will be paged.',
      });
      if (body?.takeCommand === true && result.incidentId !== null) {
        void navigate({ to: '/incidents/$incidentId', params: { incidentId: result.incidentId } });
      }
    },
  });
  const act = (takeCommand: boolean) => acknowledge.mutate({ params: { id: page.id }, body: { takeCommand } });
  const commanding = acknowledge.variables?.body?.takeCommand === true;
  useKey('a', 'Acknowledge this page', () => act(false));
  const canLead = page.cause !== 'drill';
  useKey('c', 'Acknowledge and take command', () => act(true), canLead);
  return (
    <>
      <ErrorNote error={acknowledge.error} />
      <Button
        variant="primary"
        size="lg"
        keyHint="a"
        busy={acknowledge.isPending && !commanding}
        onClick={() => act(false)}
        className="w-full"
      >
        Acknowledge
      </Button>
      {canLead ? (
        <Button
          size="lg"
          keyHint="c"
          busy={acknowledge.isPending && commanding}
          onClick={() => act(true)}
          className="w-full"
        >
          Acknowledge and take command
        </Button>
      ) : null}
    </>
  );
}

/** One step further: to lead the incident, to open it, or to declare one. */
function AfterAcknowledging({ page }: { page: PageView }) {
  const mayDeclare = useMay('incidents.declare');
  const { user } = useSession();
  const incident = useRead(
    readIncidentRoute,
    { params: { id: page.incidentId ?? '' } },
    ['incidents', `incident:${page.incidentId}`],
    { enabled: page.incidentId !== null },
  );
  if (page.cause === 'drill') return null;
  if (page.incidentId !== null) {
    const leads = incident.data?.roles['incident-commander'] === user.id;
    return (
      <>
        {incident.data === undefined || leads ? null : (
          <TakeCommand page={page} first={incident.data.roles['incident-commander'] === undefined} />
        )}
        <Link
          to="/incidents/$incidentId"
          params={{ incidentId: page.incidentId }}
          className={buttonClass(leads ? 'primary' : 'secondary', 'lg', 'w-full')}
        >
          Open the incident
        </Link>
      </>
    );
  }
  return (
    <>
      <TakeCommand page={page} first />
      {mayDeclare ? (
        <Button size="lg" className="w-full" onClick={() => declareFrom(page)}>
          Declare incident
        </Button>
      ) : null}
    </>
  );
}

/** Of whoever is on it already. With only an alert it declares the incident. */
function TakeCommand({ page, first }: { page: PageView; first: boolean }) {
  const navigate = useNavigate();
  const command = useAct(acknowledgePageRoute, {
    touches: [...touches, `page:${page.id}`],
    onDone: ({ incidentId }) => {
      toast({ text: 'You are incident commander' });
      if (incidentId !== null) void navigate({ to: '/incidents/$incidentId', params: { incidentId } });
    },
  });
  const act = () => command.mutate({ params: { id: page.id }, body: { takeCommand: true } });
  useKey('c', 'Take command', act);
  return (
    <>
      <ErrorNote error={command.error} />
      <Button
        variant={first ? 'primary' : 'secondary'}
        size="lg"
        keyHint="c"
        busy={command.isPending}
        onClick={act}
        className="w-full"
      >
        Take command
      </Button>
    </>
  );
}

function declareFrom(page: PageView): void {
  askToDeclare({
    title: page.title,
    ...(page.alertId === null ? {} : { alertIds: [page.alertId] }),
    ...(page.serviceId === null ? {} : { serviceIds: [page.serviceId] }),
    drill: page.drill,
  });
}

function Rarer({ page, asking }: { page: PageView; asking: boolean }) {
  const may = useMay('pages.act');
  const mayDeclare = useMay('incidents.declare') && page.incidentId === null && page.state !== 'stopped';
  const [passing, setPassing] = useState(false);
  const [why, setWhy] = useState(false);
  return (
    <>
      <div className="flex flex-wrap items-center justify-center gap-x-2">
        {mayDeclare && asking ? (
          <Button variant="ghost" onClick={() => declareFrom(page)}>
            Declare incident
          </Button>
        ) : null}
        {asking && page.state === 'open' && page.nextStepAt !== null ? (
          <Button variant="ghost" onClick={() => setPassing(true)}>
            Pass on
          </Button>
        ) : null}
        {page.cause === 'by-hand' && page.state !== 'stopped' && may ? <Withdraw page={page} /> : null}
        <Button variant="ghost" aria-expanded={why} onClick={() => setWhy(!why)}>
          Why me?
        </Button>
      </div>
      {why ? <WhyMe page={page} /> : null}
      {passing ? <PassOn page={page} onClose={() => setPassing(false)} /> : null}
    </>
  );
}

function Withdraw({ page }: { page: PageView }) {
  const withdraw = useAct(withdrawPageRoute, {
    touches: [...touches, `page:${page.id}`],
    onDone: () => toast({ text: 'Nobody is paged for it any more' }),
  });
  return (
    <Button
      variant="ghost"
      busy={withdraw.isPending}
      onClick={() =>
        withdraw.mutate(
          { params: { id: page.id } },
          { onError: (error) => toast({ tone: 'bad', text: sentenceOf(error) }) },
        )
      }
    >
      {page.state === 'acknowledged' ? 'Done' : 'Withdraw'}
    </Button>
  );
}

function PassOn({ page, onClose }: { page: PageView; onClose: () => void }) {
  const nameOf = usePersonName();
  const escalate = useAct(escalatePageRoute, {
    touches: [...touches, `page:${page.id}`],
    onDone: () => {
      toast({ text: 'The next step has begun' });
      onClose();
    },
  });
  const names = page.nextUserIds.map(nameOf).join(', ');
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title="Pass it on now?"
      consequence={`${names === '' ? 'The next step' : names} is paged at once instead of later. It stays open until somebody acknowledges.`}
      act="Page the next step"
      busy={escalate.isPending}
      error={escalate.error}
      onConfirm={() => escalate.mutate({ params: { id: page.id } })}
    />
  );
}
