import { useState } from 'react';
import { type BulkAct, bulkAlertsRoute } from '#detect/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { plural } from '../ui/format.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { GiveDialog, NoteDialog } from './alert-dialogs.tsx';
import { SNOOZES } from './snooze.ts';

/** One act for all the alerts that are ticked. What is refused stays ticked, and the reason is said. */
export function BulkBar({
  chosen,
  all,
  keep,
}: {
  chosen: readonly string[];
  /** Everything in view that could be chosen. */
  all: readonly string[];
  keep: (alertIds: readonly string[]) => void;
}) {
  const [asked, setAsked] = useState<'give' | 'note'>();
  const bulk = useAct(bulkAlertsRoute, {
    touches: ['alerts', 'pages', ...chosen.map((id) => `alert:${id}`)],
    onDone: ({ items }) => {
      const refused = items.filter(({ ok }) => !ok);
      const done = items.length - refused.length;
      const why = refused[0]?.message;
      toast(
        refused.length === 0
          ? { text: `Done for ${plural(done, 'alert')}` }
          : { tone: 'bad', text: `Done for ${done}, refused for ${refused.length}: ${why ?? 'it changed meanwhile'}` },
      );
      setAsked(undefined);
      keep(refused.map(({ alertId }) => alertId));
    },
  });
  const perform = (act: BulkAct) => bulk.mutateAsync({ body: { alertIds: [...chosen], do: act } });
  const go = (act: BulkAct) => () =>
    void perform(act).catch((error: unknown) => toast({ tone: 'bad', text: sentenceOf(error) }));
  return (
    <div
      role="region"
      aria-label="Chosen alerts"
      className="sticky bottom-3 z-20 mt-3 flex flex-wrap items-center gap-2 rounded-panel border border-line-strong bg-surface px-4 py-2.5 shadow-raised max-md:bottom-16"
    >
      <p className="mr-auto font-semibold">{plural(chosen.length, 'alert')} chosen</p>
      {chosen.length < all.length ? (
        <Button size="sm" variant="ghost" onClick={() => keep(all)}>
          All {all.length}
        </Button>
      ) : null}
      <Button size="sm" variant="ghost" onClick={() => keep([])}>
        None
      </Button>
      <Button size="sm" onClick={go({ act: 'close' })}>
        Close
      </Button>
      <Button size="sm" onClick={go({ act: 'dismiss' })}>
        Not an incident
      </Button>
      <Menu align="end" trigger={<Button size="sm">More</Button>}>
        {SNOOZES.map(({ label, until }) => (
          <MenuItem
            key={label}
            onSelect={() => go({ act: 'snooze', until: until(new Date()).toISOString() })()}
          >{`Snooze for ${label}`}</MenuItem>
        ))}
        <MenuItem onSelect={() => setAsked('give')}>Give to …</MenuItem>
        <MenuItem onSelect={go({ act: 'escalate' })}>Escalate now</MenuItem>
        <MenuItem onSelect={() => setAsked('note')}>Write a note …</MenuItem>
      </Menu>
      <Button size="sm" variant="primary" busy={bulk.isPending} onClick={go({ act: 'acknowledge' })}>
        Acknowledge
      </Button>
      {asked === 'give' ? (
        <GiveDialog onClose={() => setAsked(undefined)} submit={(to) => perform({ act: 'reassign', ...to })} />
      ) : null}
      {asked === 'note' ? (
        <NoteDialog onClose={() => setAsked(undefined)} submit={(body) => perform({ act: 'note', body })} />
      ) : null}
    </div>
  );
}
