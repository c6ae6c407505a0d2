import { useState } from 'react';
import { formatDuration } from '#kernel/duration.ts';
import { deleteNoticeChannel, listNoticeChannels, type NoticeChannelView, testNoticeChannel } from '#respond/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useList } from '../data/query.ts';
import { useNames } from '../detect/use-names.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { sentenceOf as faultOf } from '../ui/error-note.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Row, Rows } from '../ui/panel.tsx';
import { NoticeChannelDialog } from './notice-channel-dialog.tsx';
import { placeWords } from './notice-channel-words.ts';

/** Places that hear of alerts, and of pages whose steps name them, and wake nobody. */
export function NoticeChannelsScreen() {
  const [open, setOpen] = useState<NoticeChannelView | 'new'>();
  const channels = useList(listNoticeChannels, { query: {} }, ['settings']);
  const add = (
    <Button variant="primary" onClick={() => setOpen('new')}>
      Add a channel
    </Button>
  );
  const bare = channels.items?.length === 0;
  return (
    <Page
      title="Team channels"
      narrow
      below="Places that a team reads. They hear what begins, who is on it, what is still open and what is over; steps of escalation policies may name them. They wake nobody."
      acts={bare ? null : add}
    >
      <LoadedList
        list={channels}
        empty={
          <EmptyState title="No channel hears of alerts" act={add}>
            Add the channel that your team reads anyway, so that everybody sees what is going on.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((channel) => (
              <ChannelRow key={channel.id} channel={channel} onEdit={() => setOpen(channel)} />
            ))}
          </Rows>
        )}
      </LoadedList>
      {open === undefined ? null : (
        <NoticeChannelDialog channel={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

function ChannelRow({ channel, onEdit }: { channel: NoticeChannelView; onEdit: () => void }) {
  const nameOf = useNames();
  const [removing, setRemoving] = useState(false);
  const test = useAct(testNoticeChannel, {
    touches: ['deliveries'],
    onDone: ({ ok, message }) => toast({ tone: ok ? 'ok' : 'bad', text: message }),
  });
  const remove = useAct(deleteNoticeChannel, {
    touches: ['settings'],
    onDone: () => toast({ text: `${channel.name} hears nothing more` }),
  });
  const { name, kind, address, serviceIds, stillEverySeconds, onlyPages, problem } = channel;
  const of = serviceIds.length === 0 ? 'everything that pages' : serviceIds.map(nameOf).join(', ');
  const again = stillEverySeconds === null ? '' : ` · again every ${formatDuration(stillEverySeconds)}`;
  return (
    <Row className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="break-words">
          <bdi className="font-semibold">{name}</bdi> <span className="text-muted">{placeWords[kind].name}</span>
        </p>
        <p className="mt-0.5 break-all text-muted">{address}</p>
        <p className="mt-0.5 text-xs break-words text-muted">
          {onlyPages ? 'only pages whose step names it' : `of ${of}${again}`}
        </p>
        {problem === null ? null : <p className="mt-0.5 text-xs text-bad-text">{problem}</p>}
      </div>
      <div className="flex gap-2">
        <Button
          size="sm"
          aria-label={`Send a test to ${name}`}
          busy={test.isPending}
          onClick={() =>
            test.mutate(
              { params: { id: channel.id } },
              { onError: (error: unknown) => toast({ tone: 'bad', text: faultOf(error) }) },
            )
          }
        >
          Test
        </Button>
        <Button size="sm" aria-label={`Edit ${name}`} onClick={onEdit}>
          Edit
        </Button>
        <Button size="sm" aria-label={`Remove ${name}`} onClick={() => setRemoving(true)}>
          Remove
        </Button>
      </div>
      {removing ? (
        <ConfirmDialog
          open
          onOpenChange={setRemoving}
          title={`Remove ${name}?`}
          consequence="It hears nothing more, not even that what it was told of is over."
          act="Remove"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ params: { id: channel.id } })}
        />
      ) : null}
    </Row>
  );
}
