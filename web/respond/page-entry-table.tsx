import { Link } from '@tanstack/react-router';
import type { PageEntryKind, PageEntryView } from '#respond/contract';
import { withoutDrillWord, zoneWords } from '../ui/format.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { Table, Td, Th } from '../ui/table.tsx';
import { RelativeTime } from '../ui/time.tsx';

const WORDS: Record<PageEntryKind, string> = {
  held: 'Waits',
  step: 'Step begins',
  hurried: 'Goes on early',
  planned: 'Due',
  folded: 'Folded',
  waiting: 'Waits for a check',
  'handed-over': 'Handed over',
  delivered: 'Delivered',
  slow: 'No answer yet',
  failed: 'Did not get through',
  dropped: 'Not sent',
  cancelled: 'Not sent',
  seen: 'Link opened',
  acknowledged: 'Acknowledged',
  exhausted: 'No further step',
  ended: 'Over',
};

/** Entries of the page journal, one line each. */
export function PageEntryTable({ entries }: { entries: readonly PageEntryView[] }) {
  return (
    <Table
      label="Page journal"
      head={
        <>
          <Th>When ({zoneWords(new Date())})</Th>
          <Th>What</Th>
          <Th className="max-md:hidden">Who</Th>
          <Th className="max-md:hidden">Page</Th>
          <Th className="max-md:hidden">Why</Th>
        </>
      }
    >
      {entries.map((entry) => (
        <tr key={entry.id}>
          <Td>
            <RelativeTime at={entry.at} show="seconds" className="num text-muted" />
          </Td>
          <Td className={`whitespace-nowrap ${entry.kind === 'failed' ? 'font-medium text-bad-text' : ''}`}>
            {WORDS[entry.kind]}
            <div className="text-xs font-normal whitespace-normal md:hidden">
              <Who entry={entry} />
              <p className="text-muted">
                <Why entry={entry} />
              </p>
              <PageLink entry={entry} />
            </div>
          </Td>
          <Td className="whitespace-nowrap max-md:hidden">
            <Who entry={entry} />
          </Td>
          <Td className="max-w-60 truncate max-md:hidden">
            <PageLink entry={entry} />
          </Td>
          <Td className="min-w-60 text-xs break-words text-muted max-md:hidden">
            <Why entry={entry} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}

function Who({ entry }: { entry: PageEntryView }) {
  return (
    <>
      <bdi>{entry.userName}</bdi>
      {entry.channel === null ? null : <span className="text-xs text-muted"> by {entry.channel}</span>}
    </>
  );
}

function PageLink({ entry }: { entry: PageEntryView }) {
  return (
    <>
      {entry.drill ? <StateBadge state="drill" /> : null}{' '}
      <Link to="/pages/$pageId" params={{ pageId: entry.pageId }} dir="auto" className="hover:underline">
        {entry.drill ? withoutDrillWord(entry.pageTitle) : entry.pageTitle}
      </Link>
    </>
  );
}

function Why({ entry }: { entry: PageEntryView }) {
  return (
    <>
      {entry.text}
      {entry.dueAt === null || entry.kind === 'cancelled' || isSameSecond(entry.dueAt, entry.at) ? null : (
        <>
          {' '}
          <RelativeTime at={entry.dueAt} show="seconds" className="num" />
        </>
      )}
    </>
  );
}

/** What is due as it is written down says so in its words; the same time twice tells nobody anything. */
function isSameSecond(one: string, other: string): boolean {
  return one.slice(0, 19) === other.slice(0, 19);
}
