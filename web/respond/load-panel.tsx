import { Link } from '@tanstack/react-router';
import { readLoad } from '#respond/contract';
import { useRead } from '../data/query.ts';
import { plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Panel, Section } from '../ui/panel.tsx';
import { fairnessWords, LoadBars } from './load-bars.tsx';

const shown = 8;
export const loadTopics = ['schedules', 'members', 'pages'];

/** Who carried how much of on-call lately. */
export function LoadPanel() {
  const read = useRead(readLoad, { query: {} }, loadTopics);
  return (
    <Section
      title="Load, last 30 days"
      aside={
        <Link to="/load" className={textLink}>
          All of it
        </Link>
      }
    >
      <Loaded read={read} rows={3}>
        {({ people }) =>
          people.length === 0 ? (
            <Panel className="px-4 py-3 text-muted">Nobody was on call by a schedule, and nobody was paged.</Panel>
          ) : (
            <Panel className="px-4 py-3.5">
              <LoadBars people={people.slice(0, shown)} />
              <p className="mt-3 text-xs text-muted">
                {people.length > shown ? `And ${plural(people.length - shown, 'more person', 'more people')}. ` : ''}
                {fairnessWords(people)}{' '}
                <Link to="/load" className={textLink}>
                  Suggest a swap
                </Link>
              </p>
            </Panel>
          )
        }
      </Loaded>
    </Section>
  );
}
