import type { ComponentView, UpdateView } from '#communicate/contract';
import type { IncidentView } from '#declare/contract';

/** Components of the services of an incident, and those that its updates have named. */
export function affectedComponents(
  all: readonly ComponentView[],
  { serviceIds }: Pick<IncidentView, 'serviceIds'>,
  updates: readonly Pick<UpdateView, 'components'>[],
): ComponentView[] {
  const named = new Set(updates.flatMap(({ components }) => components.map(({ id }) => id)));
  return all.filter(({ id, serviceId }) => named.has(id) || (serviceId !== null && serviceIds.includes(serviceId)));
}
