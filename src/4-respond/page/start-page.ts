import type { Severity } from '#declare/contract';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import type { Page } from './page.ts';

export type NewPage = {
  readonly alertId?: string | null | undefined;
  readonly incidentId?: string | null | undefined;
  readonly serviceId: string | null;
  readonly urgency: Urgency;
  readonly title: string;
  readonly drill: boolean;
  readonly severity?: Severity | null | undefined;
};

/** Starts a page by the escalation policy of its service; the first step goes out with this transaction. */
export async function startPage(_ctx: Ctx, _wanted: NewPage): Promise<Page> {
  throw new Error('not built yet');
}
