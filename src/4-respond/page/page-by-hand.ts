import { audit, readUser } from '#access';
import { readIncident } from '#declare';
import { readService } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import type { Urgency } from '../contact-method/contract.ts';
import { selfId } from '../contact-method/own-method.ts';
import { documentOf, type Target } from '../escalation/policy.ts';
import { refuseChannelsAlone, refuseTargets } from '../escalation/refuse-policy.ts';
import { openPage } from './open-page.ts';
import type { Page } from './page.ts';

export type HandPage = {
  readonly title: string;
  readonly note: string | null;
  readonly targets: readonly Target[];
  readonly urgency: Urgency;
  readonly serviceId: string | null;
  readonly incidentId: string | null;
};

const WAIT_SECONDS = 300;
const REPEAT_COUNT = 2;

/** Pages people, teams or whoever is on call because somebody asks for them: three times, five minutes apart. */
export async function pageByHand(ctx: Ctx, wanted: HandPage): Promise<Page> {
  refuseChannelsAlone(wanted.targets, 'body.targets');
  await refuseTargets(ctx, wanted.targets, 'body.targets');
  if (wanted.serviceId !== null) await readService(ctx, wanted.serviceId);
  const incident = wanted.incidentId === null ? null : await readIncident(ctx, wanted.incidentId);
  const askedBy = selfId(ctx);
  const { name } = await readUser(ctx, askedBy);
  const { title, note, urgency, targets, serviceId, incidentId } = wanted;
  const step = {
    targets,
    ask: 'all',
    delaySeconds: WAIT_SECONDS,
    untilBusinessHours: false,
    onlyUrgency: null,
    onlyHours: null,
  } as const;
  const page = await openPage(ctx, {
    title,
    note,
    askedBy,
    urgency,
    serviceId,
    incidentId,
    cause: 'by-hand',
    severity: incident?.severity ?? null,
    drill: incident?.kind === 'drill',
    alertId: null,
    policy: {
      id: null,
      version: null,
      name: `${name} asks`,
    },
    document: documentOf([step], REPEAT_COUNT),
    startsAt: ctx.now,
  });
  await audit(ctx, { action: 'page.by-hand', subjectId: page.id, detail: { title, targets, urgency } });
  return page;
}
