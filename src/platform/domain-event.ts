/** Something that happened in a stage, told to later stages inside the transaction in which it happened. */
export type DomainEvent<Payload> = { readonly name: string; readonly payload?: Payload };

/** `export const alertOpened = defineEvent<AlertOpened>('alert.opened')` */
export function defineEvent<Payload>(name: string): DomainEvent<Payload> {
  return { name };
}
