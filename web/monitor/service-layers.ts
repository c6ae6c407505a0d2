/** A service with the ids of those that it needs. */
interface Needing {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

export interface Placed<Service> {
  readonly service: Service;
  /** From the left: what nothing needs stands at 0, and whatever is needed right of everything that needs it. */
  readonly layer: number;
  /** From the top of its layer. */
  readonly row: number;
}

/** Where services stand in a drawing of what needs what; those that neither need nor are needed are left out. */
export function layServices<Service extends Needing>(services: readonly Service[]): Placed<Service>[] {
  const known = new Map(services.map((service) => [service.id, service]));
  const needsOf = (service: Service) => service.dependsOn.filter((id) => known.has(id) && id !== service.id);
  const neededBy = Map.groupBy(
    services.flatMap((service) => needsOf(service).map((needed) => ({ needed, by: service.id }))),
    ({ needed }) => needed,
  );
  const byOf = (id: string) => neededBy.get(id)?.map(({ by }) => by) ?? [];
  const layers = new Map<string, number>();
  // A ring cannot be stored; were there one, whoever is met again counts as first.
  const layerOf = (id: string, met: ReadonlySet<string>): number => {
    const before = layers.get(id);
    if (before !== undefined || met.has(id)) return before ?? 0;
    const inner = new Set([...met, id]);
    const layer = Math.max(-1, ...byOf(id).map((by) => layerOf(by, inner))) + 1;
    layers.set(id, layer);
    return layer;
  };
  const drawn = services.filter((service) => needsOf(service).length > 0 || byOf(service.id).length > 0);
  const byLayer = Map.groupBy(drawn, ({ id }) => layerOf(id, new Set()));
  const rows = new Map<string, number>();
  // From the left, each beside the middle of those that need it, so that lines cross seldom.
  return [...byLayer]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([layer, members]) => {
      const wish = ({ id }: Service) => mean(byOf(id).flatMap((by) => rows.get(by) ?? []));
      const ordered = layer === 0 ? members : members.toSorted((a, b) => wish(a) - wish(b));
      return ordered.map((service, row) => {
        rows.set(service.id, row);
        return { service, layer, row };
      });
    });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
