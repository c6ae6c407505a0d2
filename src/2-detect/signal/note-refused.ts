import type { System } from '#platform/ctx.ts';
import { newId } from '#platform/ids.ts';
import { insertRefused } from '../mapping/store.ts';

/** How many refused messages of a source are kept. */
const KEPT = 20;
const KEPT_CHARACTERS = 4_000;
/** A sender that repeats its fault many times a second is written down once a second. */
const EVERY_MS = 1_000;
const MOST_SOURCES = 10_000;

export type RefusedLog = ReturnType<typeof createRefusedLog>;

/**
 * Keeps messages that are answered with 400 or 413, for people to look at. It never throws and never changes the answer: a
 * message that is wrong stays wrong when the database is away.
 */
export function createRefusedLog(system: System) {
  const lastMs = new Map<string, number>();
  return async (
    source: { readonly workspaceId: string; readonly id: string },
    message: string,
    bytes: Uint8Array,
  ): Promise<void> => {
    const nowMs = performance.now();
    if (nowMs - (lastMs.get(source.id) ?? -Infinity) < EVERY_MS) return;
    if (lastMs.size >= MOST_SOURCES) lastMs.clear();
    lastMs.set(source.id, nowMs);
    const receivedAt = system.clock.now();
    const payload = Buffer.from(bytes.subarray(0, KEPT_CHARACTERS * 4)).toString('utf8');
    try {
      await insertRefused(
        system.database,
        {
          workspaceId: source.workspaceId,
          id: newId('ref', receivedAt.getTime()),
          alertSourceId: source.id,
          receivedAt,
          message: storable(message),
          payload: storable(payload.slice(0, KEPT_CHARACTERS)),
        },
        KEPT,
      );
    } catch (error) {
      system.log.warn({ err: String(error) }, 'refused signal not noted');
    }
  };
}

/** Text as PostgreSQL takes it: no NUL, no halves of surrogate pairs. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}
