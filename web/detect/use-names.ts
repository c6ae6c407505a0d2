import { listAlertSources } from '#detect/contract';
import { listServices } from '#monitor/contract';
import { listEscalationPolicies } from '#respond/contract';
import { useAll, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';

/** Turns ids of services, alert sources and escalation policies into names; what is not known stays an id. */
export function useNames(): (id: string) => string {
  const mayReadSources = useMay('alert-sources.read');
  const services = useAll(listServices, {}, ['monitors']);
  const policies = useRead(listEscalationPolicies, { query: { limit: 200 } }, ['policies']);
  const sources = useRead(listAlertSources, { query: { limit: 200 } }, ['settings'], { enabled: mayReadSources });
  const all: readonly { readonly id: string; readonly name: string }[] = [
    ...(services.data?.items ?? []),
    ...(policies.data?.items ?? []),
    ...(sources.data?.items ?? []),
  ];
  const names = new Map(all.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
