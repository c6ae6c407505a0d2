import Megaphone from 'lucide-react/icons/megaphone';
import type { PagePlanView } from '#respond/contract';
import { channels } from '../delivery/channels.ts';
import { Person } from '../ui/avatar.tsx';
import { formatClock } from '../ui/format.ts';
import { RelativeTime } from '../ui/time.tsx';

type Step = PagePlanView['steps'][number];

/** `at once`, `+5 min`: when a message follows the beginning of its step. */
function delayWords(seconds: number): string {
  if (seconds === 0) return 'at once';
  return seconds % 60 === 0 ? `+${seconds / 60} min` : `+${seconds} s`;
}

/**
 * The plan as a list: when and why (its step, or what else), who, by what. Who would not be reached stands in red with
 * the reason.
 */
export function PlanSteps({ plan }: { plan: PagePlanView }) {
  const start = Date.parse(plan.startsAt ?? plan.at);
  return (
    <ol className="divide-y divide-line border-y border-line">
      {plan.steps.map((step, index) => (
        <li key={`${step.step} ${index}`} className="grid grid-cols-[4rem_minmax(0,1fr)] gap-x-3 py-2.5">
          <span className="num text-muted">
            +{formatClock((Date.parse(step.at) - start) / 1_000)}
            <span className="block text-xs">step {step.step}</span>
          </span>
          <StepPeople step={step} />
        </li>
      ))}
    </ol>
  );
}

function StepPeople({ step }: { step: Step }) {
  return (
    <div className="grid gap-2">
      {step.people.length === 0 && !step.channelsOnly ? <p className="font-medium text-bad-text">nobody</p> : null}
      {step.people.map((person) => (
        <div key={person.userId} className="grid gap-x-4 sm:grid-cols-[minmax(0,11rem)_minmax(0,1fr)]">
          <Person name={person.name} className="max-w-full self-start" />
          <div className="min-w-0">
            {person.unreachable === null ? (
              <ul>
                {person.methods.map((method) => (
                  <li key={`${method.contactMethodId} ${method.delaySeconds}`} className="flex flex-wrap gap-x-2">
                    <span>
                      {channels[method.kind].name} {delayWords(method.delaySeconds)}
                    </span>
                    <span className="min-w-0 truncate text-xs leading-5 text-muted">{method.address}</span>
                  </li>
                ))}
              </ul>
            ) : (
              <p className="text-bad-text first-letter:uppercase">{person.unreachable}</p>
            )}
            {person.because === null ? null : (
              <p className="text-xs text-muted first-letter:uppercase">
                {person.because}
                {step.byTurns ? ', whose turn it is' : ''}
              </p>
            )}
            {person.holiday === null ? null : <p className="text-xs text-muted">Their holiday: {person.holiday}</p>}
            {person.quietUntil === null ? null : (
              <p className="text-xs text-warn-text">
                Quiet hours until <RelativeTime at={person.quietUntil} show="absolute" />: told then
              </p>
            )}
            {person.reason.startsWith('step ') ? null : <p className="text-xs text-muted">{person.reason}</p>}
          </div>
        </div>
      ))}
      {step.channels.map((channel) => (
        <div key={channel.noticeChannelId} className="grid gap-x-4 sm:grid-cols-[minmax(0,11rem)_minmax(0,1fr)]">
          <span className="inline-flex min-w-0 items-center gap-1.5 self-start">
            <Megaphone size={16} className="shrink-0 text-muted" aria-label="Channel" />
            <bdi className="truncate">{channel.name}</bdi>
          </span>
          <div className="min-w-0">
            {channel.problem === null ? (
              <p>{channel.kind === null ? '' : `${channels[channel.kind].name}, `}at once</p>
            ) : (
              <p className="text-bad-text">{channel.problem}</p>
            )}
            <p className="text-xs text-muted">
              {step.channelsOnly ? 'A channel only: nobody is woken by this step' : 'A channel, which wakes nobody'}
            </p>
          </div>
        </div>
      ))}
      {step.byTurns && step.people.length > 0 && step.people.every(({ because }) => because === null) ? (
        <p className="text-xs text-muted">by turns; the next page asks the next person</p>
      ) : null}
      {step.closed.length === 0 ? null : (
        <p className="text-xs text-muted">Business hours are closed: {step.closed.join(', ')}</p>
      )}
      {step.skipped === null ? null : <p className="text-xs text-bad-text">{step.skipped}</p>}
    </div>
  );
}
