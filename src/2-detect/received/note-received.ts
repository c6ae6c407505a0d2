import type { Ctx, System } from '#platform/ctx.ts';
import { newId } from '#platform/ids.ts';
import type { ReceivedFormat, ReceivedOutcome } from './contract.ts';
import { insertReceived, type ReceivedRow } from './store.ts';

/** How many messages of a source are kept, and how much of each. */
const KEPT = 25;
const KEPT_CHARACTERS = 8_000;
const KEPT_ALERTS = 20;
const EVERY_MS = 1_000;

type SourceRef = { readonly workspaceId: string; readonly id: string };
type NewMessage = {
  readonly format: ReceivedFormat;
  readonly outcome: ReceivedOutcome;
  readonly text: string;
  readonly alertIds: readonly string[];
  readonly payload: string;
};

type Heard = NewMessage & { readonly receivedAt: Date };

/**
 * Keeps the last messages of every source with what became of them, for people to look at. It is not on the way of a
 * signal: it writes afterwards, once a second, and only what will still be among the last ones, so that a flood costs
 * no more than a trickle. It never throws.
 */
export function createReceivedLog(system: System): (source: SourceRef, message: NewMessage) => void {
  let waiting = new Map<string, { readonly source: SourceRef; readonly messages: Heard[] }>();
  let busy = false;

  async function write(): Promise<void> {
    while (waiting.size > 0) {
      const batch = waiting;
      waiting = new Map();
      for (const { source, messages } of batch.values()) {
        try {
          const rows = messages.slice(-KEPT).map((message) => rowOf(source, message));
          await insertReceived(system.database, source, rows, KEPT);
        } catch (error) {
          system.log.warn({ err: String(error) }, 'received messages not noted');
        }
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS).unref());
    }
    busy = false;
  }

  return (source, message) => {
    const entry = waiting.get(source.id) ?? { source, messages: [] };
    waiting.set(source.id, entry);
    entry.messages.push({ ...message, receivedAt: system.clock.now() });
    // Dropping them one by one would move all the others each time.
    if (entry.messages.length >= 2 * KEPT) entry.messages.splice(0, KEPT);
    if (busy) return;
    busy = true;
    void write();
  };
}

/** Keeps a message in the transaction that it made; for what comes seldom. */
export async function keepReceived(ctx: Ctx, alertSourceId: string, message: NewMessage): Promise<void> {
  const source = { workspaceId: ctx.workspaceId, id: alertSourceId };
  await insertReceived(ctx.transaction, source, [rowOf(source, { ...message, receivedAt: ctx.now })], KEPT);
}

function rowOf(source: SourceRef, { format, outcome, text, alertIds, payload, receivedAt }: Heard): ReceivedRow {
  return {
    workspaceId: source.workspaceId,
    id: newId('rcv', receivedAt.getTime()),
    alertSourceId: source.id,
    receivedAt,
    format,
    outcome,
    text: storable(text),
    alertIds: alertIds.slice(0, KEPT_ALERTS),
    payload: storable(payload.slice(0, KEPT_CHARACTERS)),
  };
}

/** Text as PostgreSQL takes it: no NUL, no halves of surrogate pairs. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}
