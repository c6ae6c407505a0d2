import type { Severity } from '#declare/contract';
import { type PagePlanView, readOnCall, type Urgency } from '#respond/contract';
import { formatDuration } from '#kernel/duration.ts';
import type { Api } from '../api.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';
import { findServiceIds } from './find.ts';
import { instantOf } from '../time.ts';
import { onCallNow } from './schedules.ts';

export type OnCallOptions = {
  readonly service?: string;
  readonly severity?: Severity;
  readonly urgency?: Urgency;
  readonly at?: string;
};

/** Who is on call by each schedule; then who would be paged, when, by what and why. Exit code 3 when the plan has a hole. */
export async function oncall(api: Api, io: Io, options: OnCallOptions): Promise<Outcome> {
  const [serviceId] = await findServiceIds(api, options.service === undefined ? [] : [options.service]);
  const at = instantOf('at', options.at, io.now());
  const plan = await api.call(readOnCall, {
    query: {
      ...(serviceId === undefined ? {} : { serviceId }),
      ...(options.severity === undefined ? {} : { severity: options.severity }),
      ...(options.urgency === undefined ? {} : { urgency: options.urgency }),
      ...at,
    },
  });
  const { lines, items } = await onCallNow(api, io, at.at);
  return {
    text: [...lines, ...(lines.length > 0 ? [''] : []), describe(plan, io.now())].join('\n'),
    data: { ...plan, schedules: items },
    exitCode: plan.findings.length > 0 ? EXIT.attention : EXIT.ok,
  };
}

function describe(plan: PagePlanView, now: Date): string {
  const lines = [`Policy ${plan.policy.name}, version ${plan.policy.version}. ${timing(plan, now)}`];
  for (const step of plan.steps) {
    lines.push(
      '',
      `Step ${step.step}, ${moment(step.at, now)}, waits ${formatDuration(step.waitSeconds)}${step.skipped ? `. Passed over: ${step.skipped}` : ''}`,
    );
    const rows = step.people.flatMap((person) =>
      person.methods.length === 0
        ? [[person.name, person.unreachable ?? 'no method', why(person, now)]]
        : person.methods.map((method) => [
            person.name,
            `${method.kind} ${method.address}${method.delaySeconds > 0 ? ` after ${formatDuration(method.delaySeconds)}` : ''}`,
            why(person, now),
          ]),
    );
    const told = step.channels.map(({ name, kind, reason, problem }) => [
      name,
      kind === null ? 'channel' : `${kind} channel`,
      problem === null ? `${reason}, wakes nobody` : problem,
    ]);
    if (step.closed.length > 0) rows.push([`closed: ${step.closed.join(', ')}`]);
    lines.push(columns([...rows, ...told], '  '));
    if (step.channelsOnly) lines.push('  ! Tells a channel only, nobody is woken.');
    lines.push(...step.holes.map((hole) => `  ! ${hole}`));
  }
  if (plan.repeatCount > 0) lines.push('', `Then again from step 1, up to ${plan.repeatCount} times.`);
  if (plan.findings.length > 0) lines.push('', ...plan.findings.map((finding) => `! ${finding}`));
  return lines.join('\n');
}

type Planned = PagePlanView['steps'][number]['people'][number];

function why({ reason, because, holiday, quietUntil }: Planned, now: Date): string {
  const quiet = quietUntil && `quiet hours until ${moment(quietUntil, now)}`;
  return [reason, because, holiday && `their holiday: ${holiday}`, quiet].filter(Boolean).join(', ');
}

function timing(plan: PagePlanView, now: Date): string {
  if (plan.timing === 'none' || plan.startsAt === null) return 'Nobody is paged at this severity.';
  return plan.timing === 'now'
    ? 'Pages at once.'
    : `Held until business hours: ${moment(plan.startsAt, now)}${plan.closed.length === 0 ? '' : ` (closed: ${plan.closed.join(', ')})`}.`;
}
