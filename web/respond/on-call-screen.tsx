import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type EscalationPolicyView, listEscalationPolicies } from '#respond/contract';
import { useKey } from '../app/keys.ts';
import { useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { textLink } from '../ui/link.ts';
import { Page, Panel, Section } from '../ui/panel.tsx';
import { OnCallBySchedule } from './on-call-by-schedule.tsx';
import { CoveragePanel } from './coverage-panel.tsx';
import { WeekOverview } from './calendar/week-overview.tsx';
import { DrillPanel } from './drill-panel.tsx';
import { LoadPanel } from './load-panel.tsx';
import { PageDialog } from './page-dialog.tsx';
import { PageList } from './page-list.tsx';
import { PlanSimulator } from './plan-simulator.tsx';
import { PolicyDialog } from './policy-dialog.tsx';
import { PolicyPanel } from './policy-panel.tsx';

/** Who is paged, in which order; what would happen now or at any time; and what was paged lately. */
export function OnCallScreen() {
  const policies = useRead(listEscalationPolicies, { query: { limit: 200 } }, ['policies', 'monitors']);
  const { at } = useSearch({ from: '/shell/on-call' });
  const mayManage = useMay('policies.manage');
  const [editing, setEditing] = useState<EscalationPolicyView | 'new'>();
  const mayAct = useMay('pages.act');
  const [paging, setPaging] = useState(false);
  useKey('p', 'Page somebody', () => setPaging(true), mayAct);
  useKey('a', 'Add an escalation policy', () => setEditing('new'), mayManage);
  return (
    <Page
      title="On call"
      below="A page goes to the first step, then to the next, until somebody acknowledges it."
      acts={
        mayAct ? (
          <Button keyHint="p" onClick={() => setPaging(true)}>
            Page somebody
          </Button>
        ) : undefined
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-7 gap-y-8 lg:grid-cols-2">
        <Section
          title="On call now"
          aside={
            <Link to="/schedules" className={textLink}>
              Schedules
            </Link>
          }
        >
          <OnCallBySchedule
            empty={<Panel className="px-4 py-3 text-muted">No schedule yet: policies ask people by name.</Panel>}
          />
        </Section>
        <PlanSimulator key={at} at={at} />
        <WeekOverview />
        <Section
          className="lg:col-span-2"
          title="Escalation policies"
          aside={
            mayManage ? (
              <Button size="sm" keyHint="a" onClick={() => setEditing('new')}>
                Add a policy
              </Button>
            ) : undefined
          }
        >
          <Loaded read={policies} rows={3}>
            {({ items }) => (
              <div className="grid items-start gap-3 lg:grid-cols-2">
                {items.map((policy) => (
                  <PolicyPanel key={policy.id} policy={policy} onEdit={() => setEditing(policy)} />
                ))}
              </div>
            )}
          </Loaded>
        </Section>
        <CoveragePanel />
        <DrillPanel />
        <LoadPanel />
        <PageList />
      </div>
      {paging ? <PageDialog onClose={() => setPaging(false)} /> : null}
      {editing === undefined ? null : (
        <PolicyDialog {...(editing === 'new' ? {} : { policy: editing })} onClose={() => setEditing(undefined)} />
      )}
    </Page>
  );
}
