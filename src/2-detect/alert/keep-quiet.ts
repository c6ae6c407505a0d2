import type { Ctx } from '#platform/ctx.ts';
import type { Alert, AlertReason } from './alert.ts';
import { updateAlert } from './store.ts';

const NOT_CLOSED = ['open', 'acknowledged'] as const;

type Hush = {
  readonly quiet: 'maintenance' | 'upstream';
  /** The maintenance window, or the alert, because of which it is quiet. */
  readonly by: string;
  /** Null = until somebody says otherwise. */
  readonly until: Date | null;
  readonly text: string;
};

/** From now on an alert asks nobody, and says why; nobody is asked to decide about it either. */
export async function keepQuiet(ctx: Ctx, alert: Alert, { quiet, by, until, text }: Hush): Promise<Alert> {
  const before = (alert.reasons ?? []).filter(({ kind }) => kind !== quiet);
  const reasons: AlertReason[] = [...before, { kind: quiet, text }];
  const kept = await updateAlert(ctx, alert.id, NOT_CLOSED, {
    quiet,
    quietBy: by,
    quietUntil: until,
    promptDueAt: null,
    suspectDueAt: null,
    lookDueAt: null,
    reasons: JSON.stringify(reasons),
  });
  return kept ?? alert;
}
