import { listChangeEvents } from '#detect/contract';
import { useList } from '../data/query.ts';
import { textLink } from '../ui/link.ts';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** What a source says that people changed; nothing where it never said so. */
export function ChangeList({ sourceId }: { sourceId: string }) {
  const changes = useList(listChangeEvents, { query: { alertSourceId: sourceId } }, ['settings', 'alerts'], {
    refetchInterval: 30_000,
  });
  if (changes.items === undefined || changes.items.length === 0) return null;
  return (
    <Section title="Changes that it told of">
      <Rows>
        {changes.items.map(({ id, summary, source, links, happenedAt }) => (
          <Row key={id}>
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <bdi className="min-w-0 flex-1 basis-48 break-words">{summary}</bdi>
              {links.map(({ href, text }) => (
                <a key={href} href={href} className={`text-xs break-all ${textLink}`} rel="noreferrer" target="_blank">
                  {text}
                </a>
              ))}
              <span className="text-xs text-muted">
                {source === null ? null : `${source} · `}
                <RelativeTime at={happenedAt} />
              </span>
            </div>
          </Row>
        ))}
      </Rows>
    </Section>
  );
}
