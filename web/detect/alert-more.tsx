import { useState } from 'react';
import {
  type AlertView,
  escalateAlertRoute,
  noteAlertRoute,
  reassignAlertRoute,
  snoozeAlertRoute,
  unacknowledgeAlertRoute,
} from '#detect/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx';
import { GiveDialog, NoteDialog, SnoozeDialog } from './alert-dialogs.tsx';
import { MuteDialog, matchOf } from './mute-dialog.tsx';
import { SNOOZES } from './snooze.ts';

const say = { onError: (error: unknown) => toast({ tone: 'bad', text: sentenceOf(error) }) };

type Asked = 'snooze' | 'give' | 'note' | 'mute';

/** What else can be done with an alert: put it off, hand it on, ask the next people, write a note. */
export function AlertMore({ alert }: { alert: AlertView }) {
  const [asked, setAsked] = useState<Asked>();
  const touches = ['alerts', 'pages', `alert:${alert.id}`];
  const params = { id: alert.id };
  const done = (text: string) => ({
    touches,
    onDone: () => {
      toast({ text });
      setAsked(undefined);
    },
  });
  const snooze = useAct(snoozeAlertRoute, done('Snoozed: it asks again when the time is up'));
  const give = useAct(reassignAlertRoute, done('Given on, and paged'));
  const escalate = useAct(escalateAlertRoute, done('The next people are asked now'));
  const note = useAct(noteAlertRoute, done('Note written'));
  const unacknowledge = useAct(unacknowledgeAlertRoute, done('It is open again'));
  const pages = alert.incidentId === null;
  return (
    <>
      <Menu align="end" trigger={<Button>More</Button>}>
        {pages ? (
          <>
            <MenuLabel>Snooze for</MenuLabel>
            {SNOOZES.map(({ label, until }) => (
              <MenuItem
                key={label}
                onSelect={() => snooze.mutate({ params, body: { until: until(new Date()).toISOString() } }, say)}
              >
                {label}
              </MenuItem>
            ))}
            <MenuItem onSelect={() => setAsked('snooze')}>Until …</MenuItem>
            <MenuLine />
            <MenuItem onSelect={() => setAsked('give')}>Give to …</MenuItem>
            <MenuItem onSelect={() => escalate.mutate({ params }, say)}>Escalate now</MenuItem>
            {alert.state === 'acknowledged' ? (
              <MenuItem onSelect={() => unacknowledge.mutate({ params }, say)}>
                {alert.snoozedUntil === null ? 'Take the acknowledgement back' : 'End the snooze'}
              </MenuItem>
            ) : null}
          </>
        ) : null}
        <MenuItem onSelect={() => setAsked('note')}>Write a note …</MenuItem>
        <MenuItem onSelect={() => setAsked('mute')}>Mute what is like it …</MenuItem>
      </Menu>
      {asked === 'snooze' ? (
        <SnoozeDialog
          onClose={() => setAsked(undefined)}
          submit={(until) => snooze.mutateAsync({ params, body: { until } })}
        />
      ) : null}
      {asked === 'give' ? (
        <GiveDialog onClose={() => setAsked(undefined)} submit={(to) => give.mutateAsync({ params, body: to })} />
      ) : null}
      {asked === 'mute' ? <MuteDialog match={matchOf(alert)} onClose={() => setAsked(undefined)} /> : null}
      {asked === 'note' ? (
        <NoteDialog
          onClose={() => setAsked(undefined)}
          submit={(body) => note.mutateAsync({ params, body: { body } })}
        />
      ) : null}
    </>
  );
}
