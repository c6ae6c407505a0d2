import { type AlertSourceView, readMapping, snippetsOf } from '#detect/contract';
import { useRead } from '../data/query.ts';
import { Snippets } from './snippets.tsx';

/** What to write down at the sender, ready to be copied. */
export function SenderSnippet({ source }: { source: AlertSourceView }) {
  const { data, isPending, fetchStatus } = useRead(readMapping, { params: { id: source.id } }, ['settings'], {
    enabled: source.kind === 'generic',
  });
  // What is sent to try it depends on the mapping, so nothing stands here before that is known.
  if (isPending && fetchStatus !== 'idle') return null;
  const mapped = data === undefined || data.mapping === null ? null : data;
  return <Snippets snippets={snippetsOf(source, mapped)} />;
}
