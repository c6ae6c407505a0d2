import type { Dependency } from './dependency-store.ts';

/** Everything that a service needs, directly or through others, itself not among it; the nearest first. */
export function upstreamOf(dependencies: readonly Dependency[], serviceId: string): string[] {
  return reach(serviceId, (id) => dependencies.flatMap((one) => (one.serviceId === id ? [one.dependsOnId] : [])));
}

/** Everything that needs a service, directly or through others, itself not among it; the nearest first. */
export function downstreamOf(dependencies: readonly Dependency[], serviceId: string): string[] {
  return reach(serviceId, (id) => dependencies.flatMap((one) => (one.dependsOnId === id ? [one.serviceId] : [])));
}

function reach(from: string, next: (id: string) => readonly string[]): string[] {
  const found = new Set<string>([from]);
  for (const id of found) for (const one of next(id)) found.add(one);
  found.delete(from);
  return [...found];
}
