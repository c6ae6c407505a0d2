/**
 * Which of the live nodes checks a monitor: the one with the highest hash of both names (rendezvous hashing). Every
 * node finds the same answer alone, and when one comes or goes only its own share moves.
 */
export function shareOwner(monitorId: string, nodeIds: readonly string[]): string | null {
  let owner: string | null = null;
  let best = -1;
  for (const nodeId of nodeIds) {
    const weight = hash(`${nodeId}/${monitorId}`);
    if (weight > best || (weight === best && owner !== null && nodeId < owner)) {
      owner = nodeId;
      best = weight;
    }
  }
  return owner;
}

/** FNV-1a with murmur3's finaliser. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
