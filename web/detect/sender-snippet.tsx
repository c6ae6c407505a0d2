import { type AlertSourceView, readMapping, snippetsOf } from '#detect/contract';
import { useRead } from '../data/query.ts';
import { CopyBlock } from '../ui/copy-button.tsx';

/** What to write down at the sender, ready to be copied. */
export function SenderSnippet({ source }: { source: AlertSourceView }) {
  const { data, isPending, fetchStatus } = useRead(readMapping, { params: { id: source.id } }, ['settings'], {
    enabled: source.kind === 'generic',
  });
  // What is sent to try it depends on the mapping, so nothing stands here before that is known.
  if (isPending && fetchStatus !== 'idle') return null;
  const mapped = data === undefined || data.mapping === null ? null : data;
  return (
    <div className="grid gap-3">
      {snippetsOf(source, mapped).map(({ where, text }) => (
        <div key={where} className="grid gap-1">
          <p className="text-xs text-muted">{where}</p>
          <CopyBlock label="Copy the configuration" text={text} />
        </div>
      ))}
    </div>
  );
}
