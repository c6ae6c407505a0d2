/** The only source of "now". Scenarios pass one that they move by hand. */
export type Clock = { readonly now: () => Date };

export const systemClock: Clock = { now: () => new Date() };
