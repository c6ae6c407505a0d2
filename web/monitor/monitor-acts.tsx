import { Link, useNavigate } from '@tanstack/react-router';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import {
  checkNow,
  cloneMonitor,
  deleteMonitor,
  endDrill,
  isAsked,
  type Monitor,
  pauseMonitor,
  resumeMonitor,
} from '#monitor/contract';
import { useCommands } from '../app/commands.ts';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button, buttonClass, IconButton } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { formatMs } from '../ui/format.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { DrillDialog } from './drill-dialog.tsx';

const touches = ['monitors', 'alerts'];
const say = { onError: (error: unknown) => toast({ tone: 'bad', text: sentenceOf(error) }) };

/** What may be done with a monitor. */
export function MonitorActs({ monitor }: { monitor: Monitor }) {
  const mayManage = useMay('monitors.manage');
  const navigate = useNavigate();
  const params = { id: monitor.id };
  const [drilling, setDrilling] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const check = useAct(checkNow, {
    touches: [...touches, `monitor:${monitor.id}`],
    onDone: (answer) =>
      toast(
        answer.outcome === 'up' || answer.outcome === 'degraded'
          ? { text: `Checked: ${answer.outcome}, ${formatMs(answer.totalMs)}` }
          : { tone: 'bad', text: answer.evidence?.summary ?? `Checked: ${answer.outcome}` },
      ),
  });
  const pause = useAct(pauseMonitor, { touches });
  const resume = useAct(resumeMonitor, { touches });
  const stopDrill = useAct(endDrill, { touches });
  const archive = useAct(deleteMonitor, {
    touches: [...touches, 'status-pages'],
    onDone: () => {
      toast({ text: `${monitor.name} is archived` });
      void navigate({ to: '/monitors' });
    },
  });
  const clone = useAct(cloneMonitor, {
    touches: [...touches, 'status-pages'],
    onDone: ({ id, name }) => {
      toast({ text: `${name} is added: change what is different` });
      void navigate({ to: '/monitors/$monitorId/edit', params: { monitorId: id } });
    },
  });
  const paused = monitor.state === 'paused';
  const togglePause = () => (paused ? resume : pause).mutate({ params }, say);
  useCommands(
    mayManage
      ? [
          {
            id: 'monitor check',
            title: `Test ${monitor.name} now`,
            group: 'This monitor',
            run: () => check.mutate({ params }, say),
          },
          { id: 'monitor drill', title: `Drill ${monitor.name}`, group: 'This monitor', run: () => setDrilling(true) },
          {
            id: 'monitor pause',
            title: `${paused ? 'Resume' : 'Pause'} ${monitor.name}`,
            group: 'This monitor',
            run: togglePause,
          },
        ]
      : [],
  );
  if (!mayManage) return null;
  return (
    <>
      {isAsked(monitor.kind) && isAskedHere(monitor) && !paused ? (
        <Button busy={check.isPending} onClick={() => check.mutate({ params }, say)}>
          Test now
        </Button>
      ) : null}
      {monitor.drill === null ? (
        paused ? null : (
          <Button onClick={() => setDrilling(true)}>Drill</Button>
        )
      ) : (
        <Button busy={stopDrill.isPending} onClick={() => stopDrill.mutate({ params }, say)}>
          End drill
        </Button>
      )}
      <Button busy={pause.isPending || resume.isPending} onClick={togglePause}>
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Link to="/monitors/$monitorId/edit" params={{ monitorId: monitor.id }} className={buttonClass()}>
        Edit
      </Link>
      <Menu
        align="end"
        trigger={
          <IconButton label="More acts">
            <Ellipsis size={16} aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem disabled={clone.isPending} onSelect={() => clone.mutate({ params, body: {} }, say)}>
          Clone
        </MenuItem>
        <MenuItem danger onSelect={() => setLeaving(true)}>
          Archive
        </MenuItem>
      </Menu>
      {drilling ? <DrillDialog monitor={monitor} onClose={() => setDrilling(false)} /> : null}
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={`Archive ${monitor.name}?`}
        consequence="It is not checked any more and leaves the lists. Its history stays."
        act="Archive"
        danger
        busy={archive.isPending}
        error={archive.error}
        onConfirm={() => archive.mutate({ params })}
      />
    </>
  );
}

/** Whether this installation itself asks it, so that it can be asked now. */
function isAskedHere({ locations }: Monitor): boolean {
  return locations.length === 0 || locations.some(({ id }) => id === 'home');
}
