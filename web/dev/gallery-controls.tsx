import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import { ApiProblem } from '#client';
import { toast } from '../app/toasts.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Checkbox, RadioCards, Switch } from '../ui/choice.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { Drawer } from '../ui/dialog.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select, Textarea } from '../ui/input.tsx';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx';
import { Panel } from '../ui/panel.tsx';
import { Segments } from '../ui/segments.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { TabPanel, Tabs } from '../ui/tabs.tsx';
import { Tooltip } from '../ui/tooltip.tsx';

const levels = [
  {
    value: 'sev1',
    title: <StateBadge state="sev1" />,
    detail: 'Full outage or critical data loss affecting many customers',
    aside: 'update within 15 min',
  },
  {
    value: 'sev2',
    title: <StateBadge state="sev2" />,
    detail: 'Major feature broken, significant customer impact',
    aside: 'update within 30 min',
  },
] as const;
const problem = new ApiProblem(422, 'invalid', 'The monitor could not be saved.', [
  { path: 'url', message: 'must be http or https' },
]);

export function GalleryControls() {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Buttons />
      <Fields />
      <Choices />
      <Faults />
    </div>
  );
}

function Buttons() {
  const [asking, setAsking] = useState(false);
  const [drawer, setDrawer] = useState(false);
  return (
    <Panel className="flex flex-wrap items-center gap-2 self-start p-4">
      <Button variant="primary" keyHint="m">
        Mark mitigated
      </Button>
      <Button>Change severity</Button>
      <Button variant="ghost">Cancel</Button>
      <Button variant="danger" onClick={() => setAsking(true)}>
        Deactivate
      </Button>
      <Button busy>Sending</Button>
      <Button disabled>Not now</Button>
      <Button size="sm" onClick={() => toast({ text: 'Alert closed', act: { label: 'Undo', run: () => undefined } })}>
        Toast
      </Button>
      <Button size="sm" onClick={() => setDrawer(true)}>
        Drawer
      </Button>
      <Menu
        trigger={
          <IconButton label="More acts">
            <Ellipsis size={16} aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuLabel>Monitor</MenuLabel>
        <MenuItem onSelect={() => undefined} keyHint="e">
          Edit
        </MenuItem>
        <MenuLine />
        <MenuItem onSelect={() => undefined} danger>
          Delete
        </MenuItem>
      </Menu>
      <Tooltip words="Interval × confirmations + timeout">
        <Button size="sm">Hover me</Button>
      </Tooltip>
      <Button size="lg" variant="primary" className="w-full">
        Acknowledge
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Deactivate Priya Raman?"
        consequence="She is signed out everywhere. Step 2 of “Default” would page nobody."
        act="Deactivate"
        danger
        onConfirm={() => setAsking(false)}
      />
      <Drawer open={drawer} onOpenChange={setDrawer} title="Details">
        Read along with the screen.
      </Drawer>
    </Panel>
  );
}

function Fields() {
  return (
    <Panel className="grid gap-4 p-4">
      <Field label="Name" hint="As it stands on the status page">
        <Input defaultValue="checkout/eu" />
      </Field>
      <Field label="Address" error="must begin with http:// or https://">
        <Input defaultValue="ftp://example.org" mono />
      </Field>
      <Field label="Every" aside="seconds">
        <Select>
          <option>30 s</option>
          <option>1 min</option>
        </Select>
      </Field>
      <Field label="Note">
        <Textarea placeholder="What happened?" />
      </Field>
    </Panel>
  );
}

function Choices() {
  const [level, setLevel] = useState<'sev1' | 'sev2'>('sev2');
  const [on, setOn] = useState(true);
  const [tab, setTab] = useState<'all' | 'notes' | 'public'>('all');
  const [range, setRange] = useState<'1h' | '24h' | '7d'>('24h');
  return (
    <Panel className="grid gap-4 p-4">
      <RadioCards legend="Severity" value={level} onChange={setLevel} options={levels} />
      <Checkbox label="Customer-facing" hint="Starts the public clocks" defaultChecked />
      <Switch checked={on} onChange={setOn} label="Notify subscribers" />
      <Segments
        label="Window"
        value={range}
        onChange={setRange}
        options={[
          { value: '1h', label: '1 h' },
          { value: '24h', label: '24 h' },
          { value: '7d', label: '7 d' },
        ]}
      />
      <Tabs
        label="Timeline"
        value={tab}
        onChange={setTab}
        aside="newest last"
        tabs={[
          { value: 'all', label: 'Everything', count: 24 },
          { value: 'notes', label: 'Notes', keyHint: 'n' },
          { value: 'public', label: 'Public' },
        ]}
      >
        <TabPanel value={tab} className="pt-3">
          The panel of the chosen tab.
        </TabPanel>
      </Tabs>
    </Panel>
  );
}

function Faults() {
  return (
    <Panel className="grid content-start gap-3 p-4">
      <ErrorNote error={problem} onRetry={() => undefined} />
      <ErrorNote error={problem} shown={['url']} />
      <Note tone="warn">Nobody is on call from Sunday 02:00 to 03:00.</Note>
      <Note tone="accent">This is a drill. Nothing goes out to the public.</Note>
      <Note tone="ok">The test arrived after 0.4 s.</Note>
      <Note>Times are in Europe/Berlin.</Note>
      <CopyLine label="Intake address" text="https://allclear.example/intake/k3y-9f1c52a7b6" />
    </Panel>
  );
}
