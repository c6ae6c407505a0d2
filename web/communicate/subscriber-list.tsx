import { useState } from 'react';
import {
  listComponents,
  listSubscribers,
  removeSubscriber,
  type StatusPageView,
  type SubscriberView,
} from '#communicate/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useList, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { type Tone, toneText } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { plural } from '../ui/format.ts';
import { Glyph, type GlyphName } from '../ui/glyph.tsx';
import { LoadedList } from '../ui/loaded.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { InviteSubscriber } from './invite-subscriber.tsx';

const states: Record<SubscriberView['state'], { word: string; tone: Tone; glyph: GlyphName }> = {
  pending: { word: 'Asked to confirm', tone: 'unknown', glyph: 'clock' },
  confirmed: { word: 'Confirmed', tone: 'ok', glyph: 'check' },
  unsubscribed: { word: 'Unsubscribed', tone: 'neutral', glyph: 'ring' },
};

/** Who is told by email. Only who has confirmed hears anything; erasing leaves nothing behind. */
export function SubscriberList({ page }: { page: StatusPageView }) {
  const list = useList(listSubscribers, { params: { id: page.id }, query: { limit: 20 } }, ['subscribers']);
  const components = useRead(listComponents, { query: { statusPageId: page.id, limit: 200 } }, ['status-pages']);
  const mayManage = useMay('subscribers.manage');
  const [erasing, setErasing] = useState<SubscriberView>();
  const names = new Map(components.data?.items.map(({ id, name }) => [id, name]));
  return (
    <Section title="Subscribers" aside={`${plural(page.subscriberCount, 'confirmed address', 'confirmed addresses')}`}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {mayManage ? <InviteSubscriber page={page} /> : null}
        <LoadedList
          list={list}
          rows={2}
          empty={
            <EmptyState title="Nobody has subscribed yet">
              The page has a Subscribe button. Each address is asked once whether it really wants this.
            </EmptyState>
          }
        >
          {(items) => (
            <Rows>
              {items.map((subscriber) => (
                <Row key={subscriber.id} className="flex flex-wrap items-center gap-x-4 gap-y-1">
                  <div className="min-w-0 flex-1 basis-56">
                    <p className="truncate">{subscriber.email}</p>
                    <p className="truncate text-xs text-muted">
                      {subscriber.componentIds === null
                        ? 'all components'
                        : subscriber.componentIds.map((id) => names.get(id) ?? 'a removed one').join(', ')}
                      {' · since '}
                      <RelativeTime at={subscriber.confirmedAt ?? subscriber.createdAt} show="absolute" />
                    </p>
                  </div>
                  <span className="ml-auto flex items-center gap-2">
                    <State state={subscriber.state} />
                    {mayManage ? (
                      <Button
                        size="sm"
                        variant="ghost"
                        aria-label={`Erase ${subscriber.email}`}
                        onClick={() => setErasing(subscriber)}
                      >
                        Erase
                      </Button>
                    ) : null}
                  </span>
                </Row>
              ))}
            </Rows>
          )}
        </LoadedList>
      </div>
      {erasing === undefined ? null : <Erase subscriber={erasing} onClose={() => setErasing(undefined)} />}
    </Section>
  );
}

function State({ state }: { state: SubscriberView['state'] }) {
  const { word, tone, glyph } = states[state];
  return (
    <span className={`inline-flex items-center gap-1.5 text-xs whitespace-nowrap ${toneText[tone]}`}>
      <Glyph name={glyph} />
      {word}
    </span>
  );
}

function Erase({ subscriber, onClose }: { subscriber: SubscriberView; onClose: () => void }) {
  const erase = useAct(removeSubscriber, {
    touches: ['subscribers', 'status-pages'],
    onDone: () => {
      toast({ text: 'Erased' });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Erase ${subscriber.email}?`}
      consequence="The address and its choices are deleted for good. It hears nothing more unless it subscribes again."
      act="Erase"
      danger
      busy={erase.isPending}
      error={erase.error}
      onConfirm={() => erase.mutate({ params: { id: subscriber.id } })}
    />
  );
}
