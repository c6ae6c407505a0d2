import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { finishActionItemRoute, type listActionItemsRoute, waiveActionItemRoute } from '#learn/contract';
import type { RouteResult } from '#kernel/route.ts';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { Row } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useForm } from '../ui/use-form.ts';

export type ActionItemView = RouteResult<typeof listActionItemsRoute>['items'][number];

export function ActionItemRow({ item, showIncident = false }: { item: ActionItemView; showIncident?: boolean }) {
  const nameOf = usePersonName();
  const may = useMay('action-items.write');
  const [waiving, setWaiving] = useState(false);
  const touches = ['action-items', 'promises', 'postmortems'];
  const finish = useAct(finishActionItemRoute, { touches, onDone: () => toast({ text: 'Done' }) });
  return (
    <Row className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-72">
        <p dir="auto" className="text-left font-medium break-words">
          {item.title}
        </p>
        <p className="text-xs text-muted">
          {showIncident ? (
            <>
              <Link to="/incidents/$incidentId" params={{ incidentId: item.incidentId }} className={textLink}>
                {item.incidentReference}
              </Link>{' '}
              ·{' '}
            </>
          ) : null}
          {nameOf(item.ownerId)} · done when {item.doneWhen}
          {item.waivedReason === null ? null : ` · waived: ${item.waivedReason}`}
          {item.moves.length === 0 ? null : ` · moved ${item.moves.length} ×`}
        </p>
      </div>
      {item.state === 'open' ? (
        <Badge tone={item.overdue ? 'bad' : 'neutral'} glyph={item.overdue ? 'up' : 'clock'}>
          {item.overdue ? `overdue since ${item.dueOn}` : `due ${item.dueOn}`}
        </Badge>
      ) : (
        <StateBadge state={item.state} />
      )}
      {may && item.state === 'open' ? (
        <div className="flex gap-2">
          <Button
            size="sm"
            busy={finish.isPending}
            aria-label={`Done: ${item.title}`}
            onClick={() => finish.mutate({ params: { id: item.id } })}
          >
            Done
          </Button>
          <Button size="sm" variant="ghost" aria-label={`Waive: ${item.title}`} onClick={() => setWaiving(true)}>
            Waive
          </Button>
        </div>
      ) : null}
      <ErrorNote error={finish.error} className="basis-full" />
      {waiving ? <WaiveDialog item={item} touches={touches} onClose={() => setWaiving(false)} /> : null}
    </Row>
  );
}

function WaiveDialog({ item, touches, onClose }: { item: ActionItemView; touches: string[]; onClose: () => void }) {
  const waive = useAct(waiveActionItemRoute, { touches, onDone: onClose });
  const form = useForm({
    initial: { reason: '' },
    submit: (body) => waive.mutateAsync({ params: { id: item.id }, body }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title="Give this action item up?"
      description="It stays in the record with the reason. It cannot be opened again."
      onSubmit={form.onSubmit}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" variant="primary" busy={form.busy}>
            Waive
          </Button>
        </>
      }
    >
      <Field label="Why will it not be done?" error={form.error('reason')}>
        <Input {...form.text('reason')} />
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} className="mt-3" />
    </Dialog>
  );
}
