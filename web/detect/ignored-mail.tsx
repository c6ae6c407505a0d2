import { type IgnoredMailView, listIgnoredMail } from '#detect/contract';
import { useRead } from '../data/query.ts';
import { plural } from '../ui/format.ts';
import { Row, Rows } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

const WORDS: Readonly<Record<IgnoredMailView['reason'], (count: number) => string>> = {
  'auto-reply': (count) => plural(count, 'automatic reply', 'automatic replies'),
  bounce: (count) => `${plural(count, 'mail')} about mails that could not be delivered`,
  bulk: (count) => plural(count, 'mass mailing'),
  ours: (count) => `${plural(count, 'message')} of Allclear itself`,
};

/** Mails to a source that no person wrote; nothing where there were none. */
export function IgnoredMail({ sourceId }: { sourceId: string }) {
  const ignored = useRead(listIgnoredMail, { params: { id: sourceId } }, ['settings']);
  const items = ignored.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="text-sm font-medium">Opened nothing</h3>
      <Rows>
        {items.map(({ reason, count, lastAt }) => (
          <Row key={reason} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <span>{WORDS[reason](count)}</span>
            <span className="text-xs text-muted">
              the last <RelativeTime at={lastAt} />
            </span>
          </Row>
        ))}
      </Rows>
    </div>
  );
}
