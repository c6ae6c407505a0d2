/** Connects what an earlier room needs to know from a later one. */
export function wirePorts(): void {}
