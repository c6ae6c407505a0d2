import { listStatusPages } from '#communicate/contract';
import { formSnippets } from '#detect/contract';
import { useList } from '../data/query.ts';
import { Snippets } from './snippets.tsx';

/** Where the form of a source is, to be led to from elsewhere. */
export function FormSnippet({ sourceId }: { sourceId: string }) {
  const { items } = useList(listStatusPages, {}, ['status-pages']);
  const page = items?.find(({ reportSourceId }) => reportSourceId === sourceId);
  if (page === undefined) return null;
  return (
    <>
      <Snippets snippets={formSnippets(page.url)} />
      {page.published ? null : (
        <p className="text-xs text-muted">{page.name} is not published: nobody outside can open its form yet.</p>
      )}
    </>
  );
}
