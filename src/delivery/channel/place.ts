const PREFIX = 'channel:';

/** The id of a channel, where the address is a place that several people read and not a person. */
export function placeOf({ address }: { readonly address: string }): string | null {
  return address.startsWith(PREFIX) ? address.slice(PREFIX.length) : null;
}
