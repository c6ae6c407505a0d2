import { addAwaitedMember, audit, createTeam, readWorkspace } from '#access';
import { assert, conflict, notFound } from '#kernel/errors.ts';
import { createHeartbeat, createService } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { createEscalationPolicy } from '../escalation/change-policies.ts';
import { changeSchedule, createSchedule } from '../schedule/change-schedules.ts';
import { writeOverride } from '../schedule/change-overrides.ts';
import type { ImportItemView, ImportKind, ImportPlanView } from './contract.ts';
import type { HeartbeatDraft, LayerDraft, OverrideDraft, ScheduleDraft, ServiceDraft, TargetDraft } from './draft.ts';
import { itemsOf } from './plan.ts';
import type { PolicyPlan } from './planned.ts';
import { presentImport, reportOf, workOut } from './plan-import.ts';
import { versionsOf } from './render.ts';
import { lockImport, markApplied, upsertLinks } from './store.ts';

/** The other tool knows no grace; jobs that report every few minutes are seconds late at times. */
const GRACE_SECONDS = 60;

/** What of theirs is what here. */
type Known = (kind: ImportKind, vendorId: string) => string;

/** Carries out the plan that was shown, all of it or nothing. Refuses `conflict` when it would do something else by now. */
export async function applyImport(ctx: Ctx, id: string): Promise<ImportPlanView> {
  const row = await lockImport(ctx, id);
  if (!row) throw notFound('import', id);
  if (row.appliedAt !== null) throw conflict('This plan was carried out already.');
  const worked = await workOut(ctx, row.document, row.tool);
  if (worked.digest !== row.digest)
    throw conflict('Something changed since this plan was made, and it would do something else now. Make it again.');
  const made = new Map<string, string>();
  const known: Known = (kind, vendorId) => {
    const found = made.get(`${kind} ${vendorId}`);
    assert(found, `the import made or found ${kind} ${vendorId}`);
    return found;
  };
  const makers = makersOf(ctx, known);
  const { plan } = worked;
  const make = async <Draft extends { readonly vendorId: string }>(
    planned: readonly { readonly draft: Draft; readonly item: ImportItemView }[],
    maker: (draft: Draft) => Promise<string>,
  ) => {
    for (const { draft, item } of planned) {
      const target = item.action === 'create' ? await maker(draft) : item.id;
      if (target !== null) made.set(`${item.kind} ${draft.vendorId}`, target);
    }
  };
  const { timeZone } = await readWorkspace(ctx);
  await make(plan.people, (draft) => addAwaitedMember(ctx, { ...draft, timeZone: draft.timeZone ?? timeZone }));
  await make(plan.teams, makers.team);
  await make(plan.schedules, makers.schedule);
  await make(plan.overrides, makers.override);
  await make(plan.policies, makers.policy);
  await make(plan.services, makers.service);
  await make(plan.heartbeats, makers.heartbeat);
  const items = itemsOf(plan).map((item) => ({ ...item, id: made.get(`${item.kind} ${item.vendorId}`) ?? null }));
  await upsertLinks(
    ctx,
    id,
    row.tool,
    items.flatMap(({ kind, vendorId, id: targetId }) => (targetId === null ? [] : [{ kind, vendorId, targetId }])),
  );
  const report = reportOf(worked, items, ctx.now.getTime());
  if (!(await markApplied(ctx, id, report))) throw conflict('This plan was carried out a moment ago.');
  await audit(ctx, { action: 'import.apply', subjectId: id, detail: { tool: row.tool, counts: report.counts } });
  ctx.touch('imports');
  return presentImport({ ...row, report, appliedAt: ctx.now });
}

function makersOf(ctx: Ctx, known: Known) {
  return {
    team: async ({ name, personIds }: { readonly name: string; readonly personIds: readonly string[] }) =>
      (await createTeam(ctx, { name, userIds: personIds.map((one) => known('person', one)) })).id,
    schedule: (draft: ScheduleDraft) => makeSchedule(ctx, draft, known),
    override: async ({ personId, scheduleId, startMs, endMs }: OverrideDraft & { readonly scheduleId: string }) => {
      const startsAt = new Date(Math.max(startMs, ctx.now.getTime())).toISOString();
      const userId = known('person', personId);
      const span = { startsAt, endsAt: new Date(endMs).toISOString() };
      return (await writeOverride(ctx, known('schedule', scheduleId), { kind: 'replace', userId, ...span })).id;
    },
    policy: async ({ name, steps, repeatCount, acknowledgeTimeoutSeconds }: PolicyPlan) => {
      const always = { userIds: [], untilBusinessHours: false, onlyUrgency: null };
      const asked = steps.map(({ targets, channelIds, onlyHours, ...step }) => ({
        ...step,
        ...always,
        onlyHours: onlyHours ? { ...onlyHours, days: [...onlyHours.days] } : null,
        targets: [
          ...targets.map((target) => targetOf(target, known)),
          ...channelIds.map((noticeChannelId) => ({ kind: 'channel', noticeChannelId }) as const),
        ],
      }));
      const rest = { repeatCount, acknowledgeTimeoutSeconds, acknowledgement: 'one', fallback: [] } as const;
      return (await createEscalationPolicy(ctx, { name, steps: asked, ...rest, fallback: [] })).id;
    },
    service: async ({ name, description, policyId }: ServiceDraft) =>
      createService(ctx, { name, description, escalationPolicyId: policyId && known('policy', policyId) }),
    heartbeat: async ({ name, periodSeconds, serviceId }: HeartbeatDraft) =>
      createHeartbeat(ctx, {
        name,
        periodSeconds,
        graceSeconds: GRACE_SECONDS,
        ...(serviceId === null ? {} : { serviceId: known('service', serviceId) }),
      }),
  };
}

async function makeSchedule(ctx: Ctx, draft: ScheduleDraft, known: Known): Promise<string> {
  const people = (layers: readonly Omit<LayerDraft, 'fromMs' | 'untilMs'>[]) =>
    layers.map((layer) => ({
      ...layer,
      turns: layer.turns.map((turn) => ({ ...turn, userIds: turn.userIds.map((one) => known('person', one)) })),
    }));
  const { name, timeZone } = draft;
  const [first, ...later] = versionsOf(draft.layers, ctx.now.getTime());
  let written = await createSchedule(ctx, { name, timeZone, handOffMinutes: 60, layers: people(first?.layers ?? []) });
  for (const { fromMs, layers } of later)
    written = await changeSchedule(ctx, written.id, {
      version: written.version,
      name,
      timeZone,
      handOffMinutes: 60,
      layers: people(layers),
      effectiveFrom: new Date(fromMs ?? ctx.now.getTime()).toISOString(),
    });
  return written.id;
}

function targetOf(target: TargetDraft, known: Known) {
  switch (target.kind) {
    case 'user':
      return { kind: 'user', userId: known('person', target.vendorId) } as const;
    case 'team':
      return { kind: 'team', teamId: known('team', target.vendorId) } as const;
    case 'schedule':
      return { kind: 'schedule', scheduleId: known('schedule', target.vendorId), who: target.who } as const;
  }
}
