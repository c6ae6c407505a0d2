import { type Severity, openPromise } from '#declare';
import { addSeconds } from '#kernel/duration.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import type { PolicyDocument } from '../escalation/policy.ts';
import { NOT_BEGUN } from '../escalation/steps.ts';
import { beginStep } from './begin-step.ts';
import type { PageCause } from './contract.ts';
import { pageStarted } from './events.ts';
import type { Page } from './page.ts';
import { PAGE_CLOCK } from './page-clock.ts';
import { insertPage } from './store.ts';
import { touchPage } from './touch-page.ts';

export type PageToOpen = {
  readonly title: string;
  readonly cause: PageCause;
  readonly urgency: Urgency;
  readonly severity: Severity | null;
  readonly drill: boolean;
  readonly alertId: string | null;
  readonly incidentId: string | null;
  readonly serviceId: string | null;
  /** Who asks by hand, and in which words. */
  readonly askedBy?: string | null;
  readonly note?: string | null;
  readonly policy: { readonly id: string | null; readonly version: number | null; readonly name: string };
  readonly document: PolicyDocument;
  /** Later than now = held until then. */
  readonly startsAt: Date;
};

/** Makes a page and begins its first step, both in this transaction, unless it is held. */
export async function openPage(ctx: Ctx, wanted: PageToOpen): Promise<Page> {
  const { policy, ...rest } = wanted;
  const page: Page = {
    ...rest,
    ...NOT_BEGUN,
    askedBy: wanted.askedBy ?? null,
    note: wanted.note ?? null,
    id: ctx.newId('pag'),
    state: wanted.startsAt > ctx.now ? 'held' : 'open',
    policyId: policy.id,
    policyVersion: policy.version,
    policyName: policy.name,
    createdAt: ctx.now,
    nextStepAt: wanted.startsAt,
    acknowledgedAt: null,
    acknowledgedBy: null,
    acknowledgedChannel: null,
    stoppedAt: null,
    stopReason: null,
  };
  await insertPage(ctx, page);
  // Nobody owes anybody the answer to a drill: it is measured, not promised.
  if (page.cause !== 'drill') await promiseAnswer(ctx, page);
  await ctx.publish(pageStarted, { page });
  touchPage(ctx, page);
  if (page.state === 'open') return beginStep(ctx, page);
  await ctx.wake(PAGE_CLOCK, page.startsAt);
  return page;
}

async function promiseAnswer(ctx: Ctx, page: Page): Promise<void> {
  await openPromise(ctx, {
    kind: 'acknowledge',
    ...(page.incidentId ? { incidentId: page.incidentId } : {}),
    subjectId: page.id,
    owedBy: 'responder',
    dueAt: addSeconds(page.startsAt, page.document.steps[0]?.delaySeconds ?? 300),
    drill: page.drill,
  });
}
