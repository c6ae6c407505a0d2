import { useState } from 'react';
import type { AlertFoldView, FoldAct } from '#detect/contract';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { plural } from '../ui/format.ts';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx';
import { NoteDialog, SnoozeDialog } from './alert-dialogs.tsx';
import { MuteDialog } from './mute-dialog.tsx';
import { SNOOZES } from './snooze.ts';
import { type ActOnce, type Seen, useFoldAct } from './use-fold-act.ts';

type Asked = 'snooze' | 'note' | 'mute' | 'close' | 'dismiss';

const ends = {
  close: {
    act: (live: number) => (live === 1 ? 'Close it' : `Close all ${live}`),
    consequence: 'Their pages end. The next signal of each opens a new alert.',
  },
  dismiss: {
    act: () => 'Not an incident',
    consequence: 'They close, and stay quiet until their source has recovered.',
  },
} as const;

/** What to do with all alerts of a row at once, or of the whole list. */
export function FoldActs({
  once,
  seen,
  states,
  match = null,
  ofIncident,
  all = false,
}: {
  once: ActOnce;
  seen: Seen;
  states: AlertFoldView['states'];
  match?: AlertFoldView['match'];
  /** Inside an incident, the incident pages: nothing is snoozed or dismissed there. */
  ofIncident: boolean;
  all?: boolean;
}) {
  const [asked, setAsked] = useState<Asked>();
  const { done, perform, go } = useFoldAct(once, seen);
  const live = states.open + states.acknowledged;
  if (live === 0) return null;
  const busy = done !== undefined;
  const say = (act: FoldAct) => async () => {
    await perform(act);
    setAsked(undefined);
  };
  return (
    <>
      {busy ? (
        <span role="status" className="num text-xs text-muted">
          {done} of {live} …
        </span>
      ) : null}
      <Menu
        align="end"
        trigger={
          <Button size="sm" disabled={busy}>
            {all ? 'More for all' : 'More'}
          </Button>
        }
      >
        {ofIncident ? null : (
          <>
            <MenuLabel>Snooze for</MenuLabel>
            {SNOOZES.map(({ label, until }) => (
              <MenuItem key={label} onSelect={() => go({ act: 'snooze', until: until(new Date()).toISOString() })}>
                {label}
              </MenuItem>
            ))}
            <MenuItem onSelect={() => setAsked('snooze')}>Until …</MenuItem>
            <MenuLine />
            {states.acknowledged > 0 ? (
              <MenuItem onSelect={() => go({ act: 'unacknowledge' })}>Take the acknowledgement back</MenuItem>
            ) : null}
          </>
        )}
        <MenuItem onSelect={() => setAsked('note')}>Write a note …</MenuItem>
        {match === null || ofIncident ? null : (
          <MenuItem onSelect={() => setAsked('mute')}>Mute what is like it …</MenuItem>
        )}
        {ofIncident ? null : <MenuItem onSelect={() => setAsked('dismiss')}>Not an incident …</MenuItem>}
        <MenuItem onSelect={() => setAsked('close')}>Close …</MenuItem>
      </Menu>
      {states.open > 0 ? (
        <Button size="sm" busy={busy} onClick={() => go({ act: 'acknowledge' })}>
          {all ? `Acknowledge all ${states.open}` : 'Acknowledge'}
        </Button>
      ) : null}
      {asked === 'snooze' ? (
        <SnoozeDialog onClose={() => setAsked(undefined)} submit={(until) => say({ act: 'snooze', until })()} />
      ) : null}
      {asked === 'note' ? (
        <NoteDialog onClose={() => setAsked(undefined)} submit={(body) => say({ act: 'note', body })()} />
      ) : null}
      {asked === 'mute' && match !== null ? <MuteDialog match={match} onClose={() => setAsked(undefined)} /> : null}
      {asked === 'close' || asked === 'dismiss' ? (
        <ConfirmDialog
          open
          onOpenChange={() => setAsked(undefined)}
          title={`${asked === 'close' ? 'Close' : 'Not an incident:'} ${plural(live, 'alert')}`}
          consequence={ends[asked].consequence}
          act={ends[asked].act(live)}
          onConfirm={() => {
            setAsked(undefined);
            go({ act: asked });
          }}
        />
      ) : null}
    </>
  );
}
