import { Link } from '@tanstack/react-router';
import { listDrilledPeople } from '#respond/contract';
import { useRead } from '../data/query.ts';
import { plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Section } from '../ui/panel.tsx';
import { DrilledPeople } from './drill-people.tsx';

const shown = 5;
export const drillTopics = ['drills', 'pages', 'members', 'deliveries'];

/** Whether pages reach people, as the last drills showed; what is to be mended stands first. */
export function DrillPanel() {
  const read = useRead(listDrilledPeople, {}, drillTopics);
  return (
    <Section
      title="Do pages reach them?"
      aside={
        <Link to="/drills" className={textLink}>
          Drills
        </Link>
      }
    >
      <Loaded read={read} rows={3}>
        {({ items }) => (
          <>
            <DrilledPeople people={items} most={shown} />
            {items.length > shown ? (
              <p className="mt-2 text-xs text-muted">
                And {plural(items.length - shown, 'more person', 'more people')}.
              </p>
            ) : null}
          </>
        )}
      </Loaded>
    </Section>
  );
}
