import { useState } from 'react';
import {
  type ChatGroupView,
  readChatGroup,
  saveChatGroup,
  type ScheduleView,
  setChatGroupRoute,
} from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { ChatGroupDialog } from './chat-group-dialog.tsx';
import { CHAT_GROUP_WORDS, nameOfGroup } from './chat-group-words.ts';

/** The group of a chat whose members are whoever is on call, and what keeps it from being so. */
export function ChatGroupPanel({ schedule }: { schedule: ScheduleView }) {
  const params = { id: schedule.id };
  const read = useRead(readChatGroup, { params }, ['schedules', 'members', 'settings']);
  const mayManage = useMay('schedules.manage');
  const [isNaming, setNaming] = useState(false);
  const [isEnding, setEnding] = useState(false);
  const set = useAct(setChatGroupRoute, {
    touches: ['schedules'],
    onDone: ({ group }) => {
      if (group !== null && group.problem === null && group.kept === null)
        toast({ text: `${nameOfGroup(group)} is set` });
    },
  });
  const end = useAct(saveChatGroup, {
    touches: ['schedules'],
    onDone: () => {
      setEnding(false);
      toast({ text: 'The group stays as it is from now on' });
    },
  });
  return (
    <Section
      title="In your chat"
      {...(mayManage && read.data?.group === null
        ? {
            aside: (
              <Button size="sm" onClick={() => setNaming(true)}>
                Let a group follow
              </Button>
            ),
          }
        : {})}
    >
      <Loaded read={read} rows={1}>
        {({ group }) =>
          group === null ? (
            <p className="text-muted">
              No group of Slack, Mattermost or Discord follows this schedule. One such as @oncall can always reach
              whoever is on call.
            </p>
          ) : (
            <Panel className="grid gap-3 px-4 py-3">
              <GroupState group={group} />
              {mayManage ? (
                <div className="flex flex-wrap gap-2">
                  <Button
                    size="sm"
                    busy={set.isPending}
                    onClick={() =>
                      set.mutate(
                        { params },
                        { onError: (error: unknown) => toast({ tone: 'bad', text: sentenceOf(error) }) },
                      )
                    }
                  >
                    Set it now
                  </Button>
                  <Button size="sm" onClick={() => setNaming(true)}>
                    Name another
                  </Button>
                  <Button size="sm" variant="ghost" onClick={() => setEnding(true)}>
                    Stop following
                  </Button>
                </div>
              ) : null}
              {isEnding ? (
                <ConfirmDialog
                  open
                  onOpenChange={setEnding}
                  title={`Let ${nameOfGroup(group)} follow no longer?`}
                  consequence={`Whoever is in it now stays in it, in ${CHAT_GROUP_WORDS[group.kind].name}, until somebody changes it there.`}
                  act="Stop following"
                  busy={end.isPending}
                  error={end.error}
                  onConfirm={() => end.mutate({ params, body: { kind: group.kind, groupId: null } })}
                />
              ) : null}
            </Panel>
          )
        }
      </Loaded>
      {isNaming ? (
        <ChatGroupDialog schedule={schedule} group={read.data?.group ?? null} onClose={() => setNaming(false)} />
      ) : null}
    </Section>
  );
}

function GroupState({ group }: { group: ChatGroupView }) {
  const person = usePersonName();
  const words = CHAT_GROUP_WORDS[group.kind];
  const { userIds, setAt, missingUserIds, kept, problem, nextTryAt } = group;
  return (
    <div className="grid gap-1">
      <p className="break-words">
        <bdi className="font-semibold">{nameOfGroup(group)}</bdi>{' '}
        <span className="text-xs text-muted">
          {words.noun} in {words.name}:
        </span>{' '}
        {setAt === null ? (
          <span className="text-muted">was not set yet</span>
        ) : (
          <>
            {userIds.length === 0 ? 'nobody' : null}
            {userIds.map((id, index) => (
              <span key={id}>
                {index === 0 ? '' : ', '}
                <bdi>{person(id)}</bdi>
              </span>
            ))}{' '}
            <span className="text-xs text-muted">
              since <RelativeTime at={setAt} />
            </span>
          </>
        )}
      </p>
      {problem === null ? null : (
        <p className="text-xs break-words text-bad-text">
          {nameOfGroup(group)} could not be set: {problem}
          {nextTryAt === null ? null : (
            <>
              {' '}
              Tried again <RelativeTime at={nextTryAt} />.
            </>
          )}
        </p>
      )}
      {kept === null ? null : <p className="text-xs text-warn-text">{kept}</p>}
      {missingUserIds.length === 0 ? null : (
        <p className="text-xs text-warn-text">
          On call and not in it:{' '}
          {missingUserIds.map((id, index) => (
            <span key={id}>
              {index === 0 ? '' : ', '}
              <bdi>{person(id)}</bdi>
            </span>
          ))}
          . {words.missing}
        </p>
      )}
    </div>
  );
}
