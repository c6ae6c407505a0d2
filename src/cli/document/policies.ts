import { z } from 'zod';
import type { EscalationPolicyView, EscalationStepBody, EscalationTargetView } from '#respond/contract';
import type { Book } from '../book.ts';
import { CommandError } from '../io.ts';
import { lengthText, secondsIn } from './file.ts';
import { stepHoursFrom, stepHoursText } from './step-hours.ts';

const length = z.union([z.string(), z.number()]);

/** Whom to ask: one of person, team, schedule and channel. */
const targetInFile = z.strictObject({
  person: z.string().optional(),
  team: z.string().optional(),
  schedule: z.string().optional(),
  /** Told, and nobody. */
  channel: z.string().optional(),
  /** Of a schedule; without it whoever is on call now. */
  who: z.enum(['current', 'next', 'everybody']).optional(),
});
type TargetInFile = z.output<typeof targetInFile>;

const stepInFile = z.strictObject({
  ask: z.array(targetInFile),
  /** One of them a page, by turns. */
  roundRobin: z.boolean().optional(),
  wait: length,
  untilBusinessHours: z.boolean().optional(),
  onlyUrgency: z.enum(['high', 'low']).optional(),
  /** `business`, `off`, or hours such as `mon-fri 09:00-17:00`. */
  onlyHours: z.string().optional(),
});

const policyInFile = z.strictObject({
  /** Only where several have its name. */
  id: z.string().optional(),
  name: z.string(),
  steps: z.array(stepInFile),
  repeat: z.number().optional(),
  acknowledgement: z.enum(['one', 'all']).optional(),
  pageAgainAfter: length.optional(),
  fallback: z.array(targetInFile).optional(),
});
export type PolicyInFile = z.output<typeof policyInFile>;

/** Escalation policies as a file: names in the place of ids, and nothing that is as usual. */
export const policiesFile = z.strictObject({ policies: z.array(policyInFile) });

/** A policy as the server takes it. */
type PolicyDraft = Pick<
  EscalationPolicyView,
  'name' | 'repeatCount' | 'acknowledgement' | 'acknowledgeTimeoutSeconds' | 'fallback'
> & { readonly steps: Omit<EscalationStepBody, 'userIds'>[] };

const USUAL_REPEAT = 2;

/** A policy as a file has it; a draft is written the same way, so that the two compare. */
export function policyToFile(policy: PolicyDraft, book: Book): PolicyInFile {
  const { name, steps, repeatCount, acknowledgement, acknowledgeTimeoutSeconds: again, fallback } = policy;
  return {
    name,
    steps: steps.map(({ targets, ask, delaySeconds, untilBusinessHours, onlyUrgency, onlyHours }) => ({
      ask: targets.map((target) => targetToFile(target, book)),
      ...(ask === 'round-robin' ? { roundRobin: true } : {}),
      wait: lengthText(delaySeconds),
      ...(untilBusinessHours ? { untilBusinessHours } : {}),
      ...(onlyUrgency === null ? {} : { onlyUrgency }),
      ...(onlyHours === null ? {} : { onlyHours: stepHoursText(onlyHours) }),
    })),
    ...(repeatCount === USUAL_REPEAT ? {} : { repeat: repeatCount }),
    ...(acknowledgement === 'one' ? {} : { acknowledgement }),
    ...(again === null ? {} : { pageAgainAfter: lengthText(again) }),
    ...(fallback.length === 0 ? {} : { fallback: fallback.map((target) => targetToFile(target, book)) }),
  };
}

export function policyFromFile(policy: PolicyInFile, book: Book): PolicyDraft {
  const name = policy.name.trim();
  return {
    name,
    steps: policy.steps.map((step, i) => ({
      targets: step.ask.map((target) => targetFromFile(target, `${name}, step ${i + 1}`, book)),
      ask: step.roundRobin === true ? 'round-robin' : 'all',
      delaySeconds: secondsIn(step.wait, `${name}, step ${i + 1}, wait`),
      untilBusinessHours: step.untilBusinessHours ?? false,
      onlyUrgency: step.onlyUrgency ?? null,
      onlyHours: stepHoursFrom(step.onlyHours, `${name}, step ${i + 1}, onlyHours`),
    })),
    repeatCount: policy.repeat ?? USUAL_REPEAT,
    acknowledgement: policy.acknowledgement ?? 'one',
    acknowledgeTimeoutSeconds:
      policy.pageAgainAfter === undefined ? null : secondsIn(policy.pageAgainAfter, `${name}, pageAgainAfter`),
    fallback: (policy.fallback ?? []).map((target) => targetFromFile(target, `${name}, fallback`, book)),
  };
}

function targetToFile(target: EscalationTargetView, book: Book): TargetInFile {
  switch (target.kind) {
    case 'user':
      return { person: book.writtenOf(target.userId) };
    case 'team':
      return { team: book.writtenOf(target.teamId) };
    case 'schedule':
      return {
        schedule: book.writtenOf(target.scheduleId),
        ...(target.who === 'current' ? {} : { who: target.who }),
      };
    case 'channel':
      return { channel: book.writtenOf(target.noticeChannelId) };
    default:
      return target satisfies never;
  }
}

function targetFromFile(target: TargetInFile, where: string, book: Book): EscalationTargetView {
  const { person, team, schedule, channel, who } = target;
  const named = [person, team, schedule, channel].filter((one) => one !== undefined);
  if (named.length !== 1 || (who !== undefined && schedule === undefined))
    throw new CommandError(`${where}: name one person, team, schedule or channel; "who" belongs to a schedule.`);
  if (person !== undefined) return { kind: 'user', userId: book.idOf('person', person) };
  if (team !== undefined) return { kind: 'team', teamId: book.idOf('team', team) };
  if (channel !== undefined) return { kind: 'channel', noticeChannelId: book.idOf('channel', channel) };
  return { kind: 'schedule', scheduleId: book.idOf('schedule', schedule ?? ''), who: who ?? 'current' };
}
