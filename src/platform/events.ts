import type { Ctx } from './ctx.ts';

/** Something that happened in a stage, told to later stages inside the transaction in which it happened. */
export type DomainEvent<Payload> = { readonly name: string; readonly payload?: Payload };

/** `export const alertOpened = defineEvent<AlertOpened>('alert.opened')` */
export function defineEvent<Payload>(name: string): DomainEvent<Payload> {
  return { name };
}

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
export type EventBus = { publish: <Payload>(ctx: Ctx, event: DomainEvent<Payload>, payload: Payload) => Promise<void> };

export function createEventBus(bindings: readonly EventBinding[]): EventBus {
  const byName = Map.groupBy(bindings, (binding) => binding.event);
  return {
    async publish(ctx, event, payload) {
      for (const { handle } of byName.get(event.name) ?? []) await handle(ctx, payload as never);
    },
  };
}
