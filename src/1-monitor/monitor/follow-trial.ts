import type { System } from '#platform/ctx.ts';
import type { CheckProgress } from '../check/spec.ts';
import { stepsOf } from '../result/observation.ts';
import { deleteTrial, upsertTrial } from './trial-store.ts';

/** Writes down how far a trial is, one write at a time and the newest news only, until it ends. */
export function followTrial(system: System, of: { readonly workspaceId: string; readonly trial: string }) {
  let next: CheckProgress | null = null;
  let picture: string | null = null;
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    while (next !== null) {
      const now: CheckProgress = next;
      next = null;
      if (now.picture !== null) picture = Buffer.from(now.picture).toString('base64');
      await upsertTrial(system.database, of, { steps: stepsOf(now.steps), picture });
    }
  }

  return {
    heard(progress: CheckProgress): void {
      next = { steps: progress.steps, picture: progress.picture ?? next?.picture ?? null };
      // Somebody looks on; that it cannot be shown is no reason to end what is tried.
      writing ??= write()
        .catch((error: unknown) => system.log.warn({ err: String(error) }, 'how far a trial is could not be kept'))
        .finally(() => {
          writing = null;
        });
    },
    async end(): Promise<void> {
      next = null;
      await writing;
      await deleteTrial(system.database, of).catch(() => undefined);
    },
  };
}
