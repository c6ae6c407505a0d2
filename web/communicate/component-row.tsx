import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { type KeyboardEvent, useState } from 'react';
import { type ComponentView, removeComponent } from '#communicate/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { IconButton } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { Row } from '../ui/panel.tsx';
import { StateWord } from '../ui/state-badge.tsx';
import { ComponentDialog } from './component-dialog.tsx';

interface Props {
  component: ComponentView;
  mayManage: boolean;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
}

/** One line of the page. Alt and an arrow key move it while the cursor is anywhere in it. */
export function ComponentRow({ component, mayManage, onUp, onDown }: Props) {
  const { name, description, status } = component;
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.altKey ? { ArrowUp: onUp, ArrowDown: onDown }[event.key] : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <Row className="flex items-center gap-3">
      <div className="flex min-w-0 flex-1 gap-x-3 gap-y-0.5 max-sm:flex-col sm:items-center">
        <div className="min-w-0 sm:flex-1">
          <p dir="auto" className="truncate text-left font-medium">
            {name}
          </p>
          <p dir="auto" className="truncate text-left text-xs text-muted">
            {description ?? measuredBy(component)}
          </p>
        </div>
        <StateWord state={status} className="text-xs" />
      </div>
      {mayManage ? (
        <div className="flex" onKeyDown={onKeyDown}>
          <IconButton label={`Move ${name} up`} size="sm" disabled={onUp === undefined} onClick={onUp}>
            <ArrowUp size={14} aria-hidden="true" />
          </IconButton>
          <IconButton label={`Move ${name} down`} size="sm" disabled={onDown === undefined} onClick={onDown}>
            <ArrowDown size={14} aria-hidden="true" />
          </IconButton>
          <MoreActs component={component} />
        </div>
      ) : null}
    </Row>
  );
}

const UNNAMED = 'Unnamed service';

function measuredBy({ name, serviceId }: ComponentView): string {
  if (serviceId === null) return 'measured by nothing: only what updates say';
  return name === UNNAMED
    ? 'its address is private, so it is not shown: give it a name that customers know'
    : 'measured by its monitors';
}

function MoreActs({ component }: { component: ComponentView }) {
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const remove = useAct(removeComponent, {
    touches: ['status-pages'],
    onDone: () => toast({ text: `${component.name} is off the page` }),
  });
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={`More acts for ${component.name}`} size="sm">
            <Ellipsis size={16} aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setEditing(true)}>Rename or describe</MenuItem>
        <MenuItem danger onSelect={() => setRemoving(true)}>
          Take off the page
        </MenuItem>
      </Menu>
      {editing ? (
        <ComponentDialog
          statusPageId={component.statusPageId}
          component={component}
          onClose={() => setEditing(false)}
        />
      ) : null}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Take ${component.name} off the page?`}
        consequence="Its line and its 90 days leave the page. Incidents that named it keep its name, and subscribers to it alone hear nothing more."
        act="Take it off"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: component.id } })}
      />
    </>
  );
}
