import type { System } from '#platform/ctx.ts';
import { createPublisher, type Publisher } from './status-page/publisher.ts';

const publishers = new WeakMap<System, Publisher>();

/** The publisher of a running system: the front, the forms and the service share one. */
export function publisherOf(system: System): Publisher {
  const known = publishers.get(system);
  if (known) return known;
  const made = createPublisher(system);
  publishers.set(system, made);
  return made;
}
