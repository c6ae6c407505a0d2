import { useState } from 'react';
import { outcomeSentences, readRouting, type RoutingView, saveRouting, sentenceOf } from '#detect/contract';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Switch } from '../ui/choice.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { sentenceOf as faultOf } from '../ui/error-note.tsx';
import { Page, Row, Rows, Section } from '../ui/panel.tsx';
import { CatchAllPanel } from './catch-all-panel.tsx';
import { EMPTY_ROUTE, moved, type RouteDraft } from './route-draft.ts';
import { RouteDialog } from './route-dialog.tsx';
import { RouteTester } from './route-tester.tsx';
import { useNames } from './use-names.ts';

/** Which rule decides about an alert, in order; what no rule takes; and a place to try it. */
export function RoutesScreen() {
  const read = useRead(readRouting, {}, ['settings']);
  return (
    <LoadedScreen read={read} title="Routes">
      {(routing) => <Routing routing={routing} />}
    </LoadedScreen>
  );
}

function Routing({ routing }: { routing: RoutingView }) {
  const mayManage = useMay('routes.manage');
  const [open, setOpen] = useState<RouteDraft>();
  const save = useAct(saveRouting, { touches: ['settings'], onDone: () => toast({ text: 'Routes saved' }) });
  const { version, routes, catchAll } = routing;
  const keep = (next: readonly RouteDraft[]) => save.mutateAsync({ body: { version, routes: [...next], catchAll } });
  const quietly = (next: readonly RouteDraft[]) =>
    void keep(next).catch((error: unknown) => toast({ tone: 'bad', text: faultOf(error) }));
  const add = mayManage ? (
    <Button variant="primary" onClick={() => setOpen(EMPTY_ROUTE)}>
      Add a route
    </Button>
  ) : null;
  return (
    <Page
      title="Routes"
      narrow
      below="The first route that takes an alert decides about it. Order matters."
      acts={routes.length === 0 ? null : add}
    >
      <div className="grid gap-6">
        {routes.length === 0 ? (
          <EmptyState title="No routes yet" act={add}>
            Alerts of a service go by its escalation policy, all others by the catch-all.
          </EmptyState>
        ) : (
          <Rows>
            {routes.map((route, index) => (
              <RouteRow
                key={route.id}
                route={route}
                place={index}
                last={index === routes.length - 1}
                acts={
                  mayManage
                    ? {
                        edit: () => setOpen(route),
                        move: (by) => quietly(moved(routes, index, by)),
                        switchTo: (enabled) =>
                          quietly(routes.map((one) => (one === route ? { ...one, enabled } : one))),
                        remove: () => quietly(routes.filter((one) => one !== route)),
                      }
                    : undefined
                }
              />
            ))}
          </Rows>
        )}
        <CatchAllPanel routing={routing} mayManage={mayManage} />
        <Section title="Try it">
          <RouteTester />
        </Section>
      </div>
      {open === undefined ? null : (
        <RouteDialog
          route={open}
          onClose={() => setOpen(undefined)}
          save={async (route) => {
            await keep(
              open.id === undefined ? [...routes, route] : routes.map((one) => (one.id === open.id ? route : one)),
            );
            setOpen(undefined);
          }}
        />
      )}
    </Page>
  );
}

interface RowActs {
  edit: () => void;
  move: (by: -1 | 1) => void;
  switchTo: (enabled: boolean) => void;
  remove: () => void;
}

function RouteRow({
  route,
  place,
  last,
  acts,
}: {
  route: RoutingView['routes'][number];
  place: number;
  last: boolean;
  acts: RowActs | undefined;
}) {
  const nameOf = useNames();
  const asks = route.match.map((one) => sentenceOf(one, nameOf)).join(', and ');
  const outcome = outcomeSentences(route.outcome, nameOf).join(' ');
  return (
    <Row className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p
          dir="auto"
          className={`mr-auto min-w-0 font-semibold break-words ${route.enabled ? '' : 'text-muted line-through'}`}
        >
          {place + 1}. {route.name}
        </p>
        {acts === undefined ? null : (
          <>
            <IconButton size="sm" label={`Move ${route.name} up`} disabled={place === 0} onClick={() => acts.move(-1)}>
              ↑
            </IconButton>
            <IconButton size="sm" label={`Move ${route.name} down`} disabled={last} onClick={() => acts.move(1)}>
              ↓
            </IconButton>
            <Switch label={`${route.name} is on`} hideLabel checked={route.enabled} onChange={acts.switchTo} />
            <Button size="sm" onClick={acts.edit}>
              Edit
            </Button>
            <Button size="sm" variant="ghost" onClick={acts.remove}>
              Remove
            </Button>
          </>
        )}
      </div>
      <p className="break-words text-muted">{asks === '' ? 'Takes every alert.' : `If ${asks}.`}</p>
      <p className="break-words">{outcome === '' ? 'It changes nothing.' : outcome}</p>
    </Row>
  );
}
