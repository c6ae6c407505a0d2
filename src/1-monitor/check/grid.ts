/**
 * The fixed grid of a monitor: due instants are `phase + k × interval` since 1970, where the phase follows from the
 * monitor's id alone. A restart, or another engine, finds the same instants without remembering anything.
 */

/** A whole number of milliseconds in [0, intervalMs), spread evenly over ids. FNV-1a with murmur3's finaliser. */
export function gridPhaseMs(monitorId: string, intervalMs: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < monitorId.length; index += 1) {
    hash = Math.imul(hash ^ monitorId.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % intervalMs;
}

/** The first grid point strictly after `instantMs`. */
export function nextGridPointMs(monitorId: string, intervalMs: number, instantMs: number): number {
  const phase = gridPhaseMs(monitorId, intervalMs);
  return phase + (Math.floor((instantMs - phase) / intervalMs) + 1) * intervalMs;
}
