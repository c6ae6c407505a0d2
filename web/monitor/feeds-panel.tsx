import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { listComponents, listStatusPages } from '#communicate/contract';
import { getService, listServices, type Monitor } from '#monitor/contract';
import { readOnCall } from '#respond/contract';
import { useAll, useRead } from '../data/query.ts';
import { useNames } from '../detect/use-names.ts';
import { Panel, Section } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';

/** What a fault of this monitor leads to: whose service it is, who is paged, what the public reads, what is held because of it. */
export function FeedsPanel({ monitor }: { monitor: Monitor }) {
  const { serviceId } = monitor;
  const service = useRead(getService, { params: { id: serviceId } }, ['monitors']);
  if (service.data === undefined) return null;
  const { name, dependsOn, escalationPolicyId, state } = service.data;
  return (
    <Section title="What it feeds">
      <Panel className="p-4">
        <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2">
          <Fact term="Service">
            <bdi className="mr-2">{name}</bdi>
            <StateBadge state={state} />
          </Fact>
          <Fact term="Pages">
            <Pages serviceId={serviceId} escalationPolicyId={escalationPolicyId} />
          </Fact>
          <Fact term="Public">
            <Components serviceId={serviceId} />
          </Fact>
          <Neighbours serviceId={serviceId} dependsOn={dependsOn} />
        </dl>
      </Panel>
    </Section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** Who would be paged first if it were down now. */
function Pages({ serviceId, escalationPolicyId }: { serviceId: string; escalationPolicyId: string | null }) {
  const nameOf = useNames();
  const plan = useRead(readOnCall, { query: { serviceId, urgency: 'high' } }, ['policies', 'schedules']);
  const policy = escalationPolicyId === null ? 'the default policy' : nameOf(escalationPolicyId);
  const first = plan.data?.steps[0]?.people.map(({ name }) => name) ?? [];
  return (
    <>
      by{' '}
      <Link to="/on-call" className="text-accent-text hover:underline">
        <bdi>{policy}</bdi>
      </Link>
      {first.length === 0 ? null : <span className="text-muted"> · now {first.join(', ')}</span>}
    </>
  );
}

function Components({ serviceId }: { serviceId: string }) {
  const components = useAll(listComponents, {}, ['status-pages']).data?.items;
  const pages = useAll(listStatusPages, {}, ['status-pages']).data?.items;
  if (components === undefined) return null;
  const own = components.filter((one) => one.serviceId === serviceId);
  if (own.length === 0) return <span className="text-muted">on no status page</span>;
  return (
    <ul className="grid gap-1">
      {own.map(({ id, name, statusPageId }) => (
        <li key={id}>
          <bdi>{name}</bdi>
          <span className="text-muted"> on </span>
          <Link to="/status-pages/$statusPageId" params={{ statusPageId }} className="text-accent-text hover:underline">
            <bdi>{pages?.find((page) => page.id === statusPageId)?.name ?? 'a status page'}</bdi>
          </Link>
        </li>
      ))}
      <li className="text-muted">What they say changes with incidents, never because a check failed.</li>
    </ul>
  );
}

function Neighbours({ serviceId, dependsOn }: { serviceId: string; dependsOn: readonly string[] }) {
  const all = useAll(listServices, {}, ['monitors']).data?.items ?? [];
  const needs = all.filter(({ id }) => dependsOn.includes(id));
  const neededBy = all.filter((one) => one.dependsOn.includes(serviceId));
  return (
    <>
      {needs.length === 0 ? null : (
        <Fact term="Needs">
          {needs.map(({ name }) => name).join(', ')}
          <span className="text-muted"> · while one of them is down, its alerts ask nobody</span>
        </Fact>
      )}
      {neededBy.length === 0 ? null : (
        <Fact term="Needed by">
          {neededBy.map(({ name }) => name).join(', ')}
          <span className="text-muted"> · while this is down, their alerts ask nobody</span>
        </Fact>
      )}
    </>
  );
}
