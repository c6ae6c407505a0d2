import type { Ctx, EventBus } from './ctx.ts';
import type { DomainEvent } from './domain-event.ts';

export { defineEvent, type DomainEvent } from './domain-event.ts';

export type EventBinding = {
  readonly event: string;
  readonly handle: (ctx: Ctx, payload: never) => Promise<void>;
};

/** Binds a handler to an event; listed in a stage's `on`. A handler never touches the network: what is slow is a job. */
export function on<Payload>(
  event: DomainEvent<Payload>,
  handle: (ctx: Ctx, payload: Payload) => Promise<void>,
): EventBinding {
  return { event: event.name, handle };
}

/** Calls the handlers one after another, in stage order; the first that throws fails the transaction. */
export function createEventBus(bindings: readonly EventBinding[]): EventBus {
  const byName = Map.groupBy(bindings, (binding) => binding.event);
  return {
    async publish(ctx, event, payload) {
      for (const { handle } of byName.get(event.name) ?? []) await handle(ctx, payload as never);
    },
  };
}
