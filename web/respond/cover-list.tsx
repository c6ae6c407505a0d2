import { useState } from 'react';
import {
  acceptCover,
  type CoverRequestView,
  declineCover,
  listCoverRequests,
  type ScheduleView,
  withdrawCover,
} from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { useMay, useSession } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { useMinute } from '../ui/clock.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatAbsolute } from '../ui/format.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Panel, Row, Rows, Section } from '../ui/panel.tsx';
import { CoverDialog } from './cover-dialog.tsx';

/** Requests for cover and swaps in a schedule whose time is not over, with their answers. */
export function CoverList({ schedule }: { schedule: ScheduleView }) {
  const mayCover = useMay('schedules.cover');
  const [asking, setAsking] = useState(false);
  const list = useList(listCoverRequests, { query: { scheduleId: schedule.id } }, ['schedules']);
  return (
    <Section
      title="Cover"
      aside={
        mayCover ? (
          <Button size="sm" onClick={() => setAsking(true)}>
            Ask for cover
          </Button>
        ) : undefined
      }
    >
      <LoadedList list={list} rows={1} empty={<Panel className="px-4 py-3 text-muted">Nobody asks for cover.</Panel>}>
        {(items) => (
          <Rows>
            {items.map((request) => (
              <CoverRow key={request.id} request={request} timeZone={schedule.timeZone} />
            ))}
          </Rows>
        )}
      </LoadedList>
      {asking ? <CoverDialog schedule={schedule} onClose={() => setAsking(false)} /> : null}
    </Section>
  );
}

function CoverRow({ request, timeZone }: { request: CoverRequestView; timeZone: string }) {
  const now = useMinute();
  const nameOf = usePersonName();
  const { askedBy, askedUserId, startsAt, endsAt, inReturn, note, state, answeredBy } = request;
  const clock = (at: string) => <time dateTime={at}>{formatAbsolute(new Date(at), now, timeZone)}</time>;
  return (
    <Row className="grid gap-1.5">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
        <p className="min-w-0 break-words">
          <bdi>{nameOf(askedBy)}</bdi> asks{' '}
          <bdi>{askedUserId === null ? 'everybody in the schedule' : nameOf(askedUserId)}</bdi>
        </p>
        {state === 'open' ? null : (
          <Badge tone={state === 'accepted' ? 'ok' : 'neutral'}>
            {state}
            {answeredBy === null || state === 'withdrawn' ? '' : ` by ${nameOf(answeredBy)}`}
          </Badge>
        )}
      </div>
      <p className="text-xs text-muted">
        {clock(startsAt)} to {clock(endsAt)}
        {inReturn === null ? null : (
          <>
            , in return for {clock(inReturn.startsAt)} to {clock(inReturn.endsAt)}
          </>
        )}
        {note === null ? null : <> · {note}</>}
      </p>
      {state === 'open' ? <Answers request={request} /> : null}
    </Row>
  );
}

function Answers({ request: { id, askedBy, askedUserId } }: { request: CoverRequestView }) {
  const { user } = useSession();
  const touches = ['schedules'];
  const accept = useAct(acceptCover, { touches, onDone: () => toast({ text: 'You are on call then' }) });
  const decline = useAct(declineCover, { touches, onDone: () => toast({ text: 'Declined' }) });
  const withdraw = useAct(withdrawCover, { touches, onDone: () => toast({ text: 'The request is withdrawn' }) });
  const input = { params: { id } };
  const mine = askedBy === user.id;
  const forMe = !mine && (askedUserId === null || askedUserId === user.id);
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {forMe ? (
        <Button size="sm" variant="primary" busy={accept.isPending} onClick={() => accept.mutate(input)}>
          Accept
        </Button>
      ) : null}
      {askedUserId === user.id ? (
        <Button size="sm" busy={decline.isPending} onClick={() => decline.mutate(input)}>
          Decline
        </Button>
      ) : null}
      {mine ? (
        <Button size="sm" busy={withdraw.isPending} onClick={() => withdraw.mutate(input)}>
          Withdraw
        </Button>
      ) : null}
      <ErrorNote error={accept.error ?? decline.error ?? withdraw.error} className="w-full" />
    </div>
  );
}
