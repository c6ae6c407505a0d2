import { useState } from 'react';
import {
  type DrillPlanView,
  type DrillView,
  endDrillRoute,
  listDrilledPeople,
  listDrills,
  readDrillPlan,
  saveDrillPlan,
} from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useList, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Person } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { Loaded, LoadedList } from '../ui/loaded.tsx';
import { Page, Panel, Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { DrillDialog } from './drill-dialog.tsx';
import { drillTopics } from './drill-panel.tsx';
import { DrilledPeople, DrillResult } from './drill-people.tsx';
import { DrillPlanDialog } from './drill-plan-dialog.tsx';
import { TestMyPaging } from './test-my-paging.tsx';
import { weekdays } from './weekdays.ts';

/** Whether pages reach people: everybody's last drill, the plan, and every drill that was. */
export function DrillsScreen() {
  const mayRun = useMay('drills.run');
  const people = useRead(listDrilledPeople, {}, drillTopics);
  const drills = useList(listDrills, { query: { limit: 20 } }, drillTopics);
  const [running, setRunning] = useState(false);
  return (
    <Page
      title="Paging drills"
      below="A drill is a real page that says that it is one. It shows whether pages reach people, and how fast."
      acts={
        <>
          <TestMyPaging />
          {mayRun ? (
            <Button variant="primary" onClick={() => setRunning(true)}>
              Run a drill
            </Button>
          ) : null}
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        <Section title="Everybody’s last drill">
          <Loaded read={people} rows={4}>
            {({ items }) => <DrilledPeople people={items} />}
          </Loaded>
        </Section>
        <Plan mayChange={mayRun} />
        <Section title="Drills">
          <LoadedList
            list={drills}
            rows={3}
            empty={
              <EmptyState title="No drill yet">
                Test your own paging first: it takes a minute. Then drill everybody who is on call.
              </EmptyState>
            }
          >
            {(items) => (
              <div className="grid gap-5">
                {items.map((drill) => (
                  <Drill key={drill.id} drill={drill} mayEnd={mayRun} />
                ))}
              </div>
            )}
          </LoadedList>
        </Section>
      </div>
      {running ? <DrillDialog onClose={() => setRunning(false)} /> : null}
    </Page>
  );
}

function Drill({ drill, mayEnd }: { drill: DrillView; mayEnd: boolean }) {
  const nameOf = usePersonName();
  const end = useAct(endDrillRoute, { touches: drillTopics });
  const runs = drill.people.some(({ state }) => state === 'running');
  return (
    <div>
      <p className="mb-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
        <bdi className="text-sm font-medium text-text">{drill.title}</bdi>
        <RelativeTime at={drill.startedAt} className="num" />
        <span>{drill.askedBy === null ? 'by plan' : `asked for by ${nameOf(drill.askedBy)}`}</span>
        {runs && mayEnd ? (
          <Button
            size="sm"
            busy={end.isPending}
            onClick={() =>
              end.mutate(
                { params: { id: drill.id } },
                { onError: (error) => toast({ tone: 'bad', text: sentenceOf(error) }) },
              )
            }
          >
            End it
          </Button>
        ) : null}
      </p>
      <Rows>
        {drill.people.map((person) => (
          <Row key={person.userId} className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <span className="w-44 min-w-0 max-md:w-full">
              <Person name={person.userName} className="max-w-full" />
            </span>
            <span className="min-w-0 flex-1 basis-60 text-xs">
              <DrillResult person={person} />
            </span>
          </Row>
        ))}
      </Rows>
    </div>
  );
}

function Plan({ mayChange }: { mayChange: boolean }) {
  const read = useRead(readDrillPlan, {}, ['drills', 'settings']);
  const save = useAct(saveDrillPlan, { touches: ['drills'] });
  const [editing, setEditing] = useState(false);
  return (
    <Section title="By itself">
      <Loaded read={read} rows={1}>
        {({ plan }) => (
          <Panel className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <span className={plan === null ? 'text-muted' : ''}>
              {plan === null ? (
                'Nobody is drilled unless somebody asks for it. Good teams do it every week or month.'
              ) : (
                <>
                  {planWords(plan)}, next <RelativeTime at={plan.nextAt} show="absolute" className="num" />
                </>
              )}
            </span>
            {mayChange ? (
              <span className="flex gap-2">
                {plan === null ? null : (
                  <Button
                    size="sm"
                    variant="ghost"
                    busy={save.isPending}
                    onClick={() => save.mutate({ body: { plan: null } })}
                  >
                    Stop
                  </Button>
                )}
                <Button size="sm" onClick={() => setEditing(true)}>
                  {plan === null ? 'Plan drills' : 'Change'}
                </Button>
              </span>
            ) : null}
            {editing ? <DrillPlanDialog plan={plan} onClose={() => setEditing(false)} /> : null}
          </Panel>
        )}
      </Loaded>
    </Section>
  );
}

function planWords({ every, weekday, atTime, timeZone }: DrillPlanView): string {
  const day = weekdays[weekday - 1] ?? '';
  const when = every === 'week' ? `every ${day}` : `on the first ${day} of every month`;
  return `Everybody on call, ${when} at ${atTime} (${timeZone.replaceAll('_', ' ')})`;
}
