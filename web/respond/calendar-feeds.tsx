import X from 'lucide-react/icons/x';
import { useState } from 'react';
import { listTeams } from '#access/contract';
import {
  type CalendarFeedView,
  createCalendarFeed,
  listCalendarFeeds,
  listSchedules,
  revokeCalendarFeed,
} from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useList, useRead } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Select } from '../ui/input.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Panel, Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** Secret addresses for calendar programs: made here, shown once, revoked here. */
export function CalendarFeeds() {
  const { user } = useSession();
  const schedules = useRead(listSchedules, { query: { limit: 200 } }, ['schedules']).data?.items ?? [];
  const teams = useRead(listTeams, { query: { limit: 200 } }, ['members']).data?.items ?? [];
  const [subject, setSubject] = useState(`person:${user.id}`);
  const [url, setUrl] = useState<string>();
  const create = useAct(createCalendarFeed, { touches: ['calendar-feeds'], onDone: (made) => setUrl(made.url) });
  const make = () => {
    const [kind = '', subjectId = ''] = subject.split(':');
    create.mutate({ body: { kind: kind as CalendarFeedView['kind'], subjectId } });
  };
  return (
    <Section title="In your calendar" aside="an address that calendar programs read">
      <Panel className="mb-3 grid gap-3 p-4">
        <div className="flex flex-wrap items-center gap-2">
          <Select
            aria-label="What the calendar shows"
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
            className="max-w-72"
          >
            <option value={`person:${user.id}`}>my shifts</option>
            {schedules.map(({ id, name }) => (
              <option key={id} value={`schedule:${id}`}>
                {name}, everybody
              </option>
            ))}
            {teams.map(({ id, name }) => (
              <option key={id} value={`team:${id}`}>
                team {name}
              </option>
            ))}
          </Select>
          <Button busy={create.isPending} onClick={make}>
            Make an address
          </Button>
        </div>
        <ErrorNote error={create.error} />
        {url === undefined ? null : (
          <Note tone="accent" role="status">
            <p>
              Subscribe to this address in your calendar program. It is shown this once; whoever has it can read it.
            </p>
            <div className="mt-2">
              <CopyLine text={url} label="Address of the calendar" />
            </div>
          </Note>
        )}
      </Panel>
      <FeedList
        nameOf={(id) => [...schedules, ...teams].find((one) => one.id === id)?.name ?? 'something that is gone'}
      />
    </Section>
  );
}

function FeedList({ nameOf }: { nameOf: (id: string) => string }) {
  const personOf = usePersonName();
  const list = useList(listCalendarFeeds, {}, ['calendar-feeds']);
  const revoke = useAct(revokeCalendarFeed, {
    touches: ['calendar-feeds'],
    onDone: () => toast({ text: 'The calendar address is revoked' }),
  });
  return (
    <>
      <ErrorNote error={revoke.error} className="mb-2" />
      <LoadedList list={list} rows={1} empty={null}>
        {(items) => (
          <Rows>
            {items.map(({ id, kind, subjectId, createdAt, createdBy }) => {
              const what = kind === 'person' ? `Shifts of ${personOf(subjectId)}` : nameOf(subjectId);
              return (
                <Row key={id} className="flex items-center justify-between gap-3">
                  <span className="min-w-0">
                    <bdi className="break-words">{what}</bdi>{' '}
                    <span className="text-xs text-muted">
                      made by {personOf(createdBy)} <RelativeTime at={createdAt} show="relative" />
                    </span>
                  </span>
                  <IconButton
                    label={`Revoke the calendar address for ${what}`}
                    size="sm"
                    onClick={() => revoke.mutate({ params: { id } })}
                  >
                    <X size={14} aria-hidden="true" />
                  </IconButton>
                </Row>
              );
            })}
          </Rows>
        )}
      </LoadedList>
    </>
  );
}
