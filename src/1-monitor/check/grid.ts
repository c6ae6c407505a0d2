/**
 * The fixed grid of a monitor: due instants are `phase + k × interval` since 1970, where the phase follows from the
 * monitor's id, and from the offset of the place that asks where there are several. A restart, or another engine, finds the
 * same instants without remembering anything.
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

/** The first grid point strictly after `instantMs`, of a grid that is moved by `offsetMs`. */
export function nextGridPointMs(monitorId: string, intervalMs: number, instantMs: number, offsetMs = 0): number {
  const phase = (gridPhaseMs(monitorId, intervalMs) + offsetMs) % intervalMs;
  return phase + (Math.floor((instantMs - phase) / intervalMs) + 1) * intervalMs;
}
