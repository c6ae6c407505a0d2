import type { PageNoticeView, PageView } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { channels } from '../delivery/channels.ts';
import { Person } from '../ui/avatar.tsx';
import { Section } from '../ui/panel.tsx';
import { StateWord } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { journalOf, type JournalStep } from './journal.ts';

/** Every message of the page, when and to whom, and why each further step began. */
export function PageJournal({ page }: { page: PageView }) {
  const nameOf = usePersonName();
  const steps = journalOf(page.notices);
  return (
    <Section title="What was sent" className="max-lg:pb-4">
      {steps.length === 0 ? (
        <p className="text-muted">{page.state === 'held' ? 'Nothing yet: it waits for business hours.' : 'Nothing.'}</p>
      ) : (
        <ol className="flex flex-col gap-4">
          {steps.map((step) => (
            <Step key={`${step.cycle} ${step.step}`} step={step} />
          ))}
          <Ending page={page} nameOf={nameOf} />
        </ol>
      )}
    </Section>
  );
}

function Step({ step }: { step: JournalStep<PageNoticeView> }) {
  return (
    <li>
      <p className="flex items-baseline justify-between gap-3">
        <span>
          <span className="font-medium">
            Step {step.step}
            {step.cycle > 1 ? `, round ${step.cycle}` : ''}
          </span>{' '}
          <span className="text-muted">{step.because}</span>
        </span>
      </p>
      <ul className="mt-1 divide-y divide-line border-y border-line">
        {step.notices.map((notice) => (
          <li
            key={`${notice.userId} ${notice.contactMethodId ?? ''} ${notice.step} ${notice.cycle} ${notice.at}`}
            className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5"
          >
            <RelativeTime at={notice.at} show="absolute" className="num w-16 text-xs text-muted" />
            <Person name={notice.userName} className="min-w-24 flex-1" />
            <span className="text-xs text-muted">{channels[notice.kind].name}</span>
            <StateWord state={notice.state} className="min-w-20 text-xs" />
            {notice.folded ? (
              <span className="basis-full pl-19 text-xs text-muted">With others, as one message</span>
            ) : null}
            {notice.why === null ? null : <span className="basis-full pl-19 text-xs text-muted">{notice.why}</span>}
          </li>
        ))}
      </ul>
    </li>
  );
}

function Ending({ page, nameOf }: { page: PageView; nameOf: (id: string | null) => string }) {
  return (
    <>
      {page.acknowledgedAt === null ? null : (
        <li>
          <span className="font-medium">{nameOf(page.acknowledgedBy)} acknowledged</span>{' '}
          <span className="text-muted">
            {page.acknowledgedChannel === null ? '' : `by ${page.acknowledgedChannel}, `}
            <RelativeTime at={page.acknowledgedAt} show="absolute" />. Nothing more was sent.
          </span>
        </li>
      )}
      {page.stoppedAt === null ? null : (
        <li>
          <span className="font-medium">Over</span>{' '}
          <span className="text-muted">
            <RelativeTime at={page.stoppedAt} show="absolute" />: {page.stopReason ?? 'it was stopped'}
          </span>
        </li>
      )}
      {page.state === 'open' && page.nextStepAt === null ? (
        <li className="font-medium text-bad-text">Nobody has acknowledged, and no further step comes.</li>
      ) : null}
    </>
  );
}
