import { listDrilledPeople } from '#respond/contract';
import { useRead } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { Panel, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { drillTopics } from './drill-panel.tsx';
import { DrillResult } from './drill-people.tsx';
import { TestMyPaging } from './test-my-paging.tsx';

/** What the last drill showed of the person who looks, and the way to repeat it. */
export function MyLastDrill() {
  const { user } = useSession();
  const read = useRead(listDrilledPeople, {}, drillTopics);
  const last = read.data?.items.find(({ userId }) => userId === user.id)?.last;
  return (
    <Section title="Would a page wake you?">
      <Panel className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <div className="min-w-0 flex-1 basis-60">
          {last === undefined || last === null ? (
            <p className="text-muted">Never tried. A test rings by all your rules below and asks nobody else.</p>
          ) : (
            <>
              <DrillResult person={last} />
              <RelativeTime at={last.startedAt} className="num text-xs text-muted" />
            </>
          )}
        </div>
        <TestMyPaging />
      </Panel>
    </Section>
  );
}
